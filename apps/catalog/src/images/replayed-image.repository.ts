import type { ExpiredImage, ExpiredQuery, ImageChanges, ImageNode, ImageRecord, ListQuery, Tombstone } from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';
import { nodeOf } from './image-node.projection';
import { expiredAmong } from './expired-images';
import { Gallery } from './gallery';
import { ImageRepository, type ImagePage, type OwnedImage, type OwnedTree, type TreePlace } from './image.repository';
import { withChanges, withDeletion, withPurging } from './keeping.projection';
import { isTombstone, recordOfTombstone } from './tombstone.projection';
import { OrderedImages } from './ordered-images';

/** Remembers in memory. For one process only, which replays the event log when it starts. */
export class ReplayedImageRepository extends ImageRepository {
  private readonly byId = new Map<string, ImageRecord>();
  private readonly gallery = new Gallery();
  private readonly byRoot = new Map<string, OrderedImages>();
  /** of records that were asked for as members of their tree; a changed record is another one */
  private readonly nodes = new WeakMap<ImageRecord, ImageNode>();
  private highestSequence = 0;

  insert(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    if (this.byId.has(record.id)) {
      return Promise.resolve('duplicate');
    }
    const kept = structuredClone(record);
    this.byId.set(kept.id, kept);
    this.gallery.put(kept);
    addTo(this.byRoot, kept.root_image_id, kept);
    this.highestSequence = Math.max(this.highestSequence, kept.ornament_id);
    return Promise.resolve('inserted');
  }

  applyChange(image: OwnedImage, changes: ImageChanges, sequence: number): Promise<ImageRecord | null> {
    return Promise.resolve(this.apply(image, (record) => withChanges(record, structuredClone(changes), sequence)));
  }

  applyDeletion(image: OwnedImage, deletedAt: string | null, sequence: number): Promise<ImageRecord | null> {
    return Promise.resolve(this.apply(image, (record) => withDeletion(record, deletedAt, sequence)));
  }

  applyPurging(image: OwnedImage, at: string): Promise<ImageRecord | null> {
    return Promise.resolve(this.apply(image, (record) => withPurging(record, at)));
  }

  async applyPurged(tombstone: Tombstone): Promise<void> {
    const record = recordOfTombstone(tombstone);
    if ((await this.insert(record)) === 'duplicate') {
      this.apply(tombstone, () => record);
    }
  }

  findById(id: string): Promise<ImageRecord | null> {
    return Promise.resolve(this.byId.get(id) ?? null);
  }

  list(query: ListQuery): Promise<ImagePage> {
    return Promise.resolve(this.gallery.list(query));
  }

  findTree(tree: OwnedTree): Promise<readonly TreePlace[]> {
    return Promise.resolve(this.recordsOf(tree));
  }

  findNodes(tree: OwnedTree, ids?: readonly string[]): Promise<ImageNode[]> {
    const records = ids?.flatMap((id) => this.byId.get(id) ?? []).filter(isOf(tree)) ?? this.recordsOf(tree);
    return Promise.resolve(records.map((record) => this.nodeOf(record)));
  }

  hasOthers({ root_image_id, user_id }: OwnedTree, id: string): Promise<boolean> {
    const tree = this.byRoot.get(root_image_id)?.all() ?? [];
    return Promise.resolve(tree.some((other) => other.user_id === user_id && other.id !== id && other.purged_at === null));
  }

  /** Looks at every picture: it is asked for rarely, and an embedded catalog is small. */
  findExpired(query: ExpiredQuery): Promise<ExpiredImage[]> {
    return Promise.resolve(expiredAmong(this.byId.values(), query));
  }

  /** As `findExpired`. */
  hasPictures(userId: string): Promise<boolean> {
    return Promise.resolve([...this.byId.values()].some((record) => record.user_id === userId && !isTombstone(record)));
  }

  /** Nothing is counted here: totals are the lengths of lists. */
  async forgetUser(userId: string): Promise<boolean> {
    return !(await this.hasPictures(userId));
  }

  lastSequence(): Promise<number> {
    return Promise.resolve(this.highestSequence);
  }

  check(): Promise<ReadinessFacts> {
    return Promise.resolve({ kept_in: 'memory' });
  }

  private recordsOf(tree: OwnedTree): ImageRecord[] {
    return this.byRoot.get(tree.root_image_id)?.all().filter(isOf(tree)) ?? [];
  }

  private nodeOf(record: ImageRecord): ImageNode {
    const node = this.nodes.get(record) ?? nodeOf(record);
    this.nodes.set(record, node);
    return node;
  }

  private apply({ image_id, user_id }: OwnedImage, change: (record: ImageRecord) => ImageRecord): ImageRecord | null {
    const known = this.byId.get(image_id);
    if (known?.user_id !== user_id) {
      return null;
    }
    const changed = change(known);
    this.byId.set(changed.id, changed);
    this.gallery.put(changed);
    this.byRoot.get(changed.root_image_id)?.replace(changed);
    return changed;
  }
}

const isOf =
  ({ root_image_id, user_id }: OwnedTree) =>
  (record: ImageRecord): boolean =>
    record.user_id === user_id && record.root_image_id === root_image_id;

function addTo(index: Map<string, OrderedImages>, key: string, record: ImageRecord): void {
  const images = index.get(key) ?? new OrderedImages();
  images.add(record);
  index.set(key, images);
}
