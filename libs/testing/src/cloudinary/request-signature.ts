import { createHash } from 'node:crypto';

/** A signed request is valid for an hour. https://cloudinary.com/documentation/authentication_signatures */
const VALID_FOR_SECONDS = 3_600;

/** Parameters that are not signed. https://cloudinary.com/documentation/authentication_signatures#manual_signature_generation */
const UNSIGNED = new Set(['file', 'cloud_name', 'resource_type', 'api_key', 'signature']);

/** Why a signed request is not accepted. */
export interface SignatureFault {
  status: 400 | 401;
  message: string;
}

/**
 * Verifies a signed request as Cloudinary does: the sorted parameters and the secret, hashed by SHA-1 or SHA-256.
 *
 * @returns `null` when it is good. The texts are Cloudinary's.
 */
export function signatureFault(fields: Record<string, string>, secret: string): SignatureFault | null {
  const { signature = '', timestamp = '' } = fields;
  if (timestamp === '') {
    return { status: 400, message: 'Missing required parameter - timestamp' };
  }
  // newer SDKs escape & in values, so that no value can pass for two parameters
  const texts = [stringToSign(fields, (value) => value), stringToSign(fields, (value) => value.replace(/&/g, '%26'))];
  const algorithm = signature.length === 64 ? 'sha256' : 'sha1';
  if (!texts.some((text) => digest(algorithm, text + secret) === signature)) {
    return { status: 401, message: `Invalid Signature ${signature}. String to sign - '${texts[1] ?? ''}'.` };
  }
  const ageSeconds = Date.now() / 1_000 - Number(timestamp);
  if (!(ageSeconds < VALID_FOR_SECONDS)) {
    const reported = new Date(Number(timestamp) * 1_000).toISOString();
    return { status: 400, message: `Stale request - reported time is ${reported} which is more than 1 hour ago` };
  }
  return null;
}

/** Signature of an answer: https://cloudinary.com/documentation/response_signatures */
export const answerSignature = (publicId: string, version: number, secret: string): string =>
  digest('sha1', `public_id=${publicId}&version=${version}${secret}`);

const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

const stringToSign = (fields: Record<string, string>, escape: (value: string) => string): string =>
  Object.entries(fields)
    .filter(([name, value]) => !UNSIGNED.has(name) && value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${escape(value)}`)
    .join('&');
