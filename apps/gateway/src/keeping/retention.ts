import { CLOCKS_MS } from '@facet/messaging';

const DAY_MS = 86_400_000;

/** How long a deleted picture can be restored: an injection token that is a class, so that it injects by type. */
export class Retention {
  constructor(private readonly days: number) {}

  /** @param deletedAt ISO 8601 */
  restorableUntil(deletedAt: string): string {
    return new Date(Date.parse(deletedAt) + this.days * DAY_MS).toISOString();
  }

  /**
   * What was deleted before this instant can no longer be restored, by any gateway's clock: what was restored in time by the clock of one
   * must be in the log before the clock of another says that the time is over. @returns ISO 8601
   */
  overBefore(now: Date): string {
    return new Date(now.getTime() - this.days * DAY_MS - CLOCKS_MS).toISOString();
  }

  isOver(deletedAt: string, now: Date): boolean {
    return Date.parse(this.restorableUntil(deletedAt)) <= now.getTime();
  }
}
