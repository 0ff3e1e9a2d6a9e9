import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { FacetError, type Metrics, type ReadinessFacts } from '@facet/platform';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  retry,
  type IRetryBackoffContext,
} from 'cockatiel';
import { Counter } from 'prom-client';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { outage, troubleOf } from '../model/model-errors';
import type { CallBudget } from './call-budget';

/** Calls that fail in a row before the provider is left alone. */
const FAILURES_TO_BREAK = 5;

/** How long it is left alone, in ms: longer after each call that went out to see in vain. */
const BREAK = { initialDelay: 1_000, maxDelay: 30_000 };

/** How often a waiting job looks whether the breaker lets it pass, in ms. */
const LOOK_MS = 250;

/** Further calls within one delivery of a job. What still fails then is left to the event log, with its longer delays. */
const QUICK_RETRIES = 2;

/** Longest delay of a quick retry, in ms: a worker waits it out. */
const LONGEST_QUICK_DELAY_MS = 5_000;

/** Answers without a usable picture after which a job is given up: each may have been paid. */
const UNUSABLE_ANSWERS = 5;

/** Jobs whose unusable answers are remembered; the oldest is forgotten first. */
const REMEMBERED_JOBS = 1_000;

/**
 * A model behind the guards that a paid service far away needs: calls are counted against the budget of the minute, what
 * may pass at once is tried again, and a provider that keeps failing is left alone for a while.
 */
export class GuardedModel extends ImageModel {
  private readonly logger = new Logger(GuardedModel.name);
  private readonly breaker = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK),
    halfOpenAfter: new ExponentialBackoff(BREAK),
  });
  private readonly quickly = retry(handleWhen(mayPassAtOnce), { maxAttempts: QUICK_RETRIES, backoff: new DelegateBackoff(quickDelay) });
  private readonly unusableAnswers = new Map<string, number>();
  private readonly calls: Counter<'outcome'>;

  /** @param patienceMs how long a job waits for a provider that is left alone, before it goes back to the event log */
  constructor(
    private readonly model: ImageModel,
    private readonly budget: CallBudget,
    private readonly patienceMs: number,
    private readonly stopping: AbortSignal,
    metrics: Metrics,
  ) {
    super();
    this.calls = new Counter({
      name: 'facet_model_calls_total',
      help: 'Calls of the paid image model, by outcome: picture, refused, outage, timeout, rate_limit, unusable or failed.',
      labelNames: ['outcome'],
      registers: [metrics.registry],
    });
    this.tellOfBreaks();
  }

  async generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    const impatient = performance.now() + this.patienceMs;
    for (;;) {
      try {
        return await this.quickly.execute(() => this.throughBreaker(request, signal), signal);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) {
          throw this.finalError(error, request.imageId);
        }
        // a job that waits here holds a place among the calls, of which none is to go out anyway
        if (performance.now() > impatient || this.stopping.aborted) {
          throw outage(error);
        }
        await delay(LOOK_MS, undefined, { signal });
      }
    }
  }

  check(): Promise<ReadinessFacts> {
    return this.model.check();
  }

  override close(): Promise<void> {
    return this.model.close();
  }

  /** While one call is out to see, which may take as long as any call, the breaker would have the others wait for it. */
  private throughBreaker(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    return this.breaker.state === CircuitState.HalfOpen
      ? Promise.reject(new BrokenCircuitError())
      : this.breaker.execute(() => this.call(request, signal), signal);
  }

  private async call(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    signal.throwIfAborted();
    await this.budget.take(signal);
    try {
      const picture = await this.model.generate(request, signal);
      this.calls.inc({ outcome: 'picture' });
      return picture;
    } catch (thrown) {
      const error = FacetError.from(thrown);
      const outcome = error.code === 'refused' ? 'refused' : (troubleOf(error) ?? 'failed');
      this.calls.inc({ outcome });
      this.logger.warn({ msg: 'call of the image model failed', outcome, attempt: request.attempt, reason: error.message });
      throw error;
    }
  }

  /** What the job is told when the guards gave up. Unusable answers are counted by this process, over all deliveries. */
  private finalError(error: unknown, imageId: string): unknown {
    if (!(error instanceof FacetError) || troubleOf(error) !== 'unusable') {
      return error;
    }
    const count = (this.unusableAnswers.get(imageId) ?? 0) + 1;
    this.unusableAnswers.delete(imageId);
    if (count >= UNUSABLE_ANSWERS) {
      return new FacetError(error.code, error.message, { details: error.details, cause: error.cause });
    }
    this.unusableAnswers.set(imageId, count);
    const [oldest] = this.unusableAnswers.keys();
    if (oldest !== undefined && this.unusableAnswers.size > REMEMBERED_JOBS) {
      this.unusableAnswers.delete(oldest);
    }
    return error;
  }

  private tellOfBreaks(): void {
    this.breaker.onBreak(() => {
      this.logger.warn({ msg: 'circuit breaker open: the image model is left alone' });
    });
    this.breaker.onHalfOpen(() => {
      this.logger.log({ msg: 'circuit breaker half open: one call goes out to see' });
    });
    this.breaker.onReset(() => {
      this.logger.log({ msg: 'circuit breaker closed: the image model answers again' });
    });
  }
}

function isOutage(error: Error): boolean {
  const trouble = error instanceof FacetError ? troubleOf(error) : undefined;
  return trouble === 'outage' || trouble === 'timeout';
}

/** Not a time-out, which would take as long again, and not an unusable answer, which may be paid again. */
function mayPassAtOnce(error: Error): boolean {
  const trouble = error instanceof FacetError ? troubleOf(error) : undefined;
  return trouble === 'outage' || (trouble === 'rate_limit' && askedDelay(error) <= LONGEST_QUICK_DELAY_MS);
}

/** One to two seconds, then two to four, and never less than the provider asks for. */
function quickDelay({ attempt, result }: IRetryBackoffContext<unknown>): number {
  const asked = 'error' in result ? askedDelay(result.error) : 0;
  return Math.max(asked, attempt * 1_000 * (1 + Math.random()));
}

function askedDelay(error: Error): number {
  const asked = error instanceof FacetError ? error.details['retry_after_ms'] : undefined;
  return typeof asked === 'number' ? asked : 0;
}
