import { setTimeout as delay } from 'node:timers/promises';
import { makingSubject } from '@facet/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NatsPresence } from '../connection/nats-presence';

/** Longest wait for an answer, in ms. Whoever has the work and does not say so by then hangs. */
const ANSWER_MS = 1_500;

/** Processes that lost NATS at the same moment are all back within this time of each other, in ms. */
const ALL_BACK_MS = 1_000;

/** Pause between two questions, in ms. */
const ASK_AGAIN_MS = 250;

/**
 * Which pictures are being made at this moment, as their makers say themselves. NATS gives an event to a second process when it has
 * heard nothing of the first one, or was killed and has forgotten it; a picture that both make is paid for twice.
 *
 * A maker says so by a subscription, which ends with the connection of a process that dies: for one that is not there NATS answers
 * at once.
 */
export class WorkInHand {
  constructor(
    private readonly connection: NatsConnection,
    private readonly presence: NatsPresence,
  ) {}

  /**
   * Says that this process makes a picture.
   *
   * @returns what ends that
   */
  take(imageId: string): () => void {
    const signs = this.connection.subscribe(makingSubject(imageId), {
      callback: (error, question) => {
        if (!error) {
          question.respond();
        }
      },
    });
    return () => {
      signs.unsubscribe();
    };
  }

  /** Resolves when no process says any more that it makes this picture. Not to be asked by one that does. */
  async released(imageId: string, signal: AbortSignal): Promise<void> {
    while ((await this.isTaken(imageId)) || this.presence.availableForMs < ALL_BACK_MS) {
      await delay(ASK_AGAIN_MS, undefined, { signal });
    }
  }

  private async isTaken(imageId: string): Promise<boolean> {
    return this.connection.request(makingSubject(imageId), undefined, { timeout: ANSWER_MS }).then(
      () => true,
      () => false,
    );
  }
}
