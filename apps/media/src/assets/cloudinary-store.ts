import type { UploadApiErrorResponse, UploadApiResponse, v2 } from 'cloudinary';
import type { FacetError, ReadinessFacts } from '@facet/platform';
import { AssetStore, refusedAsset, type AssetName, type AssetToStore, type StoredAsset } from './asset-store';
import { CLOUDINARY_MAX_BYTES, cloudOf, isOfCloud, type CloudinaryCloud } from './cloudinary-cloud';
import { cloudinaryFailure, isRefusal } from './cloudinary-failure';
import { CloudinaryHealth } from './cloudinary-health';
import { fitBytes } from './fit-bytes';
import { PictureDownload } from './picture-download';
import { userFolder } from './user-folder';

interface Limits {
  /** longest silence in an upload, and longest time of a download, in ms; whoever asks for a download waits 40 s */
  timeoutMs: number;
  /** largest picture that the account takes; a larger one is stored as WebP that fits */
  maxBytes: number;
}

const LIMITS: Limits = { timeoutMs: 30_000, maxBytes: CLOUDINARY_MAX_BYTES };

/**
 * Keeps assets at Cloudinary, under `{folder}/{user}/{name}`. The public id is deterministic and overwritten, so that
 * a repeated upload is one asset (https://cloudinary.com/documentation/image_upload_api_reference).
 */
export class CloudinaryStore extends AssetStore {
  private readonly download: PictureDownload;
  private readonly health: CloudinaryHealth;

  private constructor(
    private readonly cloudinary: typeof v2,
    private readonly cloud: CloudinaryCloud,
    private readonly folder: string,
    private readonly limits: Limits,
  ) {
    super();
    this.download = new PictureDownload({ timeoutMs: limits.timeoutMs, trustedHost: cloud.uploadPrefix?.host ?? null });
    this.health = new CloudinaryHealth(cloud.name, () => this.guard(cloudinary.api.ping()));
  }

  /**
   * Asks Cloudinary for nothing yet: `check` does. The SDK reads its URL from the environment while it loads, which is
   * why it is loaded here and not at the top; a process can open one account only.
   *
   * @param url `cloudinary://key:secret@cloud`
   * @throws FacetError `storage_failed` when the URL cannot be read
   */
  static async open(url: string, folder: string, limits: Partial<Limits> = {}): Promise<CloudinaryStore> {
    const cloud = cloudOf(url);
    // eslint-disable-next-line no-restricted-properties -- the SDK takes `upload_prefix` from nowhere else
    process.env['CLOUDINARY_URL'] = url;
    const { v2: cloudinary } = await import('cloudinary');
    // its errors hold the request, key and secret included, unless it is told not to
    cloudinary.config({ hide_sensitive: true });
    return new CloudinaryStore(cloudinary, cloud, folder, { ...LIMITS, ...limits });
  }

  async store({ bytes, ...asset }: AssetToStore): Promise<StoredAsset> {
    const fitting = await fitBytes(bytes, this.limits.maxBytes);
    const { secure_url: url, public_id: path } = await this.guard(this.upload(asset, fitting));
    return { url, path };
  }

  async fetch({ url }: StoredAsset): Promise<Buffer | null> {
    const address = URL.canParse(url) ? new URL(url) : null;
    if (!address || !isOfCloud(address, this.cloud)) {
      throw refusedAsset('it is not of the configured cloud');
    }
    return this.download.get(address);
  }

  /** Copies at the delivery network are taken back as well: https://cloudinary.com/documentation/invalidate_cached_media_assets_on_the_cdn */
  async remove(asset: AssetName): Promise<void> {
    await this.take(this.publicIdOf(asset));
  }

  async destroy({ url, path }: StoredAsset): Promise<void> {
    if (!URL.canParse(url) || !isOfCloud(new URL(url), this.cloud)) {
      throw refusedAsset('it is not of the configured cloud');
    }
    await this.take(path);
  }

  override hasRefused(failure: unknown): boolean {
    return isRefusal(failure);
  }

  check(): Promise<ReadinessFacts> {
    return this.health.check();
  }

  private async take(publicId: string): Promise<void> {
    const options = { resource_type: 'image', invalidate: true, timeout: this.limits.timeoutMs } as const;
    // answers `not found` for what is not there
    await this.guard(this.cloudinary.uploader.destroy(publicId, options));
  }

  private upload(asset: AssetName, bytes: Buffer): Promise<UploadApiResponse> {
    const options = {
      public_id: this.publicIdOf(asset),
      // where accounts with dynamic folders show it; those with fixed ones go by the public id and take no notice
      // (https://cloudinary.com/documentation/folder_modes)
      asset_folder: this.folderOf(asset),
      resource_type: 'image',
      overwrite: true,
      timeout: this.limits.timeoutMs,
    } as const;
    return new Promise((resolve, reject) => {
      const done = (error?: UploadApiErrorResponse, result?: UploadApiResponse): void => {
        if (result?.secure_url) {
          resolve(result);
        } else {
          reject(error);
        }
      };
      this.cloudinary.uploader.upload_stream(options, done).on('error', reject).end(bytes);
    });
  }

  private publicIdOf(asset: AssetName): string {
    return `${this.folderOf(asset)}/${asset.name}`;
  }

  private folderOf({ userId }: AssetName): string {
    return `${this.folder}/${userFolder(userId)}`;
  }

  /** @throws FacetError and nothing else: what the SDK throws may hold secrets */
  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      throw this.failureOf(thrown);
    }
  }

  private failureOf(thrown: unknown): FacetError {
    return cloudinaryFailure(thrown, this.cloud.secrets, Date.now());
  }
}
