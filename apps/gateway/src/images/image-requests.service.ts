import { Injectable } from '@nestjs/common';
import type { ImageRequested } from '@facet/contracts';
import { QueryClient } from '@facet/messaging';
import { extendLogContext, FacetError } from '@facet/platform';
import type { FastifyRequest } from 'fastify';
import { JobSubmission } from '../jobs/job-submission';
import { JobsService } from '../jobs/jobs.service';
import { assertNotDeleted } from '../keeping/deletion';
import { FormReader, type ReceivedForm } from '../uploads/form-reader';
import { UploadIntake } from '../uploads/upload-intake';
import { isQuotaError } from '../quotas/usage';
import { combinePrompts, fitsInMessages } from './combine-prompts';
import { fingerprintOf } from './fingerprint';
import { idempotencyKeyOf } from './idempotency-key';
import type { ImageForm } from './image-form';
import { imageIdOfKey, newImageId } from './image-ids';
import { fieldsOf, parseForm } from './parse-form';

/** Who asks, and under which idempotency key. */
interface Asking {
  userId: string;
  request: FastifyRequest;
}

/** Turns requests of clients into jobs. */
@Injectable()
export class ImageRequestsService {
  constructor(
    private readonly forms: FormReader,
    private readonly intake: UploadIntake,
    private readonly queries: QueryClient,
    private readonly submission: JobSubmission,
    private readonly jobs: JobsService,
  ) {}

  /**
   * A first picture from uploads.
   *
   * @returns the id of the job, which may be an earlier one with the same idempotency key
   */
  async generate(asking: Asking, form: ImageForm): Promise<string> {
    const { imageId, keyed } = identify(asking);
    await this.submission.assertRoom(asking.userId, imageId);
    const fileFields = form.files.map(({ field }) => field);
    const received = await this.forms.read(asking.request, imageId, fileFields);
    try {
      await this.submitForm(asking, form, received, imageId, keyed);
    } finally {
      // media has made them safe, or nobody will use them
      await this.forms.discard(received);
    }
    return imageId;
  }

  /**
   * A change of a finished picture.
   *
   * @throws FacetError `image_not_found`, `not_owner`, `image_deleted`, `image_gone`, `in_progress` when the picture is not finished yet
   */
  async regenerate(asking: Asking, { image_id: parentId, prompt }: { image_id: string; prompt: string }): Promise<string> {
    const { imageId, keyed } = identify(asking);
    const parent = await this.parentOf(parentId, asking.userId);
    const whole = combinePrompts(parent.prompt, prompt);
    if (!fitsInMessages(whole)) {
      throw new FacetError('invalid_request', 'prompt: the prompts of this chain have become too long; start again from a new picture.');
    }
    const fingerprint = fingerprintOf({ kind: 'regenerate', fields: { image_id: parentId, prompt }, files: [] });
    if (await this.submission.isUnderWay(imageId, asking.userId, { fingerprint, keyed })) {
      return imageId;
    }
    assertNotDeleted(parent);
    const { root_image_id, depth, generated_image_url, generated_image_path, assets } = parent;
    await this.submission.submit(
      this.event(asking, imageId, {
        type: parent.type,
        prompt: whole,
        original_prompt: parent.original_prompt,
        instruction: prompt,
        parent: { image_id: parent.id, root_image_id, depth, generated_image_url, generated_image_path, assets },
        inputs: [],
        options: parent.options,
      }),
      { fingerprint, keyed },
    );
    return imageId;
  }

  private async submitForm(asking: Asking, form: ImageForm, received: ReceivedForm, imageId: string, keyed: boolean): Promise<void> {
    const { prompt, instruction, options } = parseForm(received, form);
    const files = received.files.map(({ field, raw }) => ({ field, sha256: raw.sha256 }));
    const fingerprint = fingerprintOf({ kind: form.type, fields: fieldsOf(received, form), files });
    if (await this.submission.isUnderWay(imageId, asking.userId, { fingerprint, keyed })) {
      return;
    }
    const inputs = await this.intake.ingest(imageId, received, form.files);
    const event = this.event(asking, imageId, {
      type: form.type,
      prompt,
      original_prompt: prompt,
      instruction,
      parent: null,
      inputs,
      options,
    });
    try {
      await this.submission.submit(event, { fingerprint, keyed });
    } catch (error) {
      if (error instanceof FacetError && isQuotaError(error)) {
        await this.intake.discard(inputs);
      }
      throw error;
    }
  }

  private async parentOf(parentId: string, userId: string) {
    try {
      return await this.queries.askPatiently('catalog.image.get', { image_id: parentId, user_id: userId });
    } catch (error) {
      if (error instanceof FacetError && error.code === 'image_not_found' && (await this.jobs.isUnfinished(parentId, userId))) {
        throw new FacetError('in_progress', 'This picture is still being made.', { retryable: true });
      }
      throw error;
    }
  }

  private event(
    { userId, request }: Asking,
    imageId: string,
    facts: Omit<ImageRequested, 'image_id' | 'user_id' | 'request_id' | 'requested_at' | 'reopened'>,
  ): ImageRequested {
    return { image_id: imageId, user_id: userId, request_id: request.id, requested_at: new Date().toISOString(), reopened: 0, ...facts };
  }
}

function identify({ userId, request }: Asking): { imageId: string; keyed: boolean } {
  const key = idempotencyKeyOf(request);
  const imageId = key === null ? newImageId() : imageIdOfKey(userId, key);
  extendLogContext({ image_id: imageId });
  return { imageId, keyed: key !== null };
}
