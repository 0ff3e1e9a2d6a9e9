import {
  BLOBS_BUCKET,
  DEADLETTERS_STREAM,
  deadLetterSubject,
  IMAGES_STREAM,
  Job,
  JOBS_BUCKET,
  MEDIA_BUCKET,
  type JobState,
} from '@facet/contracts';
import { natsOptions } from '@facet/messaging';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { RunningFacet } from './running-facet';

/** How `npm run up` says where it has started NATS. */
const NATS_ADDRESS = /starting nats-1: .* on (127\.0\.0\.1:\d+)/;

/** A look at what Facet keeps, past its API. */
export class KeptInNats {
  private constructor(private readonly connection: NatsConnection) {}

  static async of(facet: RunningFacet): Promise<KeptInNats> {
    const [, address] = NATS_ADDRESS.exec(facet.log()) ?? [];
    if (address === undefined) {
      throw new Error('npm run up has not said where NATS listens');
    }
    return KeptInNats.at(address);
  }

  static async at(servers: string): Promise<KeptInNats> {
    return new KeptInNats(await connect({ ...natsOptions(servers, 'test'), reconnectTimeWait: 100 }));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Names of the uploads and results in flight. */
  async blobs(): Promise<string[]> {
    const store = await new Objm(this.connection).open(BLOBS_BUCKET);
    return (await store.list()).map(({ name }) => name);
  }

  async blob(name: string): Promise<Buffer> {
    const store = await new Objm(this.connection).open(BLOBS_BUCKET);
    return Buffer.from((await store.getBlob(name)) ?? []);
  }

  /** Chunks of all blobs: also those of an upload that was never finished, which no list names. */
  async blobChunks(): Promise<number> {
    return Object.values(await this.subjects(`OBJ_${BLOBS_BUCKET}`, `$O.${BLOBS_BUCKET}.C.>`)).reduce((sum, count) => sum + count, 0);
  }

  /** Ids of the jobs. */
  async jobs(): Promise<string[]> {
    const bucket = await new Kvm(this.connection).open(JOBS_BUCKET);
    const ids: string[] = [];
    for await (const id of await bucket.keys()) {
      ids.push(id);
    }
    return ids;
  }

  /** The state of every job, by its id. */
  async jobStates(): Promise<Map<string, JobState>> {
    const bucket = await new Kvm(this.connection).open(JOBS_BUCKET);
    const states = await Promise.all(
      (await this.jobs()).map(async (id): Promise<[string, JobState]> => [id, Job.parse((await bucket.get(id))?.json()).state]),
    );
    return new Map(states);
  }

  /** Names of the assets that this deployment keeps itself. */
  async mediaObjects(): Promise<string[]> {
    const store = await new Objm(this.connection).open(MEDIA_BUCKET);
    return (await store.list()).map(({ name }) => name);
  }

  /** How many events of each kind are on the log. */
  events(): Promise<Record<string, number>> {
    return this.subjects(IMAGES_STREAM, 'image.*');
  }

  /** Streams that hold some words, in their messages or in what is said about objects. */
  async said(words: string): Promise<string[]> {
    const manager = await jetstreamManager(this.connection);
    const streams: string[] = [];
    for await (const { config, state } of manager.streams.list()) {
      for (let sequence = state.first_seq; sequence <= state.last_seq; sequence += 1) {
        const message = await manager.streams.getMessage(config.name, { seq: sequence }).catch(() => null);
        if (message && Buffer.from(message.data).includes(words)) {
          streams.push(`${config.name} ${message.subject} ${sequence}`);
        }
      }
    }
    return streams;
  }

  async deleteBlob(name: string): Promise<void> {
    const store = await new Objm(this.connection).open(BLOBS_BUCKET);
    await store.delete(name);
  }

  /** How many events of each kind were given up. */
  deadLetters(): Promise<Record<string, number>> {
    return this.subjects(DEADLETTERS_STREAM, deadLetterSubject('>'));
  }

  /** Events that the consumers of the log still have to settle. */
  async unsettled(): Promise<number> {
    const manager = await jetstreamManager(this.connection);
    const services = ['generation', 'media', 'catalog'];
    const consumers = await Promise.all(services.map((service) => manager.consumers.info(IMAGES_STREAM, service)));
    return consumers.reduce((count, { num_pending, num_ack_pending }) => count + num_pending + num_ack_pending, 0);
  }

  /** Deliveries of events beyond the first, of all time. */
  async redeliveries(): Promise<number> {
    const manager = await jetstreamManager(this.connection);
    const services = ['generation', 'media', 'catalog'];
    const consumers = await Promise.all(services.map((service) => manager.consumers.info(IMAGES_STREAM, service)));
    const events = await this.events();
    return consumers.reduce(
      (count, { delivered, config }) => count + delivered.consumer_seq - (events[config.filter_subject ?? ''] ?? 0),
      0,
    );
  }

  /** The server's own hand on streams and consumers. */
  manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.connection);
  }

  private async subjects(stream: string, filter: string): Promise<Record<string, number>> {
    const manager = await jetstreamManager(this.connection);
    const { state } = await manager.streams.info(stream, { subjects_filter: filter });
    return state.subjects ?? {};
  }
}
