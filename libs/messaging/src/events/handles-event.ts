import { EventPattern } from '@nestjs/microservices';
import type { EventName } from '@facet/contracts';

/** Transport id of the JetStream strategy, so that its handlers are bound to it and to nothing else. */
export const JETSTREAM = Symbol('JETSTREAM');

/** What is said of a handler beside its event. */
export interface HandlingOptions {
  /** time that it has for one event, in ms; default: that of its service */
  timeoutMs?: number;
}

/**
 * Marks the method that handles an event off its durable consumer. It gets the parsed payload and an
 * `EventContext`; returning acknowledges the event, throwing settles it by the error.
 */
export const HandlesEvent = (name: EventName, options: HandlingOptions = {}): MethodDecorator =>
  EventPattern<EventName>(name, JETSTREAM, options);
