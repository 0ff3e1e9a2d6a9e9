import type { ImageType } from '@facet/contracts';
import { Types, type Collection, type Connection, type mongo } from 'mongoose';
import { COUNTING_INDEX } from '../images/image-indexes';
import type { ImageDocument } from '../images/image.schema';
import { JoinedWork } from './joined-work';
import { recount, type KnownTally, type TallyStore } from './recount';
import { bucketOf, tallyOf, timeOf, withCount, type Bucket, type DayCounts, type Tally, type TallyKey } from './tally';
import { totalOfUser, type TotalOfUser } from './total-of-user';

/** A tally as MongoDB keeps it. */
interface TallyDocument extends Tally, TallyKey {
  /** month and user: where tallies are sharded by user, it is unique all the same */
  _id: string;
  version: Types.ObjectId;
}

/** Users whose tallies are made anew at once. */
const USERS_AT_ONCE = 8;

const DUPLICATE_KEY = 11_000;

const idOf = ({ user_id, month }: TallyKey): string => `${month} ${user_id}`;

/** How many pictures users have, by month and type, in MongoDB (ADR 14). What driver and server report is thrown as it is. */
export class MongoTallies implements TallyStore {
  private readonly recounts = new JoinedWork();
  /** what the next round of each tally is to count */
  private readonly wanted = new Map<string, Map<string, Bucket>>();

  constructor(private readonly database: Connection) {}

  /** Listed pictures of a user, of one type or of all. */
  async total(userId: string, type?: ImageType): Promise<number> {
    // index: tallies_of_user
    const [sum] = await this.tallies.aggregate<TotalOfUser>(totalOfUser(userId, type)).toArray();
    return sum?.total ?? 0;
  }

  /** Counts the pictures among which this one is, or was. To be called after every write that changed whether it is listed. */
  async recount(record: Parameters<typeof bucketOf>[0]): Promise<void> {
    const bucket = bucketOf(record);
    const tally = idOf(bucket);
    const wanted = this.wanted.get(tally) ?? new Map<string, Bucket>();
    this.wanted.set(tally, wanted.set(`${bucket.day} ${bucket.type}`, bucket));
    // one process works at a tally once at a time, and counts all that was asked for meanwhile: it would only lose to itself
    await this.recounts.do(tally, async () => {
      const buckets = [...(this.wanted.get(tally)?.values() ?? [])];
      this.wanted.delete(tally);
      await recount(this, bucket, (days) => this.counted(days, buckets));
    });
  }

  /** Counts all pictures of all users. Takes one pass over the pictures, in pieces; whoever adds one meanwhile is heeded. */
  async recountAll(): Promise<void> {
    const users = await Promise.all(['images', 'tallies'].map((name) => distinctUsers(this.database.collection<Owned>(name))));
    const waiting = [...new Set(users.flat())];
    const work = async (): Promise<void> => {
      for (let user = waiting.pop(); user !== undefined; user = waiting.pop()) {
        await this.recountUser(user);
      }
    };
    await Promise.all(Array.from({ length: USERS_AT_ONCE }, work));
  }

  /**
   * Takes the tallies of a user away who has no listed picture, and will have none: a process that is counting for them might
   * otherwise enter what it had counted before.
   */
  async forget(userId: string): Promise<void> {
    // index: tallies_of_user
    await this.tallies.deleteMany({ user_id: userId });
  }

  async read(key: TallyKey): Promise<KnownTally | null> {
    // index: _id
    return known(await this.tallies.findOne({ _id: idOf(key) }));
  }

  write(key: TallyKey, tally: Tally, before: KnownTally | null): Promise<boolean> {
    return this.writeAll([writeOf(key, tally, before)]);
  }

  /** @returns whether all of them won; those that did stay written */
  private async writeAll(writes: mongo.AnyBulkWriteOperation<TallyDocument>[]): Promise<boolean> {
    try {
      const { insertedCount, matchedCount } = await this.tallies.bulkWrite(writes, { ordered: false });
      return insertedCount + matchedCount === writes.length;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) {
        return false;
      }
      throw error;
    }
  }

  private async recountUser(user_id: string): Promise<void> {
    // index: tallies_of_user
    const documents = await this.tallies.find({ user_id }).toArray();
    const before = new Map(documents.map((document) => [document.month, known(document)]));
    const now = await this.months(user_id);
    const months = [...new Set([...before.keys(), ...now.keys()])];
    const writes = months.map((month) => writeOf({ user_id, month }, tallyOf(now.get(month) ?? {}), before.get(month) ?? null));
    if (writes.length === 0 || (await this.writeAll(writes))) {
      return;
    }
    for (const month of months) {
      await recount(this, { user_id, month }, async () => (await this.months(user_id, month)).get(month) ?? {});
    }
  }

  private async counted(days: DayCounts, buckets: readonly Bucket[]): Promise<DayCounts> {
    const counts = await Promise.all(buckets.map(async (bucket) => ({ bucket, count: await this.count(bucket) })));
    return counts.reduce((all, { bucket, count }) => withCount(all, bucket, count), days);
  }

  private count({ user_id, type, ...when }: Bucket): Promise<number> {
    const { from, until } = timeOf(when);
    // index: list_by_type
    return this.images.countDocuments({ user_id, listed: true, type, created_at: { $gte: from, $lt: until } });
  }

  /** A user's pictures by day and type, of one month or of all. */
  private async months(user_id: string, month?: string): Promise<Map<string, DayCounts>> {
    const counted = await this.images
      .aggregate<{ _id: { date: string; type: ImageType }; count: number }>(
        [
          { $match: { user_id, listed: true, ...(month !== undefined && { created_at: spanOf(month) }) } },
          { $group: { _id: { date: { $dateToString: { date: '$created_at', format: '%Y-%m-%d' } }, type: '$type' }, count: { $sum: 1 } } },
        ],
        // index: list_by_type, which holds all that is asked for
        { hint: COUNTING_INDEX },
      )
      .toArray();
    const months = new Map<string, DayCounts>();
    for (const { _id, count } of counted) {
      const bucket = bucketOf({ user_id, created_at: _id.date, type: _id.type });
      months.set(bucket.month, withCount(months.get(bucket.month) ?? {}, bucket, count));
    }
    return months;
  }

  private get images() {
    return this.database.collection<ImageDocument>('images');
  }

  private get tallies() {
    return this.database.collection<TallyDocument>('tallies');
  }
}

/** The write of a tally that is as it was read; `null`: there was none. */
function writeOf(
  { user_id, month }: TallyKey,
  { days, totals }: Tally,
  before: KnownTally | null,
): mongo.AnyBulkWriteOperation<TallyDocument> {
  const document: TallyDocument = { _id: idOf({ user_id, month }), user_id, month, version: new Types.ObjectId(), days, totals };
  return before
    ? // index: _id
      { replaceOne: { filter: { _id: document._id, version: new Types.ObjectId(before.version) }, replacement: document } }
    : { insertOne: { document } };
}

function known(document: TallyDocument | null): KnownTally | null {
  return document && { version: document.version.toHexString(), days: document.days, totals: document.totals };
}

function spanOf(month: string): { $gte: Date; $lt: Date } {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  return { $gte: from, $lt: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)) };
}

/** What is asked of both collections. */
type Owned = Pick<TallyDocument, 'user_id'>;

async function distinctUsers(collection: Collection<Owned>): Promise<string[]> {
  // distinct() answers with one document, which may not hold all users
  const found = await collection.aggregate<{ _id: string }>([{ $group: { _id: '$user_id' } }]).toArray();
  return found.map(({ _id }) => _id);
}
