/** A picture of a request, decoded. */
export interface SentPicture {
  /** as it was declared, and checked against the bytes */
  mime: string;
  bytes: Buffer;
  /** px; 0 of HEIC and HEIF, which are not decoded here */
  width: number;
  height: number;
  sha256: string;
}

export type SentPart = { text: string } | SentPicture;

/** What a request asks for, once it has passed the checks of the service. */
export interface GenerateContentRequest {
  /** of all contents, in the order in which they were sent */
  parts: SentPart[];
  /** as it was sent */
  generationConfig: Record<string, unknown>;
}

/** One call of `generateContent`. Its `parts` and `generationConfig` are empty when the double refused the request. */
export interface GeminiCall extends GenerateContentRequest {
  /** 1, 2, ... */
  n: number;
  /** when it came in, ms since the epoch */
  at: number;
  /** without `models/`; empty when the path was none of the API's */
  model: string;
  /**
   * How it was answered: `picture`, `text`, `429`, `reset-in-body`, `finished:IMAGE_SAFETY` and so on. `pending` until
   * then, and `abandoned` when the client hung up before.
   */
  answered: string;
}

/** https://ai.google.dev/gemini-api/docs/image-generation: an image model answers with both unless told otherwise. */
export function asksFor(modality: 'TEXT' | 'IMAGE', { generationConfig }: GenerateContentRequest): boolean {
  const asked = generationConfig['responseModalities'] ?? generationConfig['response_modalities'];
  return !Array.isArray(asked) || asked.length === 0 || asked.some((one) => String(one).toUpperCase() === modality);
}
