const DAY_MS = 86_400_000;

/** How long a deleted picture can be restored: an injection token that is a class, so that it injects by type. */
export class Retention {
  constructor(private readonly days: number) {}

  /** @param deletedAt ISO 8601 */
  restorableUntil(deletedAt: string): string {
    return new Date(Date.parse(deletedAt) + this.days * DAY_MS).toISOString();
  }

  isOver(deletedAt: string, now: Date): boolean {
    return Date.parse(this.restorableUntil(deletedAt)) <= now.getTime();
  }
}
