import { Inject, Injectable } from '@nestjs/common';
import { events, IMAGES_STREAM, type EventName, type ServiceName } from '@facet/contracts';
import { NATS_CONNECTION, pictureOf, readStream } from '@facet/messaging';
import {
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerInfo,
  type JetStreamClient,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { ConsumerLook } from './consumer-progress';

/** Longest wait for the server's answer, in ms. */
const TIMEOUT_MS = 2_000;

/** What the services still have to do for jobs, out of their durable consumers and the event log. */
@Injectable()
export class EventConsumers {
  private readonly log: JetStreamClient;

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {
    this.log = jetstream(connection, { timeout: TIMEOUT_MS });
  }

  /**
   * Looks at one service after the other in the order in which a job meets them. A service acknowledges its event after
   * it has published the next one, so a job that goes on meanwhile is found at the later service.
   *
   * @param imageIds the jobs of interest; without any, the log is not read
   * @throws the signal's reason when it came before all was seen
   */
  async look(imageIds: ReadonlySet<string>, signal: AbortSignal): Promise<ConsumerLook[]> {
    const looks: ConsumerLook[] = [];
    for (const subject of Object.keys(events) as EventName[]) {
      const { consumedBy: service, partOf } = events[subject];
      if (service !== null && partOf === 'job') {
        looks.push(await this.lookAt(service, subject, imageIds, signal));
        signal.throwIfAborted();
      }
    }
    return looks;
  }

  private async lookAt(
    service: ServiceName,
    subject: EventName,
    imageIds: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<ConsumerLook> {
    const info = await this.infoOf(service);
    if (info === null) {
      // deleted, or its service was never there: where it will begin is not known, and any job may be waiting for it
      return { service, mark: 'missing', awaiting: imageIds };
    }
    if (info.num_pending + info.num_ack_pending === 0) {
      return { service, mark: null, awaiting: new Set() };
    }
    const { created, delivered, ack_floor, num_ack_pending } = info;
    const mark = [created, delivered.consumer_seq, ack_floor.consumer_seq, num_ack_pending].join('/');
    return { service, mark, awaiting: await this.unacknowledged(subject, ack_floor.stream_seq, imageIds, signal) };
  }

  /** The jobs with an event behind the acknowledgement floor. Up to the floor every event is acknowledged. */
  private async unacknowledged(
    subject: EventName,
    floor: number,
    imageIds: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Set<string>> {
    const found = new Set<string>();
    if (imageIds.size > 0) {
      const part = { stream: IMAGES_STREAM, from: floor + 1, subject, headersOnly: true };
      for await (const message of readStream(this.log, part, signal)) {
        const imageId = pictureOf(message);
        if (imageId !== null && imageIds.has(imageId)) {
          found.add(imageId);
        }
        if (found.size === imageIds.size) {
          break;
        }
      }
    }
    return found;
  }

  private async infoOf(service: ServiceName): Promise<ConsumerInfo | null> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false, timeout: TIMEOUT_MS });
    return manager.consumers.info(IMAGES_STREAM, service).catch((cause: unknown) => {
      if (cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.ConsumerNotFound) {
        return null;
      }
      throw cause;
    });
  }
}
