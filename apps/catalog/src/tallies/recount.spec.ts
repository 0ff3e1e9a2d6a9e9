import type { ImageType } from '@facet/contracts';
import fc from 'fast-check';
import { recount, type KnownTally, type TallyStore } from './recount';
import { bucketOf, sumOf, withCount, type Bucket, type DayCounts, type Tally, type TallyKey } from './tally';

/** A picture, in one of few buckets. */
interface Picture {
  id: number;
  bucket: Bucket;
}

/** What a process does to a picture; a crash is between its two writes, and somebody repeats it later. */
interface Step {
  picture: number;
  does: 'insert' | 'delete' | 'restore';
  crashes: boolean;
}

const types: ImageType[] = ['white_background', 'background_change'];
const pictures: Picture[] = Array.from({ length: 8 }, (_, id) => ({
  id,
  bucket: bucketOf({
    user_id: 'ana',
    created_at: `2026-11-0${(id % 2) + 1}T10:00:00.000Z`,
    type: types[id % 4 < 2 ? 0 : 1] ?? 'white_background',
  }),
}));

/** A database whose every answer comes when the schedule says so. */
class ScheduledDatabase implements TallyStore {
  readonly listed = new Map<number, boolean>();
  private tally: KnownTally | null = null;
  private writes = 0;

  constructor(private readonly scheduler: fc.Scheduler) {}

  write(_key: TallyKey, { days, totals }: Tally, known: KnownTally | null): Promise<boolean> {
    return this.later('write', () => {
      if (known?.version !== this.tally?.version) {
        return false;
      }
      this.writes += 1;
      this.tally = { days, totals, version: String(this.writes) };
      return true;
    });
  }

  read(): Promise<KnownTally | null> {
    return this.later('read', () => this.tally);
  }

  count({ day, type }: Bucket): Promise<number> {
    return this.later('count', () => this.now(({ bucket }) => bucket.day === day && bucket.type === type));
  }

  set(picture: number, does: Step['does']): Promise<void> {
    return this.later(does, () => {
      const there = this.listed.get(picture);
      // a picture that is there is not inserted again, and one that is not there can only be inserted
      if ((does === 'insert') === (there === undefined)) {
        this.listed.set(picture, does !== 'delete');
      }
    });
  }

  now(isMeant: (picture: Picture) => boolean): number {
    return pictures.filter((picture) => isMeant(picture) && this.listed.get(picture.id) === true).length;
  }

  get total(): number {
    return Object.values(this.tally?.totals ?? {}).reduce((sum, count) => sum + count, 0);
  }

  get days(): DayCounts {
    return this.tally?.days ?? {};
  }

  private async later<T>(what: string, work: () => T): Promise<T> {
    await this.scheduler.schedule(Promise.resolve(), what);
    return work();
  }
}

const steps = fc.array(
  fc.record<Step>({
    picture: fc.nat(pictures.length - 1),
    does: fc.constantFrom('insert', 'insert', 'delete', 'restore'),
    crashes: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

describe('recount', () => {
  it('leaves exact numbers, whatever the order, repetitions and crashes between two writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, all) => {
        const database = new ScheduledDatabase(scheduler);
        const handle = async ({ picture, does, crashes }: Step): Promise<void> => {
          const { bucket } = pictures[picture] ?? { bucket: undefined };
          await database.set(picture, does);
          if (bucket && !crashes) {
            await recount(database, bucket, async (days) => withCount(days, bucket, await database.count(bucket)));
          }
        };
        // what crashed is delivered again, after the others or among them; everybody works at once
        const done = Promise.all(
          all.map((step) => handle(step).then(() => (step.crashes ? handle({ ...step, crashes: false }) : undefined))),
        );
        await scheduler.waitFor(done);
        expect(database.total).toBe(database.now(() => true));
        for (const { bucket } of pictures) {
          expect(database.days[bucket.day]?.[bucket.type] ?? 0).toBe(
            database.now((other) => other.bucket.day === bucket.day && other.bucket.type === bucket.type),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives up when it never wins, to be tried again', async () => {
    const lost: TallyStore = { read: () => Promise.resolve(null), write: () => Promise.resolve(false) };
    await expect(recount(lost, { user_id: 'ana', month: '2026-11' }, (days) => Promise.resolve(days))).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });
});

describe('a tally', () => {
  it('knows month and day of a picture in UTC', () => {
    const bucket = bucketOf({ user_id: 'ana', created_at: '2026-11-30T23:59:59.999Z', type: 'white_background' });
    expect(bucket).toEqual({ user_id: 'ana', month: '2026-11', day: '30', type: 'white_background' });
  });

  it('sums types over days and months', () => {
    const counts = [{ white_background: 2 }, {}, { white_background: 1, background_change: 4 }];
    expect(sumOf(counts)).toEqual({ white_background: 3, background_change: 4 });
  });
});
