import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';

/** A picture as the double keeps it. */
export interface StoredPicture {
  bytes: Buffer;
  /** `jpg`, `png` or `webp` */
  format: string;
  /** px */
  width: number;
  /** px */
  height: number;
  version: number;
  assetFolder?: string;
}

/** The one who answers: where its pictures are delivered from, and how answers are signed. */
interface Origin {
  address: string;
  cloud: string;
  key: string;
}

/** Reads what the bytes are; `null` for what is no picture. */
export async function readPicture(bytes: Buffer): Promise<Pick<StoredPicture, 'format' | 'width' | 'height'> | null> {
  try {
    const { format, width, height } = await sharp(bytes).metadata();
    return { format: format === 'jpeg' ? 'jpg' : format, width, height };
  } catch {
    return null;
  }
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/**
 * The path under which a picture is delivered, of the form that the documentation gives:
 * https://cloudinary.com/documentation/advanced_url_delivery_options#asset_versions
 */
export const deliveryPath = (cloud: string, publicId: string, { version, format }: StoredPicture): string =>
  `/${cloud}/image/upload/v${version}/${publicId.split('/').map(encodeURIComponent).join('/')}.${format}`;

/** The answer to an upload: https://cloudinary.com/documentation/image_upload_api_reference#upload_response */
export function uploadAnswer(publicId: string, picture: StoredPicture, { address, cloud, key }: Origin): Record<string, unknown> {
  const url = address + deliveryPath(cloud, publicId, picture);
  return {
    asset_id: md5(Buffer.from(publicId)),
    public_id: publicId,
    version: picture.version,
    version_id: randomBytes(16).toString('hex'),
    width: picture.width,
    height: picture.height,
    format: picture.format,
    resource_type: 'image',
    created_at: new Date(picture.version * 1_000).toISOString(),
    tags: [],
    bytes: picture.bytes.length,
    type: 'upload',
    etag: md5(picture.bytes),
    placeholder: false,
    url,
    // the one liberty: the real one is https
    secure_url: url,
    asset_folder: picture.assetFolder ?? '',
    display_name: publicId.split('/').at(-1),
    original_filename: 'file',
    api_key: key,
  };
}
