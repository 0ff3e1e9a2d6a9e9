import type {
  ExpiredImage,
  ExpiredQuery,
  ImageChanges,
  ImageNode,
  ImageRecord,
  ListedImage,
  ListQuery,
  PageFacts,
  Tombstone,
} from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';

/** A picture and its owner: an event that names another owner applies to nothing. */
export interface OwnedImage {
  image_id: string;
  user_id: string;
}

/** The tree of a first picture, and its owner: all of a tree belongs to one user. */
export type OwnedTree = Pick<ImageRecord, 'root_image_id' | 'user_id'>;

/** Where and when a picture came to be. */
export type ImagePlace = Pick<ImageNode, 'id' | 'parent_image_id' | 'root_image_id' | 'created_at'>;

/** Where a picture stands in its tree: what ways through the tree are found by. */
export type TreePlace = Omit<ImagePlace, 'root_image_id'>;

/** A page of a list. */
export interface ImagePage extends Omit<PageFacts, 'last'> {
  images: ListedImage[];
}

/**
 * Port: the catalog's memory of finished pictures. Adapters: in memory, replayed from the log at start; MongoDB.
 *
 * Errors: `unavailable` (retryable) when the memory cannot be reached.
 */
export abstract class ImageRepository {
  /** Remembers a picture. One that is known already is left as it is. */
  abstract insert(record: ImageRecord): Promise<'inserted' | 'duplicate'>;

  /**
   * What its owner has made of a picture. Of each member the highest sequence counts, in whatever order events come; the
   * same again changes nothing.
   *
   * @param sequence position of the event in the log
   * @returns the picture as it is now; `null`, and nothing changes, when this user has no such picture (yet)
   */
  abstract applyChange(image: OwnedImage, changes: ImageChanges, sequence: number): Promise<ImageRecord | null>;

  /** As `applyChange`. @param deletedAt since when it is deleted; `null`: it is there again */
  abstract applyDeletion(image: OwnedImage, deletedAt: string | null, sequence: number): Promise<ImageRecord | null>;

  /** Takes a picture out of sight for good. @param at since when @returns as `applyChange` */
  abstract applyPurging(image: OwnedImage, at: string): Promise<ImageRecord | null>;

  /** Puts what is left of a purged picture in its place, also where there is none (any more). Nothing changes it afterwards. */
  abstract applyPurged(tombstone: Tombstone): Promise<void>;

  /** The picture, whoever owns it; `null` when there is none. */
  abstract findById(id: string): Promise<ImageRecord | null>;

  /** A page of a user's pictures, newest first, those of the same moment by id, with the total of all pages: of each what lists show. */
  abstract list(query: ListQuery): Promise<ImagePage>;

  /** The places of a user's pictures that go back to one first picture, that one included, deleted ones too; in any order. */
  abstract findTree(tree: OwnedTree): Promise<readonly TreePlace[]>;

  /** Members of a tree, in the order of their ids, without those that it does not hold; without ids all of them, in any order. */
  abstract findNodes(tree: OwnedTree, ids?: readonly string[]): Promise<ImageNode[]>;

  /** Tells whether a tree has a picture, other than this one, that is neither purged nor being purged. */
  abstract hasOthers(tree: OwnedTree, id: string): Promise<boolean>;

  /**
   * Pictures that were deleted before a moment, those deleted longest ago first, then by id. Of everybody those that are not being purged;
   * of one user these too, as somebody may have lost their purge, but no tombstones.
   */
  abstract findExpired(query: ExpiredQuery): Promise<ExpiredImage[]>;

  /** Tells whether a user has a picture that is not purged: one that is listed, deleted, or being purged. */
  abstract hasPictures(userId: string): Promise<boolean>;

  /** Forgets what is counted of a user. @returns false, and nothing changes, while a picture of theirs is not purged */
  abstract forgetUser(userId: string): Promise<boolean>;

  /** Highest stream sequence among the remembered pictures: what came after it is to be replayed. 0 when empty. */
  abstract lastSequence(): Promise<number>;

  /** Rejects when the memory cannot be reached. */
  abstract check(): Promise<ReadinessFacts>;
}
