import { Logger } from '@nestjs/common';
import type { Metrics, Readiness } from '@facet/platform';
import type { NatsConnection } from '@nats-io/transport-node';
import type { GeminiImageModel } from './gemini/gemini-image-model';
import { chosenModel, type GenerationConfig } from './generation.config';
import type { ImageModel } from './model/image-model';
import { CallBudget } from './resilience/call-budget';
import { FallbackModel } from './resilience/fallback-model';
import { GuardedModel } from './resilience/guarded-model';
import { LocalStudio } from './studio/local-studio';

/** How long a job waits for Gemini while it is left alone, in ms; then the event log has it wait. */
const LONGEST_PATIENCE_MS = 30_000;

/** The image model that the configuration asks for, and a line in the log that tells which it is. */
export async function configuredModel(
  config: GenerationConfig,
  connection: NatsConnection,
  metrics: Metrics,
  { stopping }: Readiness,
): Promise<ImageModel> {
  const logger = new Logger('image model');
  switch (chosenModel(config)) {
    case 'gemini': {
      const { GEMINI_MODEL: model, GENERATION_FALLBACK: fallback } = config;
      logger.log({ msg: 'image model: Gemini', model, fallback });
      const budget = await CallBudget.open(connection, config.GEMINI_MAX_PER_MINUTE, stopping);
      const guarded = new GuardedModel(await geminiOf(config), budget, patienceOf(config), stopping, metrics);
      return fallback === 'local' ? new FallbackModel(guarded, new LocalStudio()) : guarded;
    }
    case 'sandbox': {
      logger.warn({ msg: 'image model: sandbox, for demonstrations and fault tests only' });
      const { SandboxModel } = await import('./sandbox/sandbox-model.js');
      return new SandboxModel(config.SANDBOX_LATENCY_MS);
    }
    case 'local':
      logger.log({ msg: `image model: local studio${config.GOOGLE_API_KEY ? '' : ' (set GOOGLE_API_KEY for Gemini)'}` });
      return new LocalStudio();
  }
}

/** Gemini as it is configured, without guards. What it takes is loaded only where it is used. @param probeTimeoutMs see `GeminiOptions` */
export async function geminiOf(config: GenerationConfig, probeTimeoutMs?: number): Promise<GeminiImageModel> {
  const { GeminiImageModel: Gemini } = await import('./gemini/gemini-image-model.js');
  return new Gemini({
    apiKey: config.GOOGLE_API_KEY ?? '',
    model: config.GEMINI_MODEL.replace(/^models\//, ''),
    baseUrl: config.GEMINI_BASE_URL.replace(/\/+$/, ''),
    timeoutMs: config.GEMINI_TIMEOUT_SECONDS * 1_000,
    probeTimeoutMs,
    temperature: config.GEMINI_TEMPERATURE,
    imageSize: config.GEMINI_IMAGE_SIZE,
  });
}

/** A stand-in makes the picture at once; and no job waits for longer than it has time. */
function patienceOf({ GENERATION_FALLBACK: fallback, JOB_DEADLINE_SECONDS: deadline }: GenerationConfig): number {
  return fallback === 'local' ? 0 : Math.min(LONGEST_PATIENCE_MS, deadline * 1_000);
}
