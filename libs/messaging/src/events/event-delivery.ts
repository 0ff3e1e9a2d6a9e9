import { Logger } from '@nestjs/common';
import { events, type EventName } from '@facet/contracts';
import { FacetError, withLogContext } from '@facet/platform';
import type { JsMsg } from '@nats-io/jetstream';
import type { MessageHandler } from '@nestjs/microservices';
import { from, isObservable, lastValueFrom } from 'rxjs';
import { EventContext } from './event-context';
import { firstSequenceOf } from './first-sequence';
import type { HandlingOptions } from './handles-event';
import { jsonOf } from './message-json';
import { maxDeliveries, settlementOf } from './settlement';

/** How often a running handler tells the server that it still works: three times per acknowledgement wait. */
const WORKING_PER_WAIT = 0.3;

/** Longest wait for the server to confirm an acknowledgement, in ms: one that was lost is made good by the next delivery. */
const CONFIRMED_MS = 1_500;

/** What a service does when a delivery ends, beside settling it. */
export interface DeliveryPolicy {
  /** a handler that is silent for this long, ms, is taken for dead */
  ackWaitMs: number;
  /** time that a handler has for one event, in ms, unless it says otherwise; after it the event counts as failed, retryable */
  handlerTimeoutMs: number;
  /** age of an event, in ms, after which no attempt at it is begun any more */
  deadlineMs: number;
  /** keeps an event apart that is given up, unless it was refused, and ends the job that it is a step of; may be repeated */
  giveUp: (subject: EventName, message: JsMsg, error: FacetError) => Promise<void>;
  /** for metrics */
  settled: (subject: string, settlement: string, seconds: number) => void;
}

/** Runs the handler of one kind of event for one delivery after the other, and settles each. */
export class EventDelivery {
  private readonly logger = new Logger(EventDelivery.name);

  constructor(
    private readonly name: EventName,
    private readonly handler: MessageHandler,
    private readonly policy: DeliveryPolicy,
  ) {}

  /**
   * Never rejects: whatever happens, the delivery is acknowledged, delayed or left for redelivery.
   *
   * @returns false when it was left: the server did not answer, or its consumer is gone
   */
  async run(message: JsMsg): Promise<boolean> {
    const started = process.hrtime.bigint();
    const settlement = await withLogContext(idsOf(message), () => this.settle(message));
    this.policy.settled(this.name, settlement, Number(process.hrtime.bigint() - started) / 1e9);
    return settlement !== 'unsettled';
  }

  private async settle(message: JsMsg): Promise<string> {
    const stillWorking = setInterval(() => {
      message.working();
    }, this.policy.ackWaitMs * WORKING_PER_WAIT);
    try {
      const failure = await this.failureOf(message);
      if (failure) {
        return await this.settleFailure(message, failure);
      }
      await message.ackAck({ timeout: CONFIRMED_MS });
      return 'ack';
    } catch (cause) {
      // an acknowledgement that was lost is no failure of the handler: its work is done
      this.logger.warn({ msg: 'delivery not settled, it will come again', err: cause });
      return 'unsettled';
    } finally {
      clearInterval(stillWorking);
    }
  }

  /** Why the handler has failed; null when it has not. */
  private failureOf(message: JsMsg): Promise<FacetError | null> {
    return this.handle(message).then(
      () => null,
      (error: unknown) => FacetError.from(error),
    );
  }

  private async handle(message: JsMsg): Promise<void> {
    const payload = events[this.name].schema.safeParse(jsonOf(message));
    if (!payload.success) {
      throw new FacetError('internal', `A malformed ${this.name} event.`, { cause: payload.error });
    }
    const { streamSequence, deliveryCount } = message.info;
    if (deliveryCount > maxDeliveries(this.policy.deadlineMs)) {
      throw new FacetError('internal', 'This was begun too often without coming to an end.');
    }
    const { timeoutMs = this.policy.handlerTimeoutMs }: HandlingOptions = this.handler.extras ?? {};
    const signal = AbortSignal.timeout(timeoutMs);
    const firstSequence = firstSequenceOf(message);
    const context = new EventContext({ sequence: streamSequence, firstSequence, attempt: deliveryCount, signal });
    await Promise.race([lateOf(signal), this.call(payload.data, context)]);
  }

  private async call(payload: unknown, context: EventContext): Promise<void> {
    const answer: unknown = await this.handler(payload, context);
    await lastValueFrom(isObservable(answer) ? answer : from([answer]), { defaultValue: undefined });
  }

  private async settleFailure(message: JsMsg, error: FacetError): Promise<string> {
    const attempt = message.info.deliveryCount;
    const ageMs = Date.now() - message.info.timestampNanos / 1e6;
    const settlement = settlementOf(error, { attempt, ageMs, deadlineMs: this.policy.deadlineMs });
    this.logger.warn({ msg: 'handler failed', subject: this.name, attempt, code: error.code, settlement: settlement.kind, err: error });
    if (settlement.kind === 'retry') {
      message.nak(settlement.delayMs);
    } else {
      await this.policy.giveUp(this.name, message, error);
      await message.ackAck({ timeout: CONFIRMED_MS });
    }
    return settlement.kind;
  }
}

/** Rejects at the handler's deadline. A handler that does not heed its signal still works when the next attempt begins. */
const lateOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const late = new FacetError('unavailable', 'It took longer than this step may take.', { retryable: true });
    signal.addEventListener(
      'abort',
      () => {
        reject(late);
      },
      { once: true },
    );
  });

function idsOf(message: JsMsg): { image_id?: string; request_id?: string } {
  const payload = jsonOf(message);
  const text = (key: string): string | undefined => {
    const value: unknown = typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>)[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { image_id: text('image_id'), request_id: text('request_id') };
}
