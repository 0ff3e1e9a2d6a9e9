import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ImageChanges, ImageRecord } from '@facet/contracts';
import { EventPublisher } from '@facet/messaging';
import { extendLogContext, FacetError } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idempotencyKeyOf } from '../images/idempotency-key';
import { ImagePresenter } from '../images/image.presenter';
import { CatalogView } from './catalog-view';
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
  ) {}

  /** @throws FacetError `image_not_found`, `not_owner`, `image_deleted` */
  async change(imageId: string, changes: ImageChanges, asking: Asking): Promise<unknown> {
    const record = await this.own(imageId, asking);
    if (record.deleted_at !== null) {
      throw new FacetError('image_deleted', 'This picture is deleted: restore it first.');
    }
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
    if (this.retention.isOver(record.deleted_at, new Date())) {
      throw new FacetError('image_gone', 'This picture was deleted too long ago to be restored.');
    }
    const sequence = await this.events.publish('image.restored', { ...wish(imageId, 'restore', asking), restored_at: now() });
    return this.answer(imageId, asking, ({ applied }) => applied.deletion >= sequence);
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
