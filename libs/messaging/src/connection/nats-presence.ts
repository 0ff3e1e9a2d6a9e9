import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';

/** Pause between two round trips, in ms, while NATS answers. With `ANSWER_MS`, a server that hangs is noticed within 2.5 s. */
const PROBE_EVERY_MS = 1_000;

/** The same while it does not: its return is noticed soon. */
const PROBE_EVERY_WHILE_AWAY_MS = 250;

/** Longest wait for one answer, in ms. A round trip takes less than one; a server that starts a large store takes some hundred. */
const ANSWER_MS = 1_500;

/**
 * Whether NATS answers at this moment. A connection that is lost is known at once by the client's own events; one that
 * stays open while nothing comes back (a stopped process, a network that swallows packets) only by asking.
 */
export class NatsPresence {
  private readonly logger = new Logger(NatsPresence.name);
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<() => void>();
  private answering = true;
  /** when that was noticed, ms of the monotonic clock */
  private since = performance.now();

  private constructor(private readonly connection: NatsConnection) {}

  /** @param connection one that has been made */
  static watch(connection: NatsConnection): NatsPresence {
    const presence = new NatsPresence(connection);
    void presence.followEvents();
    void presence.askAgainAndAgain();
    return presence;
  }

  /** False: what needs NATS would wait for its time-out, and is better not begun. */
  get available(): boolean {
    return this.answering;
  }

  /** How long it has answered without a break, in ms; 0 while it does not. */
  get availableForMs(): number {
    return this.answering ? performance.now() - this.since : 0;
  }

  /**
   * @param listener called every time when NATS turns out to be away
   * @returns what ends that
   */
  onAway(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** No more questions; `available` stays as it is. */
  stop(): void {
    this.stopping.abort();
  }

  private async followEvents(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection') {
        this.note(false);
      } else if (type === 'reconnect') {
        // the client has had an answer to its first ping by then
        this.note(true);
      }
    }
  }

  private async askAgainAndAgain(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.note(await this.answers());
      await delay(this.available ? PROBE_EVERY_MS : PROBE_EVERY_WHILE_AWAY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async answers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      // after a stall of this process the answer may lie in the socket, which is read before an immediate runs
      timer = setTimeout(() => setImmediate(resolve, false), ANSWER_MS);
    });
    const answer = this.connection.rtt().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private note(answered: boolean): void {
    if (this.stopping.signal.aborted) {
      return;
    }
    if (answered === this.answering) {
      return;
    }
    const now = performance.now();
    const away_ms = Math.round(now - this.since);
    [this.answering, this.since] = [answered, now];
    if (answered) {
      this.logger.log({ msg: 'NATS answers again', away_ms });
    } else {
      this.logger.warn({ msg: 'NATS does not answer' });
      [...this.listeners].forEach((listener) => listener());
    }
  }
}
