import { Injectable, Logger } from '@nestjs/common';
import { isTerminal, type ImageGenerated, type Job } from '@facet/contracts';
import { BlobStore, EventPublisher, JobStore } from '@facet/messaging';
import { AssetStore, type StoredAsset } from '../assets/asset-store';
import { ownAssetsOf, type OwnAsset } from './own-assets';

/** The store is not at it any more after this time, in ms: twice that of a call of Cloudinary. */
const LONGEST_REMOVAL_MS = 60_000;

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
    await this.jobs.move(event.image_id, 'storing');
    const own = ownAssetsOf(event);
    const result = this.keep(own.result);
    const uploads = allOf(own.uploads.map(async (upload) => ({ role: upload.role, ...(await this.keep(upload)) })));
    const outcomes = await Promise.allSettled([result, uploads]);
    const isComplete = outcomes.every(({ status }) => status === 'fulfilled');
    // given up while this was still going on: what came after that was taken back would stay
    if (isComplete ? !(await this.handOver(event.image_id)) : await this.jobs.hasEnded(event.image_id)) {
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
    if (!(await this.jobs.hold(event.image_id, LONGEST_REMOVAL_MS, (job) => isLeftBy(event, job)))) {
      return;
    }
    const { result, uploads } = ownAssetsOf(event);
    // where one failed nobody knows whether the store is still at it: the job is held for its time
    await allOf([result, ...uploads].map(({ name }) => this.assets.remove(name)));
    await this.jobs.letGo(event.image_id);
    this.logger.log({ msg: 'assets of a job that ended taken back', assets: uploads.length + 1 });
  }

  /**
   * Leaves the job to the catalog, before it is told: of an event that is published nobody knows for certain that it is not, and whoever
   * ends the job after this must let the assets be.
   *
   * @returns false when the job has ended before; what is forgotten, after a week, is left to the catalog as it is
   */
  private async handOver(imageId: string): Promise<boolean> {
    return (await this.jobs.move(imageId, 'cataloging', { stored: true })) || (await this.jobs.find(imageId)) === null;
  }

  private async keep({ name, blob }: OwnAsset): Promise<StoredAsset> {
    return this.assets.store({ ...name, bytes: await this.blobs.getExisting(blob.name) });
  }
}

/** Whether the assets of an event's attempt are nobody's. */
const isLeftBy = (event: ImageGenerated, job: Job): boolean =>
  !hasReachedCatalog(job) && (job.reopened <= event.reopened || isTerminal(job.state));

/** Jobs of early versions do not say that they were handed over. */
const hasReachedCatalog = ({ stored, state, error }: Job): boolean =>
  stored || state === 'cataloging' || state === 'succeeded' || error?.stage === 'catalog';

/** As `Promise.all`, but when one fails the others have ended as well: nothing goes on unseen. */
async function allOf<T>(works: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
