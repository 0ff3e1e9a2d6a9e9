import { Inject, Injectable } from '@nestjs/common';
import { ImageMime, MEDIA_BUCKET } from '@facet/contracts';
import { NATS_CONNECTION } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { Objm, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';

/** A stored picture, ready to be sent. */
interface ServedPicture {
  mime: ImageMime;
  bytes: number;
  /** quoted, as HTTP wants it */
  etag: string;
  open: () => Promise<ReadableStream<Uint8Array>>;
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
      return { mime: mime.data, bytes: info.size, etag: `"${info.digest.replace('SHA-256=', '')}"`, open: () => contentOf(store, name) };
    } catch (cause) {
      throw new FacetError('unavailable', 'Pictures cannot be read at the moment.', { retryable: true, cause });
    }
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

async function contentOf(store: ObjectStore, name: string): Promise<ReadableStream<Uint8Array>> {
  const content = await store.get(name);
  if (!content) {
    throw new FacetError('not_found', 'There is no such picture.');
  }
  return content.data;
}
