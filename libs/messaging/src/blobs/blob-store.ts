import type { Readable } from 'node:stream';
import { BlobRef, BLOBS_BUCKET, type ImageMime } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { BufferReclaim } from './buffer-reclaim';
import { eraseFacts, isWhole, objectNames } from './object-stream';
import { ObjectGoneError, readObject } from './read-object';

/** Chunk of a whole buffer, in bytes: fewer round trips; below the server's default max_payload of 1 MiB. */
const BUFFER_CHUNK = 960 * 1024;

/** Chunk of a stream, in bytes: what an upload holds in memory at a time, about twice. */
const STREAM_CHUNK = 64 * 1024;

interface PictureFacts {
  mime: ImageMime;
  /** px */
  width: number;
  /** px */
  height: number;
}

/** What is known of an object whose content nobody has looked at yet. */
export interface RawBlob {
  name: string;
  bytes: number;
  /** hexadecimal */
  sha256: string;
}

/** The object store of uploads and results in flight. Events and queries carry references to what lies here. */
export class BlobStore {
  private readonly reclaim = new BufferReclaim();

  private constructor(
    private readonly store: ObjectStore,
    private readonly connection: NatsConnection,
  ) {}

  static async open(connection: NatsConnection): Promise<BlobStore> {
    return new BlobStore(await new Objm(connection).open(BLOBS_BUCKET), connection);
  }

  /**
   * Stores bytes as they come, at the pace of the server. Whatever fails, nothing is left behind.
   *
   * @throws what the stream failed with; FacetError `unavailable` (retryable) when it was the store
   */
  async putStream(name: string, stream: Readable): Promise<RawBlob> {
    const source = webStreamOf(stream, this.reclaim);
    try {
      return rawBlobOf(await this.guard(this.store.put({ name, options: { max_chunk_size: STREAM_CHUNK } }, source)));
    } catch (error) {
      throw stream.errored ?? error;
    }
  }

  /**
   * Stores a picture. An older one of the same name is replaced.
   *
   * @param attachment facts that belong to the picture and must be there whenever it is; JSON, some kilobytes
   */
  async putPicture(name: string, bytes: Buffer, { mime, width, height }: PictureFacts, attachment?: unknown): Promise<BlobRef> {
    const metadata = { mime, width: String(width), height: String(height), attachment: JSON.stringify(attachment ?? null) };
    const info = await this.guard(this.store.putBlob({ name, metadata, options: { max_chunk_size: BUFFER_CHUNK } }, bytes));
    return { ...rawBlobOf(info), mime, width, height };
  }

  /** A picture's reference, or `null` when there is none of that name (any more), or one that was never stored to its end. */
  async findPicture(name: string): Promise<BlobRef | null> {
    return (await this.findPictureWithAttachment(name))?.blob ?? null;
  }

  /** As `findPicture`, with what was attached to it (not parsed against anything yet). */
  async findPictureWithAttachment(name: string): Promise<{ blob: BlobRef; attachment: unknown } | null> {
    const info = await this.guard(this.store.info(name));
    if (!info || info.deleted || !(await this.isWhole(info))) {
      return null;
    }
    const { mime, width, height, attachment } = info.metadata ?? {};
    const blob = BlobRef.parse({ ...rawBlobOf(info), mime, width: Number(width), height: Number(height) });
    return { blob, attachment: JSON.parse(attachment ?? 'null') as unknown };
  }

  /** The bytes, or `null` when there is no blob of that name (any more), or one that was never stored to its end. */
  async get(name: string): Promise<Buffer | null> {
    const info = await this.guard(this.store.info(name));
    if (!info || info.deleted) {
      return null;
    }
    try {
      return await readObject(this.connection, info);
    } catch (error) {
      if (!(error instanceof ObjectGoneError)) {
        throw unavailable(error);
      }
      const now = await this.guard(this.store.info(name));
      return now !== null && now.nuid !== info.nuid ? this.get(name) : null;
    }
  }

  /**
   * The bytes of a blob that must be there.
   *
   * @throws FacetError `internal`, not retryable, when it is gone: blobs live for a day
   */
  async getExisting(name: string): Promise<Buffer> {
    const bytes = await this.get(name);
    if (!bytes) {
      throw new FacetError('internal', 'The picture that this job works from is no longer there.');
    }
    return bytes;
  }

  /** Deleting what is not there is no error. */
  async delete(name: string): Promise<void> {
    const info = await this.guard(this.store.info(name));
    if (info && !info.deleted) {
      await this.guard(this.store.delete(name));
    }
  }

  /** @returns names that begin with some text, those of deleted blobs included of which something is still said */
  namesOf(prefix: string): Promise<string[]> {
    return this.guard(objectNames(this.connection, BLOBS_BUCKET, prefix));
  }

  /** Deletes blobs, and what was said about them, also about those that are deleted already. */
  async erase(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.delete(name);
      await this.guard(eraseFacts(this.connection, BLOBS_BUCKET, name));
    }
  }

  private isWhole(info: ObjectInfo): Promise<boolean> {
    return this.guard(isWhole(this.connection, info));
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      if (cause instanceof FacetError) {
        throw cause;
      }
      throw unavailable(cause);
    }
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'The object store does not answer at the moment.', { retryable: true, cause });

const rawBlobOf = (info: ObjectInfo): RawBlob => ({
  name: info.name,
  bytes: info.size,
  sha256: Buffer.from(info.digest.replace('SHA-256=', ''), 'base64url').toString('hex'),
});

/** A web stream that reads one chunk at a time: Node's own converter would buffer ahead. */
function webStreamOf(stream: Readable, reclaim: BufferReclaim): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await chunks.next();
        if (chunk.done === true) {
          controller.close();
        } else {
          reclaim.passedOn(chunk.value.length);
          controller.enqueue(chunk.value);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
