import { Injectable, Logger } from '@nestjs/common';
import type { ImageChanged, ImageDeleted, ImageRecord, ImageRestored } from '@facet/contracts';
import { JobStore } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { ImageRepository } from '../images/image.repository';
import { withChanges, withDeletion } from '../images/keeping.projection';

/**
 * Enters what owners do with their pictures: into the job first, which holds the picture for some days as well, then into the
 * catalog, by which others see that it is done. May be repeated, and comes in any order.
 */
@Injectable()
export class KeepingService {
  private readonly logger = new Logger(KeepingService.name);

  constructor(
    private readonly images: ImageRepository,
    private readonly jobs: JobStore,
  ) {}

  /** @param sequence position of the event in the log */
  async change({ changes, ...event }: ImageChanged, sequence: number): Promise<void> {
    await this.jobs.amendResult(event.image_id, (result) => (isOf(result, event) ? withChanges(result, changes, sequence) : result));
    this.entered('picture changed', await this.images.applyChange(event, changes, sequence), sequence);
  }

  /** @param sequence position of the event in the log */
  remove(event: ImageDeleted, sequence: number): Promise<void> {
    return this.applyDeletion(event, event.deleted_at, sequence);
  }

  /** @param sequence position of the event in the log */
  restore(event: ImageRestored, sequence: number): Promise<void> {
    return this.applyDeletion(event, null, sequence);
  }

  private async applyDeletion(event: ImageDeleted | ImageRestored, deletedAt: string | null, sequence: number): Promise<void> {
    const at = deletedAt === null ? null : new Date(deletedAt).toISOString();
    await this.jobs.amendResult(event.image_id, (result) => (isOf(result, event) ? withDeletion(result, at, sequence) : result));
    const record = await this.images.applyDeletion(event, at, sequence);
    this.entered(at === null ? 'picture restored' : 'picture deleted', record, sequence);
  }

  /** A picture that is not in the catalog will be: what makes it is on the log before what its owner does with it. */
  private entered(msg: string, record: ImageRecord | null, sequence: number): void {
    if (!record) {
      throw new FacetError('image_not_found', 'The catalog has no such picture of this user yet.', { retryable: true });
    }
    this.logger.log({ msg, sequence });
  }
}

const isOf = (result: ImageRecord, { user_id }: { user_id: string }): boolean => result.user_id === user_id;
