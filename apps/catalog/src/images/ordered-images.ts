import type { ImageRecord, ListPosition, SortOrder } from '@facet/contracts';
import { oldestFirst } from './image-order';

/** Where a walk begins: after a picture, which may be gone, or at the end; some pictures further on. */
interface WalkStart {
  after?: ListPosition | undefined;
  skip?: number;
}

/** Pictures kept in order, oldest first. Adding the newest one, which is the rule, costs nothing. */
export class OrderedImages {
  private readonly records: ImageRecord[] = [];

  get size(): number {
    return this.records.length;
  }

  add(record: ImageRecord): void {
    this.records.splice(this.placeOf(record), 0, record);
  }

  /** Takes the picture of this place out, if there is one. */
  remove(position: ListPosition): void {
    const place = this.placeOf(position);
    if (this.records[place]?.id === position.id) {
      this.records.splice(place, 1);
    }
  }

  /** Puts a record in the place of an earlier one with the same id and the same moment. */
  replace(record: ImageRecord): void {
    const place = this.placeOf(record);
    if (this.records[place]?.id === record.id) {
      this.records[place] = record;
    }
  }

  /** All of them, oldest first. */
  all(): ImageRecord[] {
    return [...this.records];
  }

  /** The pictures one by one, for as long as they are wanted. None may be added or removed meanwhile. */
  *walk(sort: SortOrder, { after, skip = 0 }: WalkStart): Generator<ImageRecord> {
    const step = sort === 'newest' ? -1 : 1;
    for (let at = this.start(sort, after) + step * skip; ; at += step) {
      const record = this.records[at];
      if (!record) {
        return;
      }
      yield record;
    }
  }

  private start(sort: SortOrder, after: ListPosition | undefined): number {
    if (!after) {
      return sort === 'newest' ? this.records.length - 1 : 0;
    }
    const place = this.placeOf(after);
    if (sort === 'newest') {
      return place - 1;
    }
    return this.records[place]?.id === after.id ? place + 1 : place;
  }

  /** The number of pictures that are older. */
  private placeOf(position: ListPosition): number {
    const newest = this.records.at(-1);
    let low = newest && oldestFirst(newest, position) < 0 ? this.records.length : 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.records[middle];
      if (there && oldestFirst(there, position) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
