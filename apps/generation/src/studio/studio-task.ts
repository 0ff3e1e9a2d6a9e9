import type { ImageOptions, ImageType, InputRole } from '@facet/contracts';
import type { EncodedPicture } from './raster';

/** What a worker is given: plain data that crosses threads. */
export interface StudioTask {
  type: ImageType;
  instruction: string;
  options: ImageOptions;
  pictures: { role: InputRole; bytes: Uint8Array }[];
}

/** What a worker gives back. */
export interface StudioPicture extends EncodedPicture {
  /** true when a generative model was asked for and the studio composed instead */
  fallback: boolean;
  notes: string[];
}
