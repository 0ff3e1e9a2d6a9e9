import { Receipt, RECEIPTS_BUCKET } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { StorageType } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { isWrongRevision } from '../jobs/wrong-revision';

/** Lost races before an entry gives up. Two services write to one receipt. */
const MAX_RACES = 10;

/**
 * What was destroyed for whom. Entering the same again changes nothing, so steps may be repeated.
 *
 * Errors: `unavailable` (retryable) when NATS does not answer.
 */
export class Receipts {
  private constructor(private readonly bucket: KV) {}

  static async open(connection: NatsConnection): Promise<Receipts> {
    return new Receipts(await new Kvm(connection).create(RECEIPTS_BUCKET, { history: 1, storage: StorageType.File }));
  }

  async find(id: string): Promise<Receipt | null> {
    return (await this.read(id))?.receipt ?? null;
  }

  /** Begins a receipt. One that is there already stays as it is. */
  async begin(receipt: Pick<Receipt, 'id' | 'user_id' | 'image_id' | 'created_at'>): Promise<void> {
    const destroyed = { assets: [], blobs: [], events: [], dead_letters: [] };
    const begun: Receipt = { ...receipt, state: 'under_way', destroyed, finished_at: null };
    await guard(this.bucket.create(receipt.id, JSON.stringify(begun)));
  }

  /** Adds what was destroyed. */
  enter(id: string, destroyed: Partial<Receipt['destroyed']>): Promise<void> {
    return this.amend(id, (receipt) => {
      const { assets, blobs, events, dead_letters } = receipt.destroyed;
      return {
        ...receipt,
        destroyed: {
          assets: together(assets, destroyed.assets),
          blobs: together(blobs, destroyed.blobs),
          events: together(events, destroyed.events),
          dead_letters: together(dead_letters, destroyed.dead_letters),
        },
      };
    });
  }

  /** Nothing more is to be destroyed. */
  finish(id: string, at: string): Promise<void> {
    return this.amend(id, (receipt) => (receipt.state === 'done' ? receipt : { ...receipt, state: 'done', finished_at: at }));
  }

  private async amend(id: string, amend: (receipt: Receipt) => Receipt): Promise<void> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const found = await this.read(id);
      // nobody asked for one
      if (!found || (await guard(this.bucket.update(id, JSON.stringify(amend(found.receipt)), found.revision)))) {
        return;
      }
    }
    throw unavailable(new Error(`receipt ${id} is written to by too many at once`));
  }

  private async read(id: string): Promise<{ receipt: Receipt; revision: number } | null> {
    const entry = await this.bucket.get(id).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    return entry?.operation === 'PUT' ? { receipt: Receipt.parse(entry.json()), revision: entry.revision } : null;
  }
}

const together = <T>(known: readonly T[], more: readonly T[] = []): T[] => [...new Set([...known, ...more])];

/** @returns false when somebody else was faster */
async function guard(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (cause) {
    if (isWrongRevision(cause)) {
      return false;
    }
    throw unavailable(cause);
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'Receipts cannot be reached at the moment.', { retryable: true, cause });
