import { z } from 'zod';

/** Id of a picture and of the job that makes it: a MongoDB ObjectId in 24 hexadecimal characters. */
export const ImageId = z.string().regex(/^[0-9a-f]{24}$/);

/** The `sub` of the caller's token. */
export const UserId = z.string().min(1).max(255);

export const ImageType = z.enum([
  'white_background',
  'background_change',
  'model_with_ornament',
  'real_model_with_ornament',
  'campaign_shot_advanced',
]);
export type ImageType = z.infer<typeof ImageType>;

/** What an uploaded picture is for. `parent` is the picture that a regeneration works from. */
export const InputRole = z.enum(['ornament', 'model', 'pose', 'background', 'theme', 'parent']);
export type InputRole = z.infer<typeof InputRole>;

export const ImageMime = z.enum(['image/jpeg', 'image/png', 'image/webp']);
export type ImageMime = z.infer<typeof ImageMime>;

/** Claim check: where the bytes of a picture lie in the object store, and what they are. */
export const BlobRef = z.object({
  name: z.string().min(1),
  mime: ImageMime,
  /** px, after the orientation was applied */
  width: z.int().positive(),
  /** px */
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** hexadecimal */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BlobRef = z.infer<typeof BlobRef>;

/** An uploaded picture in the role it plays. */
export const ImageInput = z.object({ role: InputRole.exclude(['parent']), blob: BlobRef });
export type ImageInput = z.infer<typeof ImageInput>;

export const ModelType = z.enum(['ai_model', 'real_model']);

/** `original`: frame and position as in the photo, so that the result can be laid over it; `square`: centred, with even margins. */
export const Framing = z.enum(['original', 'square']);
export type Framing = z.infer<typeof Framing>;

/** What the client asked for beside prompt and pictures; kept by every regeneration. */
export const ImageOptions = z.object({
  /** a colour's name, `#hex`, or `transparent` */
  background_color: z.string().optional(),
  /** of a picture without a model; absent means `original` */
  framing: Framing.optional(),
  measurements: z.string().optional(),
  ornament_names: z.array(z.string()).optional(),
  model_type: ModelType.optional(),
});
export type ImageOptions = z.infer<typeof ImageOptions>;

/** Where an asset is stored: what a client opens, and the store's own path. */
export const Asset = z.object({
  role: InputRole.exclude(['parent']),
  /** absolute, or root-relative when this deployment serves it itself */
  url: z.string().min(1),
  path: z.string().min(1),
});
export type Asset = z.infer<typeof Asset>;

/** The picture that a regeneration starts from, with all that its child keeps of it. */
export const ParentImage = z.object({
  image_id: ImageId,
  root_image_id: ImageId,
  /** regenerations between the first picture and this one */
  depth: z.int().nonnegative(),
  generated_image_url: z.string(),
  generated_image_path: z.string(),
  /** the stored uploads of the first generation */
  assets: z.array(Asset),
});
export type ParentImage = z.infer<typeof ParentImage>;
