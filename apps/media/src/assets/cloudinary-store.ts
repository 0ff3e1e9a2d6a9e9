import type { v2 } from 'cloudinary';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { AssetStore, type AssetToStore, type StoredAsset } from './asset-store';
import { userFolder } from './user-folder';

/** Longest wait for one upload or download, in ms. */
const TIMEOUT_MS = 30_000;

/** Largest body that is read back from Cloudinary, in bytes: its own limit for an image of a free account, doubled. */
const MAX_DOWNLOAD = 20 * 1024 * 1024;

/**
 * Keeps assets at Cloudinary, under `{folder}/{user}/{name}`. The public id is deterministic and overwritten, so that
 * a repeated upload is one asset (https://cloudinary.com/documentation/image_upload_api_reference).
 */
export class CloudinaryStore extends AssetStore {
  private constructor(
    private readonly cloudinary: typeof v2,
    private readonly folder: string,
  ) {
    super();
  }

  /** The SDK reads its URL from the environment while it loads, which is why it is loaded here and not at the top. */
  static async open(url: string, folder: string): Promise<CloudinaryStore> {
    // eslint-disable-next-line no-restricted-properties -- the SDK takes `upload_prefix` from nowhere else
    process.env['CLOUDINARY_URL'] = url;
    const { v2: cloudinary } = await import('cloudinary');
    return new CloudinaryStore(cloudinary, folder);
  }

  async store({ userId, name, bytes }: AssetToStore): Promise<StoredAsset> {
    const options = {
      public_id: `${this.folder}/${userFolder(userId)}/${name}`,
      resource_type: 'image' as const,
      overwrite: true,
      timeout: TIMEOUT_MS,
    };
    return new Promise((resolve, reject) => {
      const upload = this.cloudinary.uploader.upload_stream(options, (error, result) => {
        if (result?.secure_url) {
          resolve({ url: result.secure_url, path: result.public_id });
        } else {
          reject(storageFailed(error));
        }
      });
      upload.on('error', (error: unknown) => {
        reject(storageFailed(error));
      });
      upload.end(bytes);
    });
  }

  /** Only addresses of the configured cloud are read: the delivery host and our cloud's name. */
  async fetch({ url }: StoredAsset): Promise<Buffer | null> {
    this.assertOwn(url);
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status === 404) {
        return null;
      }
      const length = Number(response.headers.get('content-length') ?? 0);
      if (!response.ok || length > MAX_DOWNLOAD || !response.headers.get('content-type')?.startsWith('image/')) {
        throw new Error(`status ${response.status}, ${length} bytes, ${response.headers.get('content-type') ?? 'no type'}`);
      }
      return Buffer.from(await response.arrayBuffer());
    } catch (cause) {
      throw storageFailed(cause);
    }
  }

  async check(): Promise<ReadinessFacts> {
    await this.cloudinary.api.ping();
    return { kept_at: 'cloudinary' };
  }

  private assertOwn(url: string): void {
    const { cloud_name: cloud, upload_prefix: prefix } = this.cloudinary.config() as { cloud_name: string; upload_prefix?: string };
    // a picture from before this deployment moved to Cloudinary has a root-relative URL
    const address = URL.canParse(url) ? new URL(url) : null;
    const hosts = ['res.cloudinary.com', ...(prefix ? [new URL(prefix).host] : [])];
    if (!address || !hosts.includes(address.host) || !address.pathname.startsWith(`/${cloud}/`)) {
      throw new FacetError('storage_failed', 'The picture is not kept in the configured Cloudinary cloud.');
    }
  }
}

/** Cloudinary's errors carry `http_code`; a bad signature or key (401, 403) and a bad request (400) do not pass by waiting. */
function storageFailed(cause: unknown): FacetError {
  const status = typeof cause === 'object' && cause !== null && 'http_code' in cause ? Number(cause.http_code) : 0;
  return new FacetError('storage_failed', 'The picture could not be stored at Cloudinary.', {
    retryable: ![400, 401, 403].includes(status),
    cause,
  });
}
