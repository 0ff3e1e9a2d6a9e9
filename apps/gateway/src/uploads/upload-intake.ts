import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { inputBlobName, type BlobRef, type ImageInput } from '@facet/contracts';
import { BlobStore, QueryClient } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { FileField } from '../images/image-form';
import type { ReceivedForm } from './form-reader';

/**
 * Silence of media, in ms, after which it is asked again: a media process that died, or an answer that was lost with a
 * connection, is never heard of.
 */
const SILENCE_MS = 3_000;

/** Wait for media to make one upload safe, in ms, while it gives signs of life: it does a few at a time, and fifty may come at once. */
const ANSWER_MS = 60_000;

const ASKING = { silenceMs: SILENCE_MS, timeoutMs: ANSWER_MS };

/** Pause before media is asked again, in ms: one that is started again is back within a second or two. */
const PAUSE_MS = 500;

/** How often media is asked: 8 s when there is none at all, a minute when it falls silent every time. */
const ASKS = 16;

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
        const nameOf = (ask: number): string => inputBlobName(imageId, upload, n, ask);
        return { role, blob: await this.makeSafe(raw, nameOf) };
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

  /**
   * Asks media until it answers, each time for a blob of another name: one that is written twice would break off whoever
   * reads it. An ask whose answer was lost may have done its work, and deleted the raw upload.
   */
  private async makeSafe(raw: string, nameOf: (ask: number) => string): Promise<BlobRef> {
    for (let ask = 1; ; ask += 1) {
      try {
        const { blob } = await this.queries.ask('media.ingest', { raw, safe: nameOf(ask) }, ASKING);
        return blob;
      } catch (error) {
        if (!(error instanceof FacetError && error.retryable)) {
          throw error;
        }
        const made = await this.madeBefore(ask, nameOf);
        if (made) {
          return made;
        }
        if (ask === ASKS) {
          throw error;
        }
        await delay(PAUSE_MS);
      }
    }
  }

  private async madeBefore(asks: number, nameOf: (ask: number) => string): Promise<BlobRef | null> {
    for (let ask = 1; ask <= asks; ask += 1) {
      const blob = await this.blobs.findPicture(nameOf(ask));
      if (blob) {
        return blob;
      }
    }
    return null;
  }

  /** Deletes inputs that no job will use. */
  async discard(inputs: readonly ImageInput[]): Promise<void> {
    await Promise.allSettled(inputs.map(({ blob }) => this.blobs.delete(blob.name)));
  }
}
