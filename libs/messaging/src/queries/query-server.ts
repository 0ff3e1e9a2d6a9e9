import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { queries, type QueryName, type ServiceName } from '@facet/contracts';
import { withLogContext } from '@facet/platform';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { ServerNats, type NatsContext } from '@nestjs/microservices';
import { natsOptions } from '../connection/nats-connector';
import { HEARTBEAT_HEADER, HEARTBEAT_PACKET, heartbeatMsOf } from './heartbeat';
import { LOG_CONTEXT_HEADERS } from './log-context-headers';
import { isPassagePacket, respondWithPassage } from './passage';

/** Longest wait for the server to take what is on its way to it, in ms: it may be away when a service stops. */
const FLUSH_TIMEOUT_MS = 1_000;

/**
 * Nest's NATS transport for `@AnswersQuery()` methods, in the service's queue group. On close it stops taking
 * queries and waits for the answers that are being made (Nest's own drops them, or sleeps ten seconds).
 */
export class QueryServer extends ServerNats {
  private readonly taking: Subscription[] = [];
  private readonly answering = new Set<Promise<unknown>>();
  private connection: NatsConnection | null = null;

  constructor(
    servers: string,
    private readonly service: ServiceName,
  ) {
    super({ ...natsOptions(servers, `${service} queries`), queue: service });
  }

  override async listen(callback: (error?: unknown, ...rest: unknown[]) => void): Promise<void> {
    const owed = (Object.keys(queries) as QueryName[]).filter((name) => queries[name].answeredBy === this.service);
    const missing = owed.filter((name) => !this.messageHandlers.has(name));
    if (missing.length > 0 || this.messageHandlers.size !== owed.length) {
      callback(new Error(`${this.service} must answer ${owed.join(', ')}; missing: ${missing.join(', ') || 'none, but it answers more'}.`));
      return;
    }
    await super.listen(callback);
  }

  override async handleMessage(channel: string, message: Msg): Promise<void> {
    const header = (name: string): string | undefined => message.headers?.get(name) || undefined;
    const ids = { request_id: header(LOG_CONTEXT_HEADERS.request_id), image_id: header(LOG_CONTEXT_HEADERS.image_id) };
    const quiet = giveSignsOfLife(message, heartbeatMsOf(header(HEARTBEAT_HEADER)));
    const answer = withLogContext(ids, () => super.handleMessage(channel, message));
    this.answering.add(answer);
    try {
      await answer;
    } finally {
      quiet();
      this.answering.delete(answer);
    }
  }

  override getPublisher(message: Msg, id: string, context: NatsContext) {
    const respond: (packet: object) => unknown = super.getPublisher(message, id, context);
    let passages = 0;
    return (packet: object) => (isPassagePacket(packet) ? respondWithPassage(message, id, passages++, packet) : respond(packet));
  }

  override bindEvents(client: NatsConnection): void {
    this.connection = client;
    for (const channel of this.messageHandlers.keys()) {
      const answer = this.getMessageHandler(channel);
      const callback = (error: Error | null, message: Msg): void => {
        void answer.call(this, error, message);
      };
      this.taking.push(client.subscribe(channel, { queue: this.service, callback }));
    }
  }

  /** Queries that the server has sent already are taken as well: their askers would wait for nothing. */
  override async close(): Promise<void> {
    await withinFlush(Promise.all(this.taking.map((subscription) => subscription.drain())));
    await Promise.allSettled(this.answering);
    // Nest sends an answer a tick after its handler has ended
    await setImmediate();
    await withinFlush(this.connection?.flush());
    await super.close();
  }
}

/** @returns what ends them */
function giveSignsOfLife(message: Msg, everyMs: number | null): () => void {
  if (everyMs === null) {
    return () => undefined;
  }
  const beating = setInterval(() => {
    message.respond(HEARTBEAT_PACKET);
  }, everyMs);
  return () => {
    clearInterval(beating);
  };
}

async function withinFlush(work: Promise<unknown> | undefined): Promise<void> {
  await Promise.race([work?.catch(() => undefined), delay(FLUSH_TIMEOUT_MS, undefined, { ref: false })]);
}
