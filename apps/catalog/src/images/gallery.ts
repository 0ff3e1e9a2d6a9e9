import type { ImageRecord, ListQuery } from '@facet/contracts';
import type { ImagePage } from './image.repository';
import { matcher } from './list-match';
import { hasTotal } from './list-total';
import { listedOf } from './listed-image.projection';
import { OrderedImages } from './ordered-images';
import { promptWords } from './prompt-words';

/**
 * The pictures in memory that lists are made of: those that are not deleted. A list begins at its place, and looks at
 * the pictures of its user alone, of his type, tree or parent if it names one. Totals are known, not counted.
 */
export class Gallery {
  private readonly shown = new Map<string, ImageRecord>();
  private readonly shelves = new Map<string, OrderedImages>();
  /** words of pictures that were searched once: taking a prompt apart costs more than all other filters */
  private readonly words = new WeakMap<ImageRecord, ReadonlySet<string>>();

  /** Takes a picture in, or what has become of it: one that is deleted is taken out. */
  put(record: ImageRecord): void {
    const before = this.shown.get(record.id);
    if (before) {
      this.shown.delete(record.id);
      shelvesOf(before).forEach((key) => this.shelves.get(key)?.remove(before));
    }
    if (record.deleted_at === null) {
      this.shown.set(record.id, record);
      shelvesOf(record).forEach((key) => this.shelf(key).add(record));
    }
  }

  list(query: ListQuery): ImagePage {
    const { page = 1, limit, sort = 'newest', after } = query;
    const shelf = this.shelves.get(shelfFor(query)) ?? new OrderedImages();
    const counted = hasTotal(query);
    let skip = (page - 1) * limit;
    const isWanted = matcher(query);
    const found: ImageRecord[] = [];
    for (const record of shelf.walk(sort, { after, skip: counted ? skip : 0 })) {
      if (!counted && (!isWanted(record, () => this.wordsOf(record)) || skip-- > 0)) {
        continue;
      }
      // one more than asked for tells whether there are more
      if (found.push(record) > limit) {
        break;
      }
    }
    return { images: found.slice(0, limit).map(listedOf), total: counted ? shelf.size : null, has_more: found.length > limit };
  }

  private wordsOf(record: ImageRecord): ReadonlySet<string> {
    const words = this.words.get(record) ?? new Set(promptWords(record));
    this.words.set(record, words);
    return words;
  }

  private shelf(key: string): OrderedImages {
    const shelf = this.shelves.get(key) ?? new OrderedImages();
    this.shelves.set(key, shelf);
    return shelf;
  }
}

// none of the marks holds a space, a user id may
const allOf = (userId: string): string => `all ${userId}`;
const typeOf = (userId: string, type: string): string => `type:${type} ${userId}`;
const treeOf = (userId: string, root: string): string => `root:${root} ${userId}`;
const childrenOf = (userId: string, parent: string): string => `parent:${parent} ${userId}`;

function shelvesOf({ user_id, type, root_image_id, parent_image_id }: ImageRecord): string[] {
  const always = [allOf(user_id), typeOf(user_id, type), treeOf(user_id, root_image_id)];
  return parent_image_id === null ? always : [...always, childrenOf(user_id, parent_image_id)];
}

/** The smallest shelf that holds all that is asked for. */
function shelfFor({ user_id, type, root, parent }: ListQuery): string {
  if (parent !== undefined) {
    return childrenOf(user_id, parent);
  }
  if (root !== undefined) {
    return treeOf(user_id, root);
  }
  return type === undefined ? allOf(user_id) : typeOf(user_id, type);
}
