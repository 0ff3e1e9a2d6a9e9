import { loadConfig, ownPortShape, serviceConfigShape, stageConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';

export const generationConfigSchema = z.object({
  ...serviceConfigShape,
  ...ownPortShape,
  ...stageConfigShape,
  IMAGE_MODEL: z
    .enum(['local', 'sandbox', 'gemini'])
    .optional()
    .describe(
      'Who makes the pictures: `gemini`, the `local` studio, or `sandbox` for demonstrations. Default: gemini with a GOOGLE_API_KEY, else local.',
    ),
  GOOGLE_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable characters without spaces')
    .optional()
    .describe('Key of the Gemini API.'),
  GEMINI_MODEL: z
    .string()
    .regex(/^(models\/)?[\w.-]+$/, 'must be a model id such as gemini-nano-banana-2.1')
    .default('gemini-nano-banana-2.1')
    .describe('Model id at Gemini; stored on every record.'),
  GEMINI_BASE_URL: z
    .url()
    .refine((url) => !/\/v\d\w*\/?$/.test(url), 'must be without the version of the API')
    .default('https://generativelanguage.googleapis.com')
    .describe('Where the Gemini API is, without its version.'),
  GEMINI_TIMEOUT_SECONDS: wholeNumber(1, 600).default(150).describe('Deadline of one call to Gemini.'),
  GEMINI_TEMPERATURE: z.coerce.number().min(0).max(2).optional().describe("How freely Gemini works, 0 to 2. Default: the model's own."),
  GEMINI_IMAGE_SIZE: z
    .enum(['1K', '2K', '4K'])
    .optional()
    .describe("Size of Gemini's pictures; a larger one costs more. Default: the model's own, 1K."),
  GEMINI_MAX_CONCURRENT: wholeNumber(1, 1_000)
    .default(16)
    .describe('Calls to Gemini at the same moment, of all generation processes together.'),
  GEMINI_MAX_PER_MINUTE: wholeNumber(1, 100_000)
    .default(300)
    .describe('Calls to Gemini begun in any minute, of all generation processes together; further jobs wait their turn.'),
  GENERATION_FALLBACK: z
    .enum(['none', 'local'])
    .default('none')
    .describe(
      'Who makes a picture when Gemini cannot be had: `none`, the job waits and retries; or the `local` studio, at once and marked.',
    ),
  SANDBOX_LATENCY_MS: wholeNumber(0, 600_000).default(0).describe('How long the sandbox takes for a picture.'),
  GENERATION_CONCURRENCY: wholeNumber(1, 1_000)
    .optional()
    .describe('Pictures made at once by one generation process. Default: 4, and with Gemini GEMINI_MAX_CONCURRENT.'),
  GENERATION_TIMEOUT_SECONDS: wholeNumber(1, 3_600)
    .default(300)
    .describe('Time that one attempt at a picture may take, its wait for GEMINI_MAX_PER_MINUTE and quick retries included.'),
});
export type GenerationConfig = z.infer<typeof generationConfigSchema>;

/** Pictures that may be in the making at once where no provider is to be spared. */
const UNCAPPED = 1_000;

/** Who makes the pictures. */
export const chosenModel = ({ IMAGE_MODEL, GOOGLE_API_KEY }: GenerationConfig) => IMAGE_MODEL ?? (GOOGLE_API_KEY ? 'gemini' : 'local');

/**
 * Pictures made at once: by one process, and by all. With Gemini no more may be under way than may begin in a minute, so
 * that none waits longer than that for its turn.
 */
export function concurrencyOf(config: GenerationConfig): { concurrency: number; maxInFlight: number } {
  if (chosenModel(config) !== 'gemini') {
    return { concurrency: config.GENERATION_CONCURRENCY ?? 4, maxInFlight: UNCAPPED };
  }
  const maxInFlight = Math.min(config.GEMINI_MAX_CONCURRENT, config.GEMINI_MAX_PER_MINUTE);
  return { concurrency: config.GENERATION_CONCURRENCY ?? maxInFlight, maxInFlight };
}

/** @throws ConfigError also when Gemini is asked for without a key */
export const readGenerationConfig = (): GenerationConfig =>
  loadConfig(
    generationConfigSchema
      .refine((config) => config.IMAGE_MODEL !== 'gemini' || config.GOOGLE_API_KEY, {
        path: ['GOOGLE_API_KEY'],
        message: 'is needed for IMAGE_MODEL=gemini',
      })
      .refine((config) => config.GEMINI_TIMEOUT_SECONDS < config.GENERATION_TIMEOUT_SECONDS, {
        path: ['GENERATION_TIMEOUT_SECONDS'],
        message: 'must be more than GEMINI_TIMEOUT_SECONDS: an attempt holds a call, and its wait for it',
      }),
    process.env,
  );
