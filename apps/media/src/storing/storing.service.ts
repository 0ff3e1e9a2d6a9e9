import { Injectable, Logger } from '@nestjs/common';
import { isTerminal, type ImageGenerated, type Job } from '@facet/contracts';
import { BlobStore, EventPublisher, JobStore } from '@facet/messaging';
import { AssetStore, type StoredAsset } from '../assets/asset-store';
import { ownAssetsOf, type OwnAsset } from './own-assets';

/** Longest time of a removal, in ms: twice that of a call of Cloudinary. */
const LONGEST_REMOVAL_MS = 60_000;

/** For so long, in ms, the store may be at a call that was broken off. */
const UNANSWERED_MS = 10_000;

/** Puts a generated picture and its uploads into the asset store, and says so. */
@Injectable()
export class StoringService {
  private readonly logger = new Logger(StoringService.name);

  constructor(
    private readonly blobs: BlobStore,
    private readonly assets: AssetStore,
    private readonly jobs: JobStore,
    private readonly events: EventPublisher,
  ) {}

  async store(event: ImageGenerated): Promise<void> {
    if (await this.jobs.hasEnded(event.image_id)) {
      await this.discard(event);
      return;
    }
    await this.jobs.move(event.image_id, 'storing', {}, isOfAttempt(event));
    const own = ownAssetsOf(event);
    const result = this.keep(own.result);
    const uploads = allOf(own.uploads.map(async (upload) => ({ role: upload.role, ...(await this.keep(upload)) })));
    const outcomes = await Promise.allSettled([result, uploads]);
    const isComplete = outcomes.every(({ status }) => status === 'fulfilled');
    // given up while this was still going on: what came after that was taken back would stay
    if (isComplete ? !(await this.handOver(event)) : await this.jobs.hasEnded(event.image_id)) {
      await this.discard(event);
      return;
    }
    const { url: generated_image_url, path: generated_image_path } = await result;
    const assets = event.parent ? event.parent.assets : await uploads;
    await this.events.publish('image.stored', { ...event, generated_image_url, generated_image_path, assets });
    this.logger.log({ msg: 'picture stored', assets: own.uploads.length + 1 });
  }

  /**
   * Takes back what a job that was given up has put into the asset store: its result and its own uploads, never a
   * parent's. May be repeated. Does nothing once the picture has been handed to the catalog, nor while the job is begun anew, nor for one
   * that is forgotten, after a week: nobody knows whether its picture came to be. The job is not begun anew meanwhile.
   *
   * @throws FacetError `storage_failed` when some of it is still there; the rest is gone, and it may be tried again
   */
  async discard(event: ImageGenerated): Promise<void> {
    const held = await this.jobs.hold(event.image_id, LONGEST_REMOVAL_MS, (job) => isLeftBy(event, job));
    if (!held) {
      return;
    }
    const { result, uploads } = ownAssetsOf(event);
    const removals = [result, ...uploads].map(({ name }) => this.assets.remove(name));
    const outcomes = await Promise.allSettled(removals);
    const areOver = outcomes.every((outcome) => outcome.status === 'fulfilled' || this.assets.hasRefused(outcome.reason));
    await this.jobs.letGo(held, areOver ? 0 : UNANSWERED_MS);
    await Promise.all(removals);
    this.logger.log({ msg: 'assets of a job that ended taken back', assets: uploads.length + 1 });
  }

  /**
   * Leaves the job to the catalog, before it is told: of an event that is published nobody knows for certain that it is not, and whoever
   * ends the job after this must let the assets be.
   *
   * @returns false when the job has ended before, or was begun anew; what is forgotten, after a week, is left to the catalog as it is
   */
  private async handOver(event: ImageGenerated): Promise<boolean> {
    return (
      (await this.jobs.move(event.image_id, 'cataloging', { stored: true }, isOfAttempt(event))) ||
      (await this.jobs.find(event.image_id)) === null
    );
  }

  private async keep({ name, blob }: OwnAsset): Promise<StoredAsset> {
    return this.assets.store({ ...name, bytes: await this.blobs.getExisting(blob.name) });
  }
}

/** Whether a job has not been begun anew since it came to the event. */
const isOfAttempt =
  (event: ImageGenerated) =>
  (job: Job): boolean =>
    job.reopened <= event.reopened;

/** Whether the assets of an event's attempt are nobody's. */
const isLeftBy = (event: ImageGenerated, job: Job): boolean =>
  !hasReachedCatalog(job) && (isOfAttempt(event)(job) || isTerminal(job.state));

/** Jobs of early versions do not say that they were handed over. */
const hasReachedCatalog = ({ stored, state, error }: Job): boolean =>
  stored || state === 'cataloging' || state === 'succeeded' || error?.stage === 'catalog';

/** As `Promise.all`, but when one fails the others have ended as well: nothing goes on unseen. */
async function allOf<T>(works: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
