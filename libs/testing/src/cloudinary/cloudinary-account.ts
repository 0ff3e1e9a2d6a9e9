import { failure, json, type Answer } from './answer';
import type { MultipartForm } from './multipart-form';
import { answerSignature, signatureFault } from './request-signature';
import { deliveryPath, readPicture, uploadAnswer, type StoredPicture } from './stored-pictures';

/** Of a free account: https://cloudinary.com/documentation/upload_images#upload_limits */
const MAX_BYTES = 10 * 1024 * 1024;

/** What Cloudinary knows an account by. */
export interface Credentials {
  cloud: string;
  key: string;
  secret: string;
}

const FIRST_VERSION = 1_790_000_000;

/** https://cloudinary.com/documentation/upload_images#public_id: characters that none may have, and what it may not begin or end with */
const INVALID_PUBLIC_ID = /[?&#\\%<>+]|^[/ ]|[/ ]$/;

const withoutVersion = (path: string): string => path.replace(/\/v\d+\//, '/');

/** One account with its pictures. Texts and statuses of refusals are Cloudinary's. */
export class CloudinaryAccount {
  readonly pictures = new Map<string, StoredPicture>();
  private version = FIRST_VERSION;

  /** @param address where its pictures are delivered, without a slash at the end */
  constructor(
    private readonly credentials: Credentials,
    private readonly address: string,
  ) {}

  /** The Admin API takes basic authentication: https://cloudinary.com/documentation/admin_api#ping */
  ping(cloud: string, authorization: string): Answer {
    const { key, secret } = this.credentials;
    if (cloud !== this.credentials.cloud) {
      return failure(401, `Invalid cloud_name ${cloud}`);
    }
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    return authorization === expected ? json(200, { status: 'ok' }) : failure(401, 'Invalid credentials');
  }

  /** https://cloudinary.com/documentation/image_upload_api_reference#upload */
  async upload(cloud: string, { fields, file }: MultipartForm): Promise<Answer> {
    const { public_id: publicId = `random${this.version}`, overwrite, asset_folder: assetFolder } = fields;
    const refusal = this.refusalOf(cloud, fields);
    if (refusal) {
      return refusal;
    }
    if (INVALID_PUBLIC_ID.test(publicId) || publicId.length > 255) {
      return failure(400, `public_id (${publicId}) is invalid`);
    }
    if (!file) {
      return failure(400, 'Missing required parameter - file');
    }
    const facts = await readPicture(file);
    if (!facts) {
      return failure(400, 'Invalid image file');
    }
    if (file.length > MAX_BYTES) {
      return failure(400, `File size too large. Got ${file.length}. Maximum is ${MAX_BYTES}. Upgrade your plan to enjoy higher limits`);
    }
    const existing = this.pictures.get(publicId);
    const origin = { address: this.address, ...this.credentials };
    if (existing && (overwrite === '0' || overwrite === 'false')) {
      return json(200, { ...uploadAnswer(publicId, existing, origin), existing: true });
    }
    const picture: StoredPicture = { bytes: file, ...facts, version: this.version++, ...(assetFolder !== undefined && { assetFolder }) };
    this.pictures.set(publicId, picture);
    const signature = answerSignature(publicId, picture.version, this.credentials.secret);
    return json(200, { ...uploadAnswer(publicId, picture, origin), signature, ...(existing && { overwritten: true }) });
  }

  /** https://cloudinary.com/documentation/image_upload_api_reference#destroy */
  destroy(cloud: string, { fields }: MultipartForm): Answer {
    const removed = (): Answer => json(200, { result: this.pictures.delete(fields['public_id'] ?? '') ? 'ok' : 'not found' });
    return this.refusalOf(cloud, fields) ?? removed();
  }

  /** The version in an address only keeps caches apart: whatever it is, the newest picture is delivered. */
  deliver(publicId: string, pathname: string): Answer {
    const picture = this.pictures.get(publicId);
    if (!picture || withoutVersion(pathname) !== withoutVersion(deliveryPath(this.credentials.cloud, publicId, picture))) {
      return failure(404, `Resource not found - ${publicId}`);
    }
    const type = picture.format === 'jpg' ? 'image/jpeg' : `image/${picture.format}`;
    return { status: 200, headers: { 'content-type': type, 'content-length': String(picture.bytes.length) }, body: picture.bytes };
  }

  private refusalOf(cloud: string, fields: Record<string, string>): Answer | null {
    if (cloud !== this.credentials.cloud) {
      return failure(401, `Invalid cloud_name ${cloud}`);
    }
    if (fields['api_key'] !== this.credentials.key) {
      return failure(401, `Unknown API key ${fields['api_key'] ?? ''}`);
    }
    const fault = signatureFault(fields, this.credentials.secret);
    return fault && failure(fault.status, fault.message);
  }
}
