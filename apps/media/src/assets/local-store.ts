import { MEDIA_BUCKET, type ImageMime } from '@facet/contracts';
import { ensureObjectStore, eraseFacts, readObject } from '@facet/messaging';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import type { ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { AssetStore, refusedAsset, type AssetName, type AssetToStore, type StoredAsset } from './asset-store';
import { userFolder } from './user-folder';

const EXTENSIONS: Record<ImageMime, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Chunk in bytes; below the server's default max_payload of 1 MiB. */
const CHUNK = 960 * 1024;

/** Under which the gateway serves what is kept here. */
const SERVED_UNDER = '/media/';

/** Keeps assets in the NATS object store `media`; the gateway serves them under `/media/`. */
export class LocalStore extends AssetStore {
  private constructor(
    private readonly objects: ObjectStore,
    private readonly connection: NatsConnection,
  ) {
    super();
  }

  static async open(connection: NatsConnection): Promise<LocalStore> {
    return new LocalStore(await ensureObjectStore(connection, MEDIA_BUCKET), connection);
  }

  /** Whether an address is served by this deployment itself. */
  static serves(url: string): boolean {
    return url.startsWith(SERVED_UNDER);
  }

  async store({ bytes, ...asset }: AssetToStore): Promise<StoredAsset> {
    const path = pathOf(asset);
    const entry = { name: path, metadata: { mime: asset.mime }, options: { max_chunk_size: CHUNK } };
    await this.guard(this.objects.putBlob(entry, bytes));
    return { url: SERVED_UNDER + path, path };
  }

  async fetch({ url, path }: StoredAsset): Promise<Buffer | null> {
    if (url !== SERVED_UNDER + path) {
      throw refusedAsset('it is not of this deployment');
    }
    const info = await this.guard(this.objects.info(path));
    return info && !info.deleted ? this.guard(readObject(this.connection, info)) : null;
  }

  remove(asset: AssetName): Promise<void> {
    return this.take(pathOf(asset));
  }

  async destroy({ url, path }: StoredAsset): Promise<void> {
    if (url !== SERVED_UNDER + path) {
      throw refusedAsset('it is not of this deployment');
    }
    await this.take(path);
    await this.guard(eraseFacts(this.connection, MEDIA_BUCKET, path));
  }

  private async take(path: string): Promise<void> {
    const info = await this.guard(this.objects.info(path));
    if (info && !info.deleted) {
      await this.guard(this.objects.delete(path));
    }
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

const pathOf = ({ userId, name, mime }: AssetName): string => `${userFolder(userId)}/${name}.${EXTENSIONS[mime]}`;
