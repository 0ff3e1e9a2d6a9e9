import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** The stream behind an object store, and the subject of an object's facts in it. */
const streamOf = (bucket: string): string => `OBJ_${bucket}`;
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

/** Takes away what was said about an object that is deleted already. */
export async function eraseFacts(connection: NatsConnection, bucket: string, name: string): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.purge(streamOf(bucket), { filter: factsSubject(bucket, tokenOf(name)) });
}
