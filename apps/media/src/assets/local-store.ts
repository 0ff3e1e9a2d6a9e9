import { MEDIA_BUCKET, type ImageMime } from '@facet/contracts';
import { readObject } from '@facet/messaging';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { StorageType } from '@nats-io/jetstream';
import { Objm, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { AssetStore, type AssetToStore, type StoredAsset } from './asset-store';
import { userFolder } from './user-folder';

const EXTENSIONS: Record<ImageMime, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Chunk in bytes; below the server's default max_payload of 1 MiB. */
const CHUNK = 960 * 1024;

/** Keeps assets in the NATS object store `media`; the gateway serves them under `/media/`. */
export class LocalStore extends AssetStore {
  private constructor(private readonly objects: ObjectStore) {
    super();
  }

  static async open(connection: NatsConnection): Promise<LocalStore> {
    return new LocalStore(await new Objm(connection).create(MEDIA_BUCKET, { storage: StorageType.File }));
  }

  async store({ userId, name, mime, bytes }: AssetToStore): Promise<StoredAsset> {
    const path = `${userFolder(userId)}/${name}.${EXTENSIONS[mime]}`;
    await this.guard(this.objects.putBlob({ name: path, metadata: { mime }, options: { max_chunk_size: CHUNK } }, bytes));
    return { url: `/media/${path}`, path };
  }

  async fetch({ path }: StoredAsset): Promise<Buffer | null> {
    const found = await this.guard(this.objects.get(path));
    return found && this.guard(readObject(found));
  }

  async check(): Promise<ReadinessFacts> {
    await this.objects.status();
    return { kept_at: 'nats' };
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new FacetError('storage_failed', 'The picture could not be stored or read.', { retryable: true, cause });
    }
  }
}
