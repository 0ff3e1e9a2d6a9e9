import { Receipt, RECEIPTS_BUCKET } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import type { NatsConnection } from '@nats-io/transport-node';
import { ensureBucket } from '../buckets/ensure-bucket';
import { JsonBucket } from '../buckets/json-bucket';

/** Lost races before an entry gives up. Two services write to one receipt. */
const MAX_RACES = 10;

/**
 * What was destroyed for whom. Entering the same again changes nothing, so steps may be repeated.
 *
 * Errors: `unavailable` (retryable) when NATS does not answer.
 */
export class Receipts {
  private constructor(private readonly receipts: JsonBucket<Receipt>) {}

  static async open(connection: NatsConnection): Promise<Receipts> {
    return new Receipts(new JsonBucket(await ensureBucket(connection, RECEIPTS_BUCKET), Receipt, 'Receipts'));
  }

  async find(id: string): Promise<Receipt | null> {
    return (await this.receipts.find(id))?.value ?? null;
  }

  /** Begins a receipt. One that is there already stays as it is. */
  async begin(receipt: Pick<Receipt, 'id' | 'user_id' | 'image_id' | 'created_at'>): Promise<void> {
    const destroyed = { assets: [], blobs: [], events: [], dead_letters: [] };
    await this.receipts.create(receipt.id, { ...receipt, state: 'under_way', destroyed, finished_at: null });
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
      const found = await this.receipts.find(id);
      // nobody asked for one
      if (!found || (await this.receipts.replace(id, amend(found.value), found.revision))) {
        return;
      }
    }
    throw new FacetError('unavailable', `Receipt ${id} is written to by too many at once.`, { retryable: true });
  }
}

const together = <T>(known: readonly T[], more: readonly T[] = []): T[] => [...new Set([...known, ...more])];
