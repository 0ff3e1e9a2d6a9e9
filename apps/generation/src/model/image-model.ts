import type { ImageMime, ImageOptions, ImageType, InputRole } from '@facet/contracts';

/** A picture handed to a model. */
export interface Picture {
  role: InputRole;
  mime: ImageMime;
  /** px */
  width: number;
  /** px */
  height: number;
  bytes: Buffer;
}

/** All that a model is told. */
export interface GenerationRequest {
  imageId: string;
  type: ImageType;
  /** this step's own words, possibly none; for a regeneration what is to be changed */
  instruction: string;
  /** the text for a model that reads text: instruction, roles of the pictures, measurements, names */
  compiledPrompt: string;
  /** in order of upload; for a regeneration exactly one, with the role `parent` */
  pictures: readonly Picture[];
  options: ImageOptions;
  /** 1 for the first delivery of the job */
  attempt: number;
}

/** What a model gives back. */
export interface GeneratedPicture {
  bytes: Buffer;
  mime: ImageMime;
  /** px */
  width: number;
  /** px */
  height: number;
  provider: string;
  model: string;
  fallback: boolean;
  /** sentences for the person who asked, such as "I did not understand 'sparklier'." */
  notes: string[];
  /** tokens, as the provider counted them */
  usage: Record<string, number> | null;
}

/**
 * Port: makes a picture. Adapters: the local studio, the sandbox, Gemini.
 *
 * Errors: `refused` when safety rules say no (terminal); `model_failed`, retryable or not; `unavailable` (retryable)
 * when the provider cannot be reached. `signal` ends the work at the job's deadline.
 */
export abstract class ImageModel {
  abstract generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture>;
}
