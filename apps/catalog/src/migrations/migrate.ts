import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { hasImages } from '../images/create-images';
import { firstIndexes } from './0001-first-indexes';
import { keepingAndWords } from './0002-keeping-and-words';
import { listIndexes } from './0003-list-indexes';
import { tallies } from './0004-tallies';
import { validation } from './0005-validation';
import { expiryIndex } from './0006-expiry-index';
import type { Migration } from './migration';
import { MigrationLease } from './migration-lease';

/** Every step there is, in order. */
export const migrations: readonly Migration[] = [firstIndexes, keepingAndWords, listIndexes, tallies, validation, expiryIndex];

/** How often a process looks whether another one is done, in ms. */
const POLL_MS = 250;

/** One of the indexes that step 3 makes: an insert that makes a collection anew, after it was dropped, gives it none. */
const KNOWN_INDEX = 'list_by_time';

type Say = (line: string) => void;

/** A step that was done. */
interface DoneStep {
  /** its version */
  _id: number;
  what: string;
  done_at: Date;
  duration_ms: number;
}

/**
 * Brings a catalog's database to the version of this code. Any number of processes may call it at once: one works, the others
 * wait until it is done, or dead.
 *
 * @param say hears of every step
 * @param complain hears of what somebody has to see to; default: `say`
 * @returns the steps that this call has done
 * @throws what driver and server report; what was done stays done
 */
export async function migrate(database: Connection, say: Say, complain = say): Promise<number[]> {
  const done: number[] = [];
  const lease = new MigrationLease(database);
  while (!(await hasImages(database)) || (await isMadeAnew(database)) || (await missing(database, say)).length > 0) {
    const isOurs = await lease.hold(async () => {
      if (!(await hasImages(database))) {
        // somebody dropped the collection, to have it filled anew: what was done to it is undone
        await stepsOf(database).deleteMany({});
      } else if (await isMadeAnew(database)) {
        // what is in it stays: the log beside it may be another one
        complain('the collection of pictures was dropped while a catalog ran: npm run catalog:rebuild brings back what was in it');
        await stepsOf(database).deleteMany({});
      }
      // another process may have been at it just before
      for (const migration of await missing(database, say)) {
        await carryOut(migration, database, say);
        done.push(migration.version);
      }
    });
    if (!isOurs) {
      await delay(POLL_MS);
    }
  }
  return done;
}

/** Whether the collection is another one than that to which the steps were done. One of a newer version may have other indexes. */
async function isMadeAnew(database: Connection): Promise<boolean> {
  const versions = await doneVersions(database);
  const isKnown = versions.has(listIndexes.version) && Math.max(...versions) <= migrations.length;
  return isKnown && !(await database.collection('images').indexExists(KNOWN_INDEX));
}

async function missing(database: Connection, say: Say): Promise<Migration[]> {
  const versions = await doneVersions(database);
  const newest = Math.max(...versions, 0);
  if (newest > migrations.length) {
    say(`the database is at version ${newest}, newer than this program, which knows ${migrations.length}`);
  }
  return migrations.filter(({ version }) => !versions.has(version));
}

async function carryOut({ version, what, run }: Migration, database: Connection, say: Say): Promise<void> {
  say(`migration ${version}: ${what}`);
  const began = performance.now();
  await run(database);
  const step: DoneStep = { _id: version, what, done_at: new Date(), duration_ms: Math.round(performance.now() - began) };
  // a process whose lease ran out may have been overtaken
  await stepsOf(database).replaceOne({ _id: version }, step, { upsert: true });
  say(`migration ${version}: done in ${step.duration_ms} ms`);
}

async function doneVersions(database: Connection): Promise<Set<number>> {
  // index: _id
  const done = await stepsOf(database)
    .find({}, { projection: { _id: 1 } })
    .toArray();
  return new Set(done.map(({ _id }) => _id));
}

const stepsOf = (database: Connection) => database.collection<DoneStep>('migrations');
