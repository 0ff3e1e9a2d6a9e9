import type { ImageRecord } from '@facet/contracts';
import { oldestFirst } from './image-order';

/** Pictures kept in order, oldest first. Adding the newest one, which is the rule, costs nothing. */
export class OrderedImages {
  private readonly records: ImageRecord[] = [];

  get size(): number {
    return this.records.length;
  }

  add(record: ImageRecord): void {
    let low = 0;
    let high = this.records.length;
    const newest = this.records.at(-1);
    if (newest && oldestFirst(newest, record) < 0) {
      low = high;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.records[middle];
      if (there && oldestFirst(there, record) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.records.splice(low, 0, record);
  }

  /** All of them, oldest first. */
  all(): ImageRecord[] {
    return [...this.records];
  }

  /** A slice, counted from the newest. */
  newest(skip: number, limit: number): ImageRecord[] {
    const end = Math.max(0, this.records.length - skip);
    return this.records.slice(Math.max(0, end - limit), end).reverse();
  }
}
