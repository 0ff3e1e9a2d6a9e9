import type { ImageNode, ImagePage, ImageRecord, ListQuery } from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';
import { nodeOf } from './image-node.projection';
import { ImageRepository } from './image.repository';
import { OrderedImages } from './ordered-images';

/** Remembers in memory. For one process only, which replays the event log when it starts. */
export class ReplayedImageRepository extends ImageRepository {
  private readonly byId = new Map<string, ImageRecord>();
  private readonly byUser = new Map<string, OrderedImages>();
  private readonly byUserAndType = new Map<string, OrderedImages>();
  private readonly byRoot = new Map<string, OrderedImages>();
  private highestSequence = 0;

  insert(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    if (this.byId.has(record.id)) {
      return Promise.resolve('duplicate');
    }
    const kept = structuredClone(record);
    this.byId.set(kept.id, kept);
    addTo(this.byUser, kept.user_id, kept);
    addTo(this.byUserAndType, keyOf(kept.user_id, kept.type), kept);
    addTo(this.byRoot, kept.root_image_id, kept);
    this.highestSequence = Math.max(this.highestSequence, kept.ornament_id);
    return Promise.resolve('inserted');
  }

  findById(id: string): Promise<ImageRecord | null> {
    return Promise.resolve(this.byId.get(id) ?? null);
  }

  list({ user_id, type, page, limit }: ListQuery): Promise<ImagePage> {
    const images = type ? this.byUserAndType.get(keyOf(user_id, type)) : this.byUser.get(user_id);
    return Promise.resolve({ images: images?.newest((page - 1) * limit, limit) ?? [], total: images?.size ?? 0 });
  }

  findTree(rootImageId: string): Promise<ImageNode[]> {
    return Promise.resolve(this.byRoot.get(rootImageId)?.all().map(nodeOf) ?? []);
  }

  lastSequence(): Promise<number> {
    return Promise.resolve(this.highestSequence);
  }

  check(): Promise<ReadinessFacts> {
    return Promise.resolve({ kept_in: 'memory' });
  }
}

// a type never holds a space, a user id may
const keyOf = (userId: string, type: string): string => `${type} ${userId}`;

function addTo(index: Map<string, OrderedImages>, key: string, record: ImageRecord): void {
  const images = index.get(key) ?? new OrderedImages();
  images.add(record);
  index.set(key, images);
}
