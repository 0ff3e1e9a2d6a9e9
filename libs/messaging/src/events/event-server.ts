import { durableOf, events, eventsOf, IMAGES_STREAM, type EventName, type ServiceName } from '@facet/contracts';
import { jetstream, jetstreamManager, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { NatsPresence } from '../connection/nats-presence';
import { provisionConsumer, provisionLog } from '../connection/provisioning';
import { EventDelivery, type DeliveryPolicy } from './event-delivery';
import { JETSTREAM } from './handles-event';

/** How long one pull request waits at the server, in ms: also the longest that a stop waits for an idle worker. */
const PULL_EXPIRES_MS = 2_000;

/** Wait after a failed pull, in ms. The broker is away, or its consumer was deleted and is made anew. */
const PULL_RETRY_MS = 250;

/** Longest wait for one answer of the server, in ms: one that was lost with its connection never comes, and NATS may be back by then. */
const ANSWER_MS = 1_500;

/** Events of keeping, of one kind, that one process works on at once: they are rare and small. */
const KEEPING_CONCURRENCY = 2;

export interface EventServerOptions {
  service: ServiceName;
  connection: NatsConnection;
  presence: NatsPresence;
  /** steps of jobs worked on at once by this process */
  concurrency: number;
  /** events of one kind worked on at once by all processes of the service */
  maxInFlight: number;
  policy: DeliveryPolicy;
}

/**
 * Nest transport that runs `@HandlesEvent()` methods off the service's durable pull consumers, one for each kind of event.
 *
 * Every worker asks for one event when it is free for one. Nothing is fetched ahead: the acknowledgement clock of a
 * prefetched event runs while it waits in the client, and it would be delivered to somebody else meanwhile.
 */
export class EventServer extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  private readonly workers: Promise<void>[] = [];
  private readonly pulls = new Set<ConsumerMessages>();
  private stopping = false;
  private readonly opening = new Map<EventName, Promise<Consumer>>();

  constructor(private readonly options: EventServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => {
      callback();
    }, callback);
  }

  /** Stops pulling and waits for the handlers that run. The server redelivers what an impatient stop cuts off. */
  async close(): Promise<void> {
    this.stopping = true;
    const { presence } = this.options;
    const unwatch = presence.onAway(() => {
      this.abandonPulls();
    });
    if (!presence.available) {
      this.abandonPulls();
    }
    await Promise.all(this.workers);
    unwatch();
  }

  on(): never {
    throw new Error('The JetStream transport has no events of its own.');
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Nest's contract: the caller names the type
  unwrap<T = NatsConnection>(): T {
    return this.options.connection as T;
  }

  private async start(): Promise<void> {
    const handlers = this.owedHandlers();
    for (const [name] of handlers) {
      await this.consumer(name);
    }
    for (const [name, handler] of handlers) {
      const delivery = new EventDelivery(name, handler, this.options.policy);
      const workers = events[name].partOf === 'job' ? this.options.concurrency : KEEPING_CONCURRENCY;
      for (let n = 0; n < workers; n += 1) {
        this.workers.push(this.work(name, delivery));
      }
    }
  }

  /** Starting without a handler that the service owes, or with another's, is a fault of the build. */
  private owedHandlers(): [EventName, MessageHandler][] {
    const owed = eventsOf(this.options.service);
    const handlers = owed.flatMap((name): [EventName, MessageHandler][] => {
      const handler = this.messageHandlers.get(name);
      return handler ? [[name, handler]] : [];
    });
    if (owed.length === 0 || handlers.length !== owed.length || this.messageHandlers.size !== owed.length) {
      const handled = [...this.messageHandlers.keys()].join(', ') || 'nothing';
      throw new Error(`${this.options.service} must handle ${owed.join(', ') || 'nothing'}, and handles ${handled}.`);
    }
    return handlers;
  }

  /** The consumer, made where it is absent: once for all workers that find it gone at the same moment. */
  private consumer(name: EventName): Promise<Consumer> {
    const opening = this.opening.get(name) ?? this.open(name).finally(() => this.opening.delete(name));
    this.opening.set(name, opening);
    return opening;
  }

  private async open(name: EventName): Promise<Consumer> {
    const { connection, service, maxInFlight, policy } = this.options;
    const manager = await jetstreamManager(connection, { timeout: ANSWER_MS });
    // the log as well: whoever has deleted it must not have to start all services again
    await provisionLog(manager);
    const durable = durableOf(name) ?? service;
    await provisionConsumer(manager, durable, name, { maxInFlight, ackWaitMs: policy.ackWaitMs });
    return jetstream(connection, { timeout: ANSWER_MS }).consumers.get(IMAGES_STREAM, durable);
  }

  private async work(name: EventName, delivery: EventDelivery): Promise<void> {
    let consumer: Consumer | null = null;
    while (!this.stopping) {
      let message: JsMsg | null = null;
      try {
        consumer ??= await this.consumer(name);
        message = await this.next(consumer);
      } catch (error) {
        this.logger.warn({ msg: 'no events to be had', reason: error instanceof Error ? error.message : String(error) });
        consumer = null;
        await new Promise((resolve) => setTimeout(resolve, PULL_RETRY_MS));
      }
      if (message && !(await delivery.run(message))) {
        // a pull from a consumer that is gone is not answered at all
        consumer = null;
      }
    }
  }

  /** @returns null when there was none in time, or the process stops */
  private async next(consumer: Consumer): Promise<JsMsg | null> {
    if (this.stopping) {
      return null;
    }
    // `bind`: after a lost connection the client asks again at once. It would look for the consumer first, and rest 2 s if that fails.
    const pull = await consumer.fetch({ max_messages: 1, expires: PULL_EXPIRES_MS, bind: true });
    this.pulls.add(pull);
    try {
      for await (const message of pull) {
        return message;
      }
      return null;
    } finally {
      this.pulls.delete(pull);
    }
  }

  /** A pull whose connection is lost ends with the next connection, however late that comes. */
  private abandonPulls(): void {
    this.pulls.forEach((pull) => {
      pull.stop();
    });
  }
}
