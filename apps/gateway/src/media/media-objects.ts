import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { ImageMime, MEDIA_BUCKET } from '@facet/contracts';
import { NATS_CONNECTION, objectPieces } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';

/** A stored picture, ready to be sent. */
interface ServedPicture {
  mime: ImageMime;
  bytes: number;
  /** quoted, as HTTP wants it */
  etag: string;
  /** @throws FacetError `unavailable`, as long as nothing of it was read */
  open: () => Promise<Readable>;
}

/** Reads the object store of finished pictures, which media fills. */
@Injectable()
export class MediaObjects {
  private opened: Promise<ObjectStore> | null = null;

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /** The picture of that name, or `null`. */
  async find(name: string): Promise<ServedPicture | null> {
    try {
      const store = await this.store();
      const info = await store.info(name);
      const mime = ImageMime.safeParse(info?.metadata?.['mime']);
      if (!info || info.deleted || !mime.success) {
        return null;
      }
      return { mime: mime.data, bytes: info.size, etag: `"${info.digest.replace('SHA-256=', '')}"`, open: () => this.contentOf(info) };
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** One piece is in memory at a time, and another on its way. */
  private async contentOf(info: ObjectInfo): Promise<Readable> {
    const pieces = objectPieces(this.connection, info);
    const first = await pieces.next().catch((cause: unknown) => {
      throw unavailable(cause);
    });
    const all = async function* (): AsyncGenerator<Uint8Array> {
      if (first.done !== true) {
        yield first.value;
        yield* pieces;
      }
    };
    return Readable.from(all(), { objectMode: false });
  }

  /** The bucket is made by media; while media has not started yet there is none, and nothing is found. */
  private store(): Promise<ObjectStore> {
    this.opened ??= new Objm(this.connection).open(MEDIA_BUCKET).catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'Pictures cannot be read at the moment.', { retryable: true, cause });
