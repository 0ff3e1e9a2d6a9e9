import { imageIdOfKey } from '../../../apps/gateway/src/images/image-ids';
import { waitFor } from '@facet/testing';
import pLimit from 'p-limit';
import { aPhoto, kindOf, type Client, type Outcome } from './workload';

/** Requests at the same moment. */
const CONCURRENCY = 8;

/** Longest wait for one job's end, in ms, once nothing holds it up. */
const PATIENCE_MS = 600_000;

interface Order {
  client: Client;
  imageId: string;
}

/** Jobs that were accepted while nobody was there to do them. */
export class Backlog {
  private constructor(private readonly orders: readonly Order[]) {}

  static async order(clients: readonly Client[], count: number): Promise<Backlog> {
    const photo = await aPhoto();
    const limit = pLimit(CONCURRENCY);
    const orders = Array.from({ length: count }, (_, n) =>
      limit(async (): Promise<Order[]> => {
        const client = clients[n % clients.length];
        if (!client) {
          return [];
        }
        const key = `backlog-${n}`;
        const headers = { 'idempotency-key': key, prefer: 'respond-async' };
        const ask = async (): Promise<boolean> => (await client.api.upload('/imgbackendapp/', 'image', photo, headers)).status === 202;
        await waitFor(ask, { timeoutMs: 60_000, intervalMs: 250, what: key });
        return [{ client, imageId: imageIdOfKey(client.userId, key) }];
      }),
    );
    return new Backlog((await Promise.all(orders)).flat());
  }

  /** What became of all of them. */
  async ended(): Promise<Outcome[]> {
    const limit = pLimit(CONCURRENCY);
    return Promise.all(this.orders.map((order) => limit(() => endOf(order))));
  }
}

async function endOf({ client, imageId }: Order): Promise<Outcome> {
  return waitFor(
    async () => {
      const answer = await client.api.get(`/jobs/${imageId}`);
      const kind = kindOf(answer);
      return kind === 'again' ? null : { imageId, kind, troubles: 0, detail: JSON.stringify(answer.body) };
    },
    { timeoutMs: PATIENCE_MS, intervalMs: 250, what: `the end of ${imageId}` },
  );
}
