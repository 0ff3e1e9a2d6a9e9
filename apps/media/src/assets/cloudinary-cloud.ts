import { FacetError } from '@facet/platform';

/** An account at Cloudinary, as `CLOUDINARY_URL` tells of it. */
export interface CloudinaryCloud {
  name: string;
  /** key and secret, as they must not appear in any text */
  secrets: string[];
  /** host of its own that delivers the pictures, without the cloud's name in the path */
  secureDistribution: string | null;
  /** where the API is, when it is not at the usual place */
  uploadPrefix: URL | null;
}

/** A free account takes 10 MB: https://cloudinary.com/documentation/upload_images#upload_limits */
export const CLOUDINARY_MAX_BYTES = 10 * 1024 * 1024;

/** Host from which everybody's pictures are delivered: https://cloudinary.com/documentation/advanced_url_delivery_options */
const SHARED_HOST = 'res.cloudinary.com';

/**
 * Reads `cloudinary://key:secret@cloud[/distribution][?upload_prefix=…]`, as the SDK does.
 *
 * @throws FacetError `storage_failed`, which names the variable and not its value
 */
export function cloudOf(url: string): CloudinaryCloud {
  // the error that URL throws carries the address, with the secret in it
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const prefix = parsed?.searchParams.get('upload_prefix') ?? null;
  if (parsed?.protocol !== 'cloudinary:' || !parsed.hostname || !parsed.password || (prefix !== null && !URL.canParse(prefix))) {
    throw new FacetError('storage_failed', 'CLOUDINARY_URL must look like cloudinary://key:secret@cloud.', {
      details: { variable: 'CLOUDINARY_URL' },
    });
  }
  return {
    name: parsed.hostname,
    secrets: [parsed.password, parsed.username],
    secureDistribution: parsed.pathname.slice(1) || parsed.searchParams.get('secure_distribution'),
    uploadPrefix: prefix === null ? null : new URL(prefix),
  };
}

/**
 * Whether an address is one of the cloud's pictures: at the shared host below the cloud's name, at the host of a private
 * distribution, or at the configured API address, which may be another program that speaks the protocol.
 */
export function isOfCloud(address: URL, { name, secureDistribution, uploadPrefix }: CloudinaryCloud): boolean {
  const belowName = address.pathname.startsWith(`/${name}/`);
  if (address.username || address.password) {
    return false;
  }
  if (uploadPrefix && address.origin === uploadPrefix.origin) {
    return belowName;
  }
  if (address.protocol !== 'https:') {
    return false;
  }
  return address.host === SHARED_HOST
    ? belowName
    : [`${name.toLowerCase()}-${SHARED_HOST}`, secureDistribution?.toLowerCase()].includes(address.host);
}
