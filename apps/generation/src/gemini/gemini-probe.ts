import { GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { RememberedCheck, type ReadinessFacts } from '@facet/platform';
import { isMisconfiguration } from '../model/model-errors';
import { classifyGeminiError } from './gemini-errors';
import type { GeminiOptions } from './gemini-options';

/** How long an answer is believed, in ms: probes are free, but readiness is asked for every few seconds. */
const BELIEVED_MS = { good: 60_000, bad: 10_000 };

/** Asks Gemini for its description of the model (https://ai.google.dev/api/models#method:-models.get), which is free. */
export class GeminiProbe {
  private readonly remembered = new RememberedCheck(() => this.ask(), BELIEVED_MS);

  constructor(private readonly options: Pick<GeminiOptions, 'apiKey' | 'model' | 'baseUrl' | 'probeTimeoutMs'>) {}

  /**
   * A Gemini that does not answer is no fault of this service, and its jobs wait: the facts say so. A key or a model
   * that it does not accept is.
   *
   * @throws FacetError naming the variable to mend
   */
  check(): Promise<ReadinessFacts> {
    return this.remembered.check();
  }

  private async ask(): Promise<ReadinessFacts> {
    const { apiKey, model, baseUrl, probeTimeoutMs = 1_500 } = this.options;
    const facts = { provider: 'gemini', model };
    try {
      const response = await fetch(`${baseUrl}/v1beta/models/${model}`, {
        headers: { 'x-goog-api-key': apiKey },
        signal: AbortSignal.timeout(probeTimeoutMs),
      });
      const body = (await response.json()) as { error?: { message?: string; details?: [] } };
      if (!response.ok) {
        throw new GoogleGenerativeAIFetchError(body.error?.message ?? '', response.status, response.statusText, body.error?.details);
      }
      return { ...facts, answers: true };
    } catch (cause) {
      const error = classifyGeminiError(cause, this.options);
      if (isMisconfiguration(error)) {
        throw error;
      }
      return { ...facts, answers: false, reason: error.message };
    }
  }
}
