import { FacetError } from '@facet/platform';
import { tallyOf, type DayCounts, type Tally, type TallyKey } from './tally';

/** Whoever loses has lost to somebody who won: this many in a row are not met in earnest. */
const MAX_ATTEMPTS = 200;

/** A tally as it was read. */
export interface KnownTally extends Tally {
  /** another one after every write */
  version: string;
}

/** Where tallies are kept. */
export interface TallyStore {
  read(key: TallyKey): Promise<KnownTally | null>;
  /** @returns false, and nothing changes, unless the tally is still as it was read; `null`: there was none */
  write(key: TallyKey, tally: Tally, known: KnownTally | null): Promise<boolean>;
}

/**
 * Brings a tally up to date by counting, not by adding: whatever was done before, in whatever order, twice or half, it is
 * exact afterwards. To be called after every write that adds or removes a listed picture.
 *
 * Why it is exact: a write wins only if nobody wrote since it read, and it counted after it read. So the last write of all
 * began to count after every other had won; and whoever adds a picture wins once after the picture is there. It always
 * writes, also an equal count: who skipped that would leave an older count its chance to win later.
 *
 * @param measure counts, and gives the days of the tally as they are now
 * @throws FacetError `unavailable` (retryable) if it never wins; what the store throws
 */
export async function recount(store: TallyStore, key: TallyKey, measure: (known: DayCounts) => Promise<DayCounts>): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const known = await store.read(key);
    const days = await measure(known?.days ?? {});
    if (await store.write(key, tallyOf(days), known)) {
      return;
    }
  }
  throw new FacetError('unavailable', 'The pictures cannot be counted at the moment.', { retryable: true });
}
