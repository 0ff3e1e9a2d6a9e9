import { GoogleGenerativeAI, type GenerationConfig, type GenerativeModel, type Part } from '@google/generative-ai';
import type { ImageMime } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import sharp from 'sharp';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { classifyGeminiError } from './gemini-errors';
import { pictureIn } from './gemini-response';

export interface GeminiOptions {
  apiKey: string;
  model: string;
  baseUrl: string;
  /** deadline of one call, ms */
  timeoutMs: number;
}

const MIMES: Record<string, ImageMime | undefined> = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

/** Makes pictures with Google's Gemini image models (https://ai.google.dev/gemini-api/docs/image-generation). */
export class GeminiImageModel extends ImageModel {
  private readonly client: GenerativeModel;

  constructor(private readonly options: GeminiOptions) {
    super();
    const { apiKey, model, baseUrl, timeoutMs } = options;
    // the SDK's type does not know `responseModalities`, the API wants it
    const generationConfig = { responseModalities: ['TEXT', 'IMAGE'] } as GenerationConfig;
    this.client = new GoogleGenerativeAI(apiKey).getGenerativeModel({ model, generationConfig }, { baseUrl, timeout: timeoutMs });
  }

  async generate({ compiledPrompt, pictures }: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    const parts: Part[] = [
      { text: compiledPrompt },
      ...pictures.map(({ mime, bytes }) => ({ inlineData: { mimeType: mime, data: bytes.toString('base64') } })),
    ];
    const { response } = await this.client.generateContent(parts, { signal }).catch((cause: unknown) => {
      throw classifyGeminiError(cause, this.options.model);
    });
    const { bytes, usage } = pictureIn(response);
    const { format, width, height } = await sharp(bytes)
      .metadata()
      .catch((cause: unknown) => {
        throw notAPicture(cause);
      });
    const mime = MIMES[format];
    if (!mime) {
      throw notAPicture(new Error(format));
    }
    return { bytes, mime, width, height, provider: 'gemini', model: this.options.model, fallback: false, notes: [], usage };
  }
}

const notAPicture = (cause: unknown): FacetError =>
  new FacetError('model_failed', 'The model sent something that is not a picture.', { retryable: true, cause });
