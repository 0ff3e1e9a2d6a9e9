import { Injectable } from '@nestjs/common';
import { inputBlobName, type ImageInput } from '@facet/contracts';
import { BlobStore, QueryClient } from '@facet/messaging';
import type { FileField } from '../images/image-form';
import type { ReceivedForm } from './form-reader';

/** Longest wait for media to make one upload safe, in ms: it does a few at a time, and fifty may come at once. */
const INGEST_TIMEOUT_MS = 120_000;

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
  async ingest(imageId: string, { upload, files }: ReceivedForm, fields: readonly FileField[]): Promise<ImageInput[]> {
    const inOrder = fields.flatMap(({ field, role }) =>
      files.filter((file) => file.field === field).map(({ raw }) => ({ role, raw: raw.name })),
    );
    const outcomes = await Promise.allSettled(
      inOrder.map(async ({ role, raw }, n): Promise<ImageInput> => {
        const request = { raw, safe: inputBlobName(imageId, upload, n) };
        const { blob } = await this.queries.ask('media.ingest', request, { timeoutMs: INGEST_TIMEOUT_MS });
        return { role, blob };
      }),
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
