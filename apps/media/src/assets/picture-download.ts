import { isIP } from 'node:net';
import { FacetError } from '@facet/platform';
import { Agent, request, type Dispatcher } from 'undici';
import { refusedAsset } from './asset-store';
import { isPublicAddress, PrivateAddressError, publicLookup } from './public-address';

/** Largest body that is read, in bytes: Cloudinary's own limit for an image of a free account, doubled. */
const MAX_BYTES = 20 * 1024 * 1024;

interface DownloadOptions {
  /** ms for the whole of it, from the name's resolution to the last byte */
  timeoutMs: number;
  /** the one host that may be at a private address, as it was configured by hand */
  trustedHost: string | null;
}

/**
 * Downloads pictures from addresses that others wrote: follows no redirect, connects to public addresses only, and reads
 * no more than a picture may have. The caller has decided that the address is one to be read at all.
 */
export class PictureDownload {
  // the limit is of what is read, whatever content-length says
  private readonly toPublic = new Agent({ maxResponseSize: MAX_BYTES, connect: { lookup: publicLookup } });
  private readonly toTrusted = new Agent({ maxResponseSize: MAX_BYTES });

  constructor(private readonly options: DownloadOptions) {}

  /**
   * @returns `null` when there is no such picture
   * @throws FacetError `storage_failed`: retryable when the other side may answer later, with its own delay if it gave
   *   one; not retryable, with `details.reason`, for what is refused
   */
  async get(address: URL): Promise<Buffer | null> {
    try {
      const { statusCode, headers, body } = await request(address, {
        dispatcher: this.dispatcherFor(address),
        signal: AbortSignal.timeout(this.options.timeoutMs),
        headers: { accept: 'image/*' },
      });
      const verdict = verdictOn(statusCode, headers);
      if (verdict === 'read') {
        return Buffer.from(await body.arrayBuffer());
      }
      // nobody reads it: the connection is given up
      body.on('error', () => undefined).destroy();
      if (verdict === 'absent') {
        return null;
      }
      throw verdict;
    } catch (cause) {
      throw failureOf(cause);
    }
  }

  private dispatcherFor({ host, hostname }: URL): Dispatcher {
    if (host === this.options.trustedHost) {
      return this.toTrusted;
    }
    const number = hostname.replace(/^\[|\]$/g, '');
    if (isIP(number) && !isPublicAddress(number)) {
      throw new PrivateAddressError('a private address');
    }
    return this.toPublic;
  }
}

type Headers = Dispatcher.ResponseData['headers'];

function verdictOn(status: number, headers: Headers): 'read' | 'absent' | FacetError {
  const type = String(headers['content-type'] ?? 'no type');
  if (status === 404 || status === 410) {
    return 'absent';
  }
  if (status === 408 || status === 420 || status === 429 || status >= 500) {
    return unavailable(`status ${status}`, Number(headers['retry-after']));
  }
  if (status !== 200) {
    return refusedAsset(status >= 300 && status < 400 ? 'a redirect' : `status ${status}`);
  }
  if (!type.startsWith('image/')) {
    return refusedAsset(`not an image: ${type.slice(0, 100)}`);
  }
  return Number(headers['content-length'] ?? 0) > MAX_BYTES ? refusedAsset('too large') : 'read';
}

function failureOf(cause: unknown): FacetError {
  if (cause instanceof FacetError) {
    return cause;
  }
  if (cause instanceof PrivateAddressError) {
    return refusedAsset('a private address', cause);
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? refusedAsset('too large', cause) : unavailable('no whole answer', NaN, cause);
}

const unavailable = (reason: string, retryAfterSeconds: number, cause?: unknown): FacetError =>
  new FacetError('storage_failed', 'The stored picture cannot be read at the moment.', {
    retryable: true,
    details: { reason, ...(retryAfterSeconds > 0 && { retry_after_ms: retryAfterSeconds * 1_000 }) },
    cause,
  });
