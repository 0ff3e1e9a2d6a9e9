import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ObjectInfo } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { keptMessages } from '../streams/kept-messages';
import { chunksSubject, isWhole, streamOf } from './object-stream';

/** A replica that answers may be behind the one that said what there is: it is asked again after this time, in ms. */
const BEHIND_MS = 50;

/** How often it is asked again. */
const MOST_TIMES_BEHIND = 40;

/** An object was replaced or deleted while it was read, or was never stored to its end. */
export class ObjectGoneError extends Error {
  override readonly name = 'ObjectGoneError';
}

/**
 * The bytes of an object in pieces, as they were stored.
 *
 * @throws ObjectGoneError; Error when a replica stays behind, and at the end when its digest is another
 */
export async function* objectPieces(connection: NatsConnection, info: ObjectInfo): AsyncGenerator<Uint8Array> {
  const [stream, subject] = [streamOf(info.bucket), chunksSubject(info.bucket, info.nuid)];
  const digest = createHash('sha256');
  let [read, sequence] = [0, 0];
  for (let behind = 0; read < info.chunks; behind += 1) {
    if (behind > 0) {
      if (behind > MOST_TIMES_BEHIND) {
        throw new Error(`${info.name} is there, and whoever answers does not have it yet`);
      }
      if (!(await isWhole(connection, info))) {
        throw new ObjectGoneError(`${info.name} was replaced or deleted while it was read, or never stored to its end`);
      }
      await delay(BEHIND_MS);
    }
    for await (const { data, seq } of keptMessages(connection, stream, subject, sequence + 1)) {
      digest.update(data);
      yield data;
      [read, sequence] = [read + 1, seq];
      if (read === info.chunks) {
        break;
      }
    }
  }
  if (info.digest.replace(/=+$/, '') !== `SHA-256=${digest.digest('base64url')}`) {
    throw new Error(`${info.name} is not what was stored: its digest is another`);
  }
}

/** An object whole. @throws as `objectPieces` */
export async function readObject(connection: NatsConnection, info: ObjectInfo): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of objectPieces(connection, info)) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
