import { randomBytes } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import { Injectable, Logger } from '@nestjs/common';
import { rawBlobName } from '@facet/contracts';
import { BlobStore, type RawBlob } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { FastifyRequest } from 'fastify';
import { MAX_FILES } from './upload-limits';

/** A file of a form, as it lies in the object store. */
export interface ReceivedFile {
  field: string;
  raw: RawBlob;
}

/** A form that arrived whole. Text fields may repeat. */
export interface ReceivedForm {
  /** names this one HTTP request, in the names of its blobs */
  upload: string;
  fields: Map<string, string[]>;
  files: ReceivedFile[];
}

const TOO_LARGE: Record<string, string> = {
  FST_REQ_FILE_TOO_LARGE: 'A file is larger than this deployment takes.',
  FST_FILES_LIMIT: `A request may hold ${MAX_FILES} pictures at most.`,
  FST_FIELDS_LIMIT: 'The form has too many fields.',
  FST_PARTS_LIMIT: 'The form has too many parts.',
};

/** Receives multipart forms: files go to the object store chunk by chunk, as they come. */
@Injectable()
export class FormReader {
  private readonly logger = new Logger(FormReader.name);

  constructor(private readonly blobs: BlobStore) {}

  /**
   * @param fileFields names of the fields that may hold files
   * @throws FacetError `invalid_request`, `upload_too_large`; nothing is left in the store then
   */
  async read(request: FastifyRequest, imageId: string, fileFields: readonly string[]): Promise<ReceivedForm> {
    if (!request.isMultipart()) {
      throw new FacetError('invalid_request', 'Send the form as multipart/form-data.');
    }
    const form: ReceivedForm = { upload: randomBytes(6).toString('hex'), fields: new Map(), files: [] };
    try {
      await this.receive(request, imageId, fileFields, form);
      return form;
    } catch (error) {
      // what is still to come is thrown away: left unread, it would block the connection's next request
      request.raw.unpipe();
      request.raw.resume();
      await this.discard(form);
      throw formError(error);
    }
  }

  /** Deletes what a form brought, when no job will use it. Blobs are gone within a day in any case. */
  async discard(form: ReceivedForm): Promise<void> {
    const deletions = await Promise.allSettled(form.files.map((file) => this.blobs.delete(file.raw.name)));
    const failed = deletions.filter((deletion) => deletion.status === 'rejected').length;
    if (failed > 0) {
      this.logger.warn({ msg: 'uploads not deleted', failed });
    }
  }

  private async receive(request: FastifyRequest, imageId: string, fileFields: readonly string[], form: ReceivedForm): Promise<void> {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        form.fields.set(part.fieldname, [...(form.fields.get(part.fieldname) ?? []), String(part.value)]);
      } else if (!fileFields.includes(part.fieldname)) {
        throw new FacetError('invalid_request', `${part.fieldname}: no file is expected in this field.`);
      } else {
        form.files.push({ field: part.fieldname, raw: await this.store(part, rawBlobName(imageId, form.upload, form.files.length)) });
      }
    }
  }

  private async store(part: MultipartFile, name: string): Promise<RawBlob> {
    const raw = await this.blobs.putStream(name, part.file);
    // the parser ends a stream at the limit as if the file ended there
    if (part.file.truncated || raw.bytes === 0) {
      await this.blobs.delete(name);
      throw part.file.truncated
        ? new FacetError('upload_too_large', `${part.fieldname}: the file is larger than this deployment takes.`)
        : new FacetError('invalid_request', `${part.fieldname}: the file is empty.`);
    }
    return raw;
  }
}

/** The parser's own errors; anything else it throws means that the form is malformed or was cut off. */
function formError(error: unknown): FacetError {
  if (error instanceof FacetError) {
    return error;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_PROTO_VIOLATION') {
    return new FacetError('invalid_request', 'The form has a field of a name that none may have, such as constructor.', { cause: error });
  }
  const tooLarge = TOO_LARGE[code];
  return tooLarge
    ? new FacetError('upload_too_large', tooLarge, { cause: error })
    : new FacetError('invalid_request', 'The form is malformed or was cut off.', { cause: error });
}
