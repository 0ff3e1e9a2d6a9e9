/**
 * Joins requests for the same work: one that comes while the work is done waits for another round, and all that come
 * meanwhile share that round. So everybody gets a round that began after he asked, and there are never more than two.
 */
export class JoinedWork {
  private readonly waiting = new Map<string, Promise<void>>();
  private readonly running = new Map<string, Promise<void>>();

  /** @returns when a round is done that began after this call; rejects as `work` does */
  do(key: string, work: () => Promise<void>): Promise<void> {
    const joined = this.waiting.get(key);
    if (joined) {
      return joined;
    }
    const before = this.running.get(key);
    const round = before ? before.then(ignore, ignore).then(() => this.begin(key, work)) : this.begin(key, work);
    if (before) {
      this.waiting.set(key, round);
    }
    return round;
  }

  private begin(key: string, work: () => Promise<void>): Promise<void> {
    this.waiting.delete(key);
    const round = work().finally(() => {
      if (this.running.get(key) === round) {
        this.running.delete(key);
      }
    });
    this.running.set(key, round);
    return round;
  }
}

const ignore = (): void => undefined;
