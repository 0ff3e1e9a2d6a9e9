import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type SentPicture } from './gemini-call';
import { invalidArgument, invalidJson, type GoogleApiError } from './google-api-error';
import { readMessage, readString } from './protobuf-json';

/** https://ai.google.dev/gemini-api/docs/image-understanding, with the names that sharp has for them */
const FORMATS = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
  ['image/webp', 'webp'],
  ['image/heic', 'heif'],
  ['image/heif', 'heif'],
]);

/** protobuf takes both alphabets, with or without padding: https://protobuf.dev/programming-guides/json/ */
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Reads `inlineData`, a `Blob` (https://ai.google.dev/api/caching#Blob).
 *
 * @throws GoogleApiError 400 when the type is not one that the API takes, or the bytes are not such a picture
 */
export async function readPicture(value: unknown, path: string): Promise<SentPicture> {
  const blob = readMessage(value, path, ['mimeType', 'data']);
  const mime = readString(blob, 'mimeType', path) ?? '';
  const bytes = decodeBase64(readString(blob, 'data', path) ?? '', `${path}.data`);
  const format = FORMATS.get(mime);
  if (!format) {
    throw invalidArgument(`Unsupported MIME type: ${mime}`);
  }
  const { width, height } = format === 'heif' ? readHeif(bytes) : await readHeader(bytes, format);
  return { mime, bytes, width, height, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function decodeBase64(data: string, path: string): Buffer {
  if (!BASE64.test(data) || data.replace(/=+$/, '').length % 4 === 1) {
    throw invalidJson(`Invalid value at '${path}' (TYPE_BYTES), Base64 decoding failed for "${data.slice(0, 80)}"`, path);
  }
  return Buffer.from(data, 'base64');
}

async function readHeader(bytes: Buffer, format: string): Promise<{ width: number; height: number }> {
  const picture = await sharp(bytes)
    .metadata()
    .catch(() => undefined);
  if (picture?.format !== format) {
    throw notThatPicture();
  }
  return picture;
}

/** sharp is built without the patented codec, so only the brand of the file is looked at. */
function readHeif(bytes: Buffer): { width: number; height: number } {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') {
    throw notThatPicture();
  }
  return { width: 0, height: 0 };
}

const notThatPicture = (): GoogleApiError =>
  invalidArgument('Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting');
