import { jetstreamManager } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';

/** The stream behind an object store, and the subjects of an object's bytes and of its facts in it. */
export const streamOf = (bucket: string): string => `OBJ_${bucket}`;
export const chunksSubject = (bucket: string, nuid: string): string => `$O.${bucket}.C.${nuid}`;
const factsSubject = (bucket: string, token: string): string => `$O.${bucket}.M.${token}`;
const tokenOf = (name: string): string => Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/**
 * Names in an object store that begin with some text, those of deleted objects too: what was said about an object stays
 * when it is deleted, and may be more than its bytes.
 */
export async function objectNames(connection: NatsConnection, bucket: string, prefix: string): Promise<string[]> {
  const manager = await jetstreamManager(connection);
  const filter = factsSubject(bucket, '>');
  const { state } = await manager.streams.info(streamOf(bucket), { subjects_filter: filter });
  const names = Object.keys(state.subjects ?? {}).map((subject) => Buffer.from(subject.slice(filter.length - 1), 'base64url').toString());
  return names.filter((name) => name.startsWith(prefix));
}

/**
 * Whether all of an object's bytes are there. Of one whose storing was broken off there may be its facts alone: the NATS
 * client takes the bytes back when the server is late to confirm the facts, which the server may have kept all the same.
 */
export async function isWhole(connection: NatsConnection, { bucket, nuid, chunks }: ObjectInfo): Promise<boolean> {
  if (chunks === 0) {
    return true;
  }
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const subject = chunksSubject(bucket, nuid);
  const { state } = await manager.streams.info(streamOf(bucket), { subjects_filter: subject });
  return state.subjects?.[subject] === chunks;
}

/** Takes away what was said about an object that is deleted already. */
export async function eraseFacts(connection: NatsConnection, bucket: string, name: string): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.purge(streamOf(bucket), { filter: factsSubject(bucket, tokenOf(name)) });
}
