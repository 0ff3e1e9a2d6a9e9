import { loadConfig, ownPortShape, serviceConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';

export const generationConfigSchema = z.object({
  ...serviceConfigShape,
  ...ownPortShape,
  IMAGE_MODEL: z
    .enum(['local', 'sandbox', 'gemini'])
    .optional()
    .describe(
      'Who makes the pictures: `gemini`, the `local` studio, or `sandbox` for demonstrations. Default: gemini with a GOOGLE_API_KEY, else local.',
    ),
  GOOGLE_API_KEY: z.string().optional().describe('Key of the Gemini API.'),
  GEMINI_MODEL: z.string().default('gemini-nano-banana-2.1').describe('Model id at Gemini; stored on every record.'),
  GEMINI_BASE_URL: z.url().default('https://generativelanguage.googleapis.com').describe('Where the Gemini API is.'),
  GEMINI_TIMEOUT_SECONDS: wholeNumber(1, 600).default(150).describe('Deadline of one call to Gemini.'),
  SANDBOX_LATENCY_MS: wholeNumber(0, 600_000).default(0).describe('How long the sandbox takes for a picture.'),
  GENERATION_CONCURRENCY: wholeNumber(1, 64).default(4).describe('Pictures made at once by one generation process.'),
  GENERATION_MAX_IN_FLIGHT: wholeNumber(1, 1_000)
    .default(16)
    .describe('Pictures made at once by all generation processes: the cap on calls to the model.'),
  GENERATION_TIMEOUT_SECONDS: wholeNumber(1, 3_600).default(180).describe('Time that one attempt at a picture may take.'),
});
export type GenerationConfig = z.infer<typeof generationConfigSchema>;

/** @throws ConfigError also when Gemini is asked for without a key */
export const readGenerationConfig = (): GenerationConfig =>
  loadConfig(
    generationConfigSchema.refine((config) => config.IMAGE_MODEL !== 'gemini' || config.GOOGLE_API_KEY, {
      path: ['GOOGLE_API_KEY'],
      message: 'is needed for IMAGE_MODEL=gemini',
    }),
    process.env,
  );
