import { mongo, Types, type Connection } from 'mongoose';

/** Life of a lease that is not renewed, in ms. */
const TTL_MS = 30_000;

const DUPLICATE_KEY = 11_000;

/** The right to change the database's shape, as it is kept. */
interface LeaseDocument {
  _id: 'migrate';
  holder: Types.ObjectId;
  until: Date;
}

/**
 * The right to migrate, for one process at a time. It spares work and locks, no more: clocks differ, and a process that is
 * stopped may wake up late, so every step has to bear company.
 */
export class MigrationLease {
  private readonly holder = new Types.ObjectId();

  constructor(private readonly database: Connection) {}

  /** Does the work while nobody else does such. @returns false, and nothing is done, when somebody else is at it */
  async hold(work: () => Promise<void>): Promise<boolean> {
    if (!(await this.take())) {
      return false;
    }
    // a renewal that fails is followed by others; at worst another process begins as well
    const renewal = setInterval(() => void this.take().catch(() => false), TTL_MS / 3);
    try {
      await work();
      return true;
    } finally {
      clearInterval(renewal);
      await this.leases.deleteOne({ _id: 'migrate', holder: this.holder });
    }
  }

  private async take(): Promise<boolean> {
    const now = new Date();
    const lease: LeaseDocument = { _id: 'migrate', holder: this.holder, until: new Date(now.getTime() + TTL_MS) };
    try {
      // index: _id; where another one's lease is good, the insert meets its key
      const free = { _id: lease._id, $or: [{ holder: this.holder }, { until: { $lt: now } }] };
      await this.leases.replaceOne(free, lease, { upsert: true });
      return true;
    } catch (error) {
      if (error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY) {
        return false;
      }
      throw error;
    }
  }

  private get leases() {
    return this.database.collection<LeaseDocument>('migration_lease');
  }
}
