import { Injectable, Logger } from '@nestjs/common';
import { GenerationFacts, resultBlobName, type BlobRef, type ImageRequested } from '@facet/contracts';
import { BlobStore, EventPublisher, JobStore, QueryClient, WorkInHand, type EventContext } from '@facet/messaging';
import { ConstantBackoff, handleAll, retry } from 'cockatiel';
import { ImageModel, type Picture } from '../model/image-model';
import { compilePrompt } from '../prompts/compile-prompt';
import { pictureLabels } from '../prompts/picture-labels';

/** Longest wait for the parent's picture, in ms: media may have to download it. */
const FETCH_TIMEOUT_MS = 40_000;

/** A picture that is made is paid: while its store is away it is held, for as long as the handler has time. */
const untilStored = retry(handleAll, { maxAttempts: Infinity, backoff: new ConstantBackoff(1_000) });

type Delivery = Pick<EventContext, 'sequence' | 'attempt' | 'signal'>;

interface MadePicture {
  blob: BlobRef;
  facts: GenerationFacts;
}

/** Makes the picture of a job. */
@Injectable()
export class GenerationService {
  private readonly logger = new Logger(GenerationService.name);
  private readonly making = new Map<string, Promise<MadePicture>>();

  constructor(
    private readonly model: ImageModel,
    private readonly blobs: BlobStore,
    private readonly jobs: JobStore,
    private readonly workInHand: WorkInHand,
    private readonly queries: QueryClient,
    private readonly events: EventPublisher,
  ) {}

  async generate(event: ImageRequested, delivery: Delivery): Promise<void> {
    const begun = await this.jobs.begin(event.image_id, { ...delivery, reopened: event.reopened });
    if (begun === 'ended' || begun === 'copy') {
      this.logger.log({ msg: begun === 'ended' ? 'job has ended already, nothing to make' : 'a copy of an event, nothing to make' });
      return;
    }
    const { blob, facts } = await this.made(event, delivery, begun);
    await this.events.publish('image.generated', { ...event, result: blob, generation: facts });
  }

  /**
   * The picture of a job. While NATS stands still, nobody can say that a handler still works, and the event comes again
   * when it goes on: that delivery shares the picture in the making.
   */
  private made(event: ImageRequested, delivery: Delivery, begun: 'begun' | 'again'): Promise<MadePicture> {
    const running = this.making.get(event.image_id);
    if (running) {
      this.logger.log({ msg: 'picture is in the making by an earlier delivery' });
      return running;
    }
    const making = this.madeOrMake(event, delivery, begun).finally(() => this.making.delete(event.image_id));
    this.making.set(event.image_id, making);
    return making;
  }

  private async madeOrMake(event: ImageRequested, delivery: Delivery, begun: 'begun' | 'again'): Promise<MadePicture> {
    if (begun === 'again') {
      // the other process may live, and only NATS not know of it
      await this.workInHand.released(event.image_id, delivery.signal);
    }
    const release = this.workInHand.take(event.image_id);
    try {
      const earlier = await this.madeBefore(event.image_id);
      if (earlier) {
        this.logger.log({ msg: 'picture was made by an earlier delivery' });
        return earlier;
      }
      return await this.make(event, delivery);
    } finally {
      release();
    }
  }

  /** Another delivery may have got as far as the picture. Making it again would be paid for again. */
  private async madeBefore(imageId: string): Promise<MadePicture | null> {
    const found = await this.blobs.findPictureWithAttachment(resultBlobName(imageId));
    const facts = GenerationFacts.safeParse(found?.attachment);
    if (!found || !facts.success) {
      return null;
    }
    return { blob: found.blob, facts: facts.data };
  }

  private async make(event: ImageRequested, { attempt, signal }: Delivery): Promise<MadePicture> {
    const compiledPrompt = compilePrompt(event);
    const pictures = await this.picturesOf(event);
    const started = performance.now();
    const { bytes, mime, width, height, ...made } = await this.model.generate(
      {
        imageId: event.image_id,
        type: event.type,
        instruction: event.instruction,
        compiledPrompt,
        pictures,
        options: event.options,
        attempt,
      },
      signal,
    );
    const earlier = await untilStored.execute(() => this.madeBefore(event.image_id), signal);
    if (earlier) {
      // this process stood still for longer than the acknowledgement wait: the other picture may be on record by now
      this.logger.warn({ msg: 'picture was made by another process meanwhile, this one is thrown away' });
      return earlier;
    }
    const facts: GenerationFacts = { ...made, compiled_prompt: compiledPrompt, duration_ms: Math.round(performance.now() - started) };
    const name = resultBlobName(event.image_id);
    const blob = await untilStored.execute(() => this.blobs.putPicture(name, bytes, { mime, width, height }, facts), signal);
    this.logger.log({
      msg: 'picture made',
      type: event.type,
      provider: facts.provider,
      model: facts.model,
      attempt,
      duration_ms: facts.duration_ms,
    });
    return { blob, facts };
  }

  private async picturesOf(event: ImageRequested): Promise<Picture[]> {
    const inputs = event.parent ? [{ role: 'parent' as const, blob: await this.parentBlob(event.parent, event.user_id) }] : event.inputs;
    const labels = pictureLabels(
      inputs.map(({ role }) => role),
      event.options,
    );
    return Promise.all(
      inputs.map(async ({ role, blob: { name, mime, width, height } }, index) => ({
        role,
        label: labels[index] ?? role,
        mime,
        width,
        height,
        bytes: await this.blobs.getExisting(name),
      })),
    );
  }

  private async parentBlob(parent: NonNullable<ImageRequested['parent']>, userId: string): Promise<BlobRef> {
    const { image_id, generated_image_url, generated_image_path } = parent;
    const request = { image_id, user_id: userId, generated_image_url, generated_image_path };
    const { blob } = await this.queries.ask('media.fetch', request, { timeoutMs: FETCH_TIMEOUT_MS });
    return blob;
  }
}
