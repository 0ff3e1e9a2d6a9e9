import type { ReadinessFacts } from './readiness';

/** How long an outcome is believed, in ms. */
interface Believed {
  /** facts with `answers` other than false */
  good: number;
  /** a rejection, or facts with `answers: false` */
  bad: number;
}

interface Outcome {
  facts: Promise<ReadinessFacts>;
  /** ms of the monotonic clock */
  until: number;
}

/** A check of something outside that must not be asked with every probe: its last outcome stands for a while. */
export class RememberedCheck {
  private last: Outcome | null = null;

  constructor(
    private readonly ask: () => Promise<ReadinessFacts>,
    private readonly believed: Believed,
  ) {}

  /** As the check itself, at most once per span; callers at the same moment share one answer. */
  check(): Promise<ReadinessFacts> {
    if (this.last && performance.now() < this.last.until) {
      return this.last.facts;
    }
    const outcome: Outcome = { facts: this.ask(), until: Infinity };
    this.last = outcome;
    outcome.facts.then(
      ({ answers }) => {
        outcome.until = performance.now() + (answers === false ? this.believed.bad : this.believed.good);
      },
      () => {
        outcome.until = performance.now() + this.believed.bad;
      },
    );
    return outcome.facts;
  }
}
