import { Injectable } from '@nestjs/common';
import type { ImageInput, IngestRequest } from '@facet/contracts';
import { BlobStore, QueryClient } from '@facet/messaging';
import type { FileField } from '../images/image-form';
import type { ReceivedFile } from './form-reader';

/** Longest wait for media to make one upload safe, in ms: it does a few at a time, and fifty may come at once. */
const INGEST_TIMEOUT_MS = 60_000;

/** Has received files made safe by media. */
@Injectable()
export class UploadIntake {
  constructor(
    private readonly queries: QueryClient,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * @returns one input per file, in the order of the form's file fields
   * @throws FacetError `unsupported_image`, `upload_too_large`; nothing is left in the store then
   */
  async ingest(imageId: string, files: readonly ReceivedFile[], fields: readonly FileField[]): Promise<ImageInput[]> {
    const outcomes = await Promise.allSettled(
      requestsOf(imageId, files, fields).map((request) => this.queries.ask('media.ingest', request, { timeoutMs: INGEST_TIMEOUT_MS })),
    );
    const inputs = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      await this.discard(inputs);
      throw failed.reason;
    }
    return inputs;
  }

  /** Deletes inputs that no job will use. */
  async discard(inputs: readonly ImageInput[]): Promise<void> {
    await Promise.allSettled(inputs.map(({ blob }) => this.blobs.delete(blob.name)));
  }
}

const requestsOf = (imageId: string, files: readonly ReceivedFile[], fields: readonly FileField[]): IngestRequest[] =>
  fields.flatMap(({ field, role }) =>
    files.filter((file) => file.field === field).map(({ raw }, n) => ({ image_id: imageId, role, n, raw: raw.name })),
  );
