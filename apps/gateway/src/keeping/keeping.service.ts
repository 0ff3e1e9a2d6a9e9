import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { purgeReceiptId, type ImageChanges, type ImageRecord } from '@facet/contracts';
import { EventPublisher, Receipts } from '@facet/messaging';
import { extendLogContext, FacetError } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idempotencyKeyOf } from '../images/idempotency-key';
import { ImagePresenter } from '../images/image.presenter';
import { CatalogView } from './catalog-view';
import { assertNotDeleted, gone } from './deletion';
import { Retention } from './retention';

/** Who wishes something, and how they are answered. */
export interface Asking {
  userId: string;
  request: FastifyRequest;
  reply: FastifyReply;
}

/**
 * What owners do with their finished pictures: an event on the log, and an answer when the catalog shows it; when that
 * takes long, 202 with the picture's id, and it will show it later.
 */
@Injectable()
export class KeepingService {
  constructor(
    private readonly catalog: CatalogView,
    private readonly events: EventPublisher,
    private readonly presenter: ImagePresenter,
    private readonly retention: Retention,
    private readonly receipts: Receipts,
  ) {}

  /** @throws FacetError `image_not_found`, `not_owner`, `image_deleted`, `image_gone` */
  async change(imageId: string, changes: ImageChanges, asking: Asking): Promise<unknown> {
    assertNotDeleted(await this.own(imageId, asking));
    const sequence = await this.events.publish('image.changed', { ...wish(imageId, changes, asking), changes, changed_at: now() });
    const members = (['starred', 'title', 'tags'] as const).filter((member) => changes[member] !== undefined);
    return this.answer(imageId, asking, ({ applied }) => members.every((member) => applied[member] >= sequence));
  }

  /** A picture that is deleted already stays as it is. @throws FacetError `image_not_found`, `not_owner` */
  async remove(imageId: string, asking: Asking): Promise<unknown> {
    const record = await this.own(imageId, asking);
    if (record.deleted_at !== null) {
      return this.shown(record);
    }
    const sequence = await this.events.publish('image.deleted', { ...wish(imageId, 'delete', asking), deleted_at: now() });
    return this.answer(imageId, asking, ({ applied }) => applied.deletion >= sequence);
  }

  /** A picture that is not deleted stays as it is. @throws FacetError `image_not_found`, `not_owner`, `image_gone` */
  async restore(imageId: string, asking: Asking): Promise<unknown> {
    const record = await this.own(imageId, asking);
    if (record.deleted_at === null) {
      return this.shown(record);
    }
    if (record.purged_at !== null || this.retention.isOver(record.deleted_at, new Date())) {
      throw gone();
    }
    const sequence = await this.events.publish('image.restored', { ...wish(imageId, 'restore', asking), restored_at: now() });
    return this.answer(imageId, asking, (shown) => {
      // a purge came first in the log
      if (shown.purged_at !== null) {
        throw gone();
      }
      return shown.applied.deletion >= sequence;
    });
  }

  /**
   * Destroys a picture for good, whether it was deleted before or not: its assets, blobs and events, its job. A tombstone stays, and a
   * receipt tells what went.
   *
   * @throws FacetError `image_not_found`, `not_owner`
   */
  async purge(imageId: string, asking: Asking): Promise<unknown> {
    await this.own(imageId, asking);
    // one purge for each picture, however often it is asked for
    const id = purgeReceiptId(imageId);
    const { userId: user_id, request, reply } = asking;
    await this.receipts.begin({ id, user_id, image_id: imageId, created_at: now() });
    const receipt = await this.receipts.find(id);
    if (receipt?.state !== 'done') {
      const event = { image_id: imageId, user_id, request_id: request.id, change_id: id, purging_at: receipt?.created_at ?? now() };
      await this.events.publish('image.purging', event);
      await this.catalog.once(imageId, user_id, ({ purged_at }) => purged_at !== null);
    }
    void reply.status(202).header('location', `/imgbackendapp/receipts/${id}`);
    return { success: true, status: 'accepted', receipt: { id, state: receipt?.state ?? 'under_way' } };
  }

  /** @throws FacetError `not_found`, `not_owner` */
  async receipt(id: string, userId: string): Promise<unknown> {
    const receipt = await this.receipts.find(id);
    if (!receipt) {
      throw new FacetError('not_found', 'There is no such receipt.');
    }
    if (receipt.user_id !== userId) {
      throw new FacetError('not_owner', 'This receipt belongs to somebody else.');
    }
    const { user_id: _user, ...shown } = receipt;
    return { success: true, receipt: shown };
  }

  private own(imageId: string, { userId }: Asking): Promise<ImageRecord> {
    extendLogContext({ image_id: imageId });
    return this.catalog.get(imageId, userId);
  }

  private async answer(imageId: string, { userId, reply }: Asking, shows: (record: ImageRecord) => boolean): Promise<unknown> {
    const record = await this.catalog.once(imageId, userId, shows);
    if (record) {
      return this.shown(record);
    }
    void reply.status(202);
    return { success: true, status: 'accepted', image: { id: imageId } };
  }

  private shown(record: ImageRecord) {
    return { success: true, image: this.presenter.shown(record) };
  }
}

const now = (): string => new Date().toISOString();

/** What every event of keeping tells. */
const wish = (imageId: string, what: unknown, { userId, request }: Asking) => ({
  image_id: imageId,
  user_id: userId,
  request_id: request.id,
  change_id: changeIdOf([userId, what], request),
});

/** Of the idempotency key where there is one, and of what is wished: a key that was used for something else harms nobody. */
function changeIdOf(content: unknown, request: FastifyRequest): string {
  const key = idempotencyKeyOf(request);
  return key === null
    ? randomUUID()
    : createHash('sha256')
        .update(JSON.stringify([key, content]))
        .digest('hex')
        .slice(0, 32);
}
