import { z } from 'zod';
import { BlobRef } from './image';
import { ImageRequested } from './image-requested';

/** What is known of how a picture was made. Stored on its record. */
export const GenerationFacts = z.object({
  /** who made it: `local`, `sandbox` or `gemini` */
  provider: z.string().min(1),
  /** the provider's model id (models are retired within a year, so every record names its own) */
  model: z.string().min(1),
  /** what the model was sent */
  compiled_prompt: z.string(),
  /** what the model was set to beside its id, such as `temperature` and `image_size`; absent in events of early versions */
  settings: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** true when a stand-in made it because the configured model could not */
  fallback: z.boolean(),
  /** what the provider has to say to a person, such as words it did not understand */
  notes: z.array(z.string()),
  /** tokens, as the provider counted them */
  usage: z.record(z.string(), z.number()).nullable(),
  duration_ms: z.number().nonnegative(),
});
export type GenerationFacts = z.infer<typeof GenerationFacts>;

/** The picture exists as a blob. */
export const ImageGenerated = ImageRequested.extend({ result: BlobRef, generation: GenerationFacts });
export type ImageGenerated = z.infer<typeof ImageGenerated>;
