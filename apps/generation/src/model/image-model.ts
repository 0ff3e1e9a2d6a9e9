import type { ImageMime, ImageOptions, ImageType, InputRole } from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';

/** A picture handed to a model. */
export interface Picture {
  role: InputRole;
  /** what it is to a reader, such as `ornament 1 "Ring"` */
  label: string;
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
  /** what the model was set to beside its id, such as `temperature` */
  settings: Record<string, string | number>;
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

  /**
   * Which provider it is, and whether it answers. Costs nothing, is asked often, and takes two seconds at most.
   *
   * @throws FacetError that names the variable to mend when it can make no picture as it is configured
   */
  abstract check(): Promise<ReadinessFacts>;

  /** Gives back what it holds. Called once, when nothing is asked of it any more. */
  async close(): Promise<void> {
    // most hold nothing
  }
}
