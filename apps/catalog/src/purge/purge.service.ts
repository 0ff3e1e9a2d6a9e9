import { Injectable, Logger } from '@nestjs/common';
import { purgeReceiptId, type ImagePurged, type ImagePurging, type ImageRecord } from '@facet/contracts';
import { EventPublisher, JobStore, Receipts } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { ImageRepository } from '../images/image.repository';
import { isTombstone, tombstoneOf } from '../images/tombstone.projection';
import { PictureEvents } from './picture-events';

/**
 * Begins and ends the purge of a picture. What ends it comes last, and every step may be repeated: a process that dies anywhere
 * leaves an event that comes again.
 */
@Injectable()
export class PurgeService {
  private readonly logger = new Logger(PurgeService.name);

  constructor(
    private readonly images: ImageRepository,
    private readonly jobs: JobStore,
    private readonly publisher: EventPublisher,
    private readonly log: PictureEvents,
    private readonly receipts: Receipts,
  ) {}

  /**
   * Takes the picture out of sight, and tells media what of it lies in stores. Where a restoration came first in the log, nothing.
   *
   * @param sequence position of the event in the log
   */
  async plan(event: ImagePurging, sequence: number): Promise<void> {
    const { image_id, user_id, request_id, change_id, of_account } = event;
    if (event.deletion !== undefined && (await this.log.isRestored(image_id, event.deletion, sequence))) {
      this.logger.log({ msg: 'picture restored before its purge', sequence });
      return;
    }
    // the log may still have to be read by a stage that works on the picture
    await this.jobs.amendResult(image_id, (result) => result);
    const record = await this.images.applyPurging(event, new Date(event.purging_at).toISOString());
    if (!record) {
      throw new FacetError('image_not_found', 'The catalog has no such picture of this user yet.', { retryable: true });
    }
    // it is there already where the owner has asked for the purge
    await this.receipts.begin({ id: purgeReceiptId(image_id), user_id, image_id, created_at: event.purging_at });
    const tombstone = tombstoneOf(record, record.purged_at ?? event.purging_at);
    const assets = await this.assetsOf(record);
    await this.publisher.publish('image.purge_planned', { image_id, user_id, request_id, change_id, of_account, tombstone, assets });
  }

  /** Forgets the picture everywhere: the catalog, its job, dead letters, the log. @param sequence position of the event in the log */
  async forget({ image_id, tombstone, of_account }: ImagePurged, sequence: number): Promise<void> {
    const receiptId = purgeReceiptId(image_id);
    await this.images.applyPurged(tombstone);
    await this.jobs.erase(image_id);
    if (!of_account) {
      await this.eraseFromLog(image_id, sequence);
    }
    await this.receipts.finish(receiptId, new Date().toISOString());
    this.logger.log({ msg: 'picture purged', sequence });
  }

  private async eraseFromLog(imageId: string, sequence: number): Promise<void> {
    const { events, dead_letters } = await this.log.find(imageId, sequence);
    // entered before it goes: who dies in between finds no more of it
    await this.receipts.enter(purgeReceiptId(imageId), { events, dead_letters });
    await this.log.eraseLetters(dead_letters);
    await this.log.erase(events);
  }

  /**
   * Its own picture; the uploads as well when no other picture of the tree is left. Of two that are purged at the same moment, each is
   * marked before it looks, so that one of them at least sees that it is the last.
   */
  private async assetsOf(record: ImageRecord) {
    const { generated_image_url: url, generated_image_path: path, assets } = record;
    // a tombstone has nothing in any store
    const own = isTombstone(record) ? [] : [{ url, path }];
    return (await this.images.hasOthers(record, record.id)) ? own : [...own, ...assets.map(({ role: _role, ...asset }) => asset)];
  }
}
