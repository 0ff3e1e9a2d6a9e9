import type { Connection } from 'mongoose';
import { Pool } from 'undici';
import { LISTED_PROJECTION } from '../../apps/catalog/src/images/image-document.mapper';
import { totalOfUser } from '../../apps/catalog/src/tallies/total-of-user';
import type { FacetOnMongo } from './facet-on-mongo';
import type { Load } from './load';
import { median, throughput } from './timing';

const CONCURRENCY = 32;
const TURNS = 7;
const TURN_MS = 3_000;
const LIMIT = 20;
const WARM_UP_ROUNDS = 10;

/** What is measured on both ways, in lists a second. */
interface ListRates {
  gateway: number;
  driver: number;
  /** lists over HTTP that were answered with 503, as the machine was too busy; they are not among the others */
  unanswered: number;
}

/**
 * First pages of random users: over HTTP by the real processes, and by the driver alone, which asks what the catalog asks (a page
 * and the total) and does nothing with it. In turns; medians.
 */
export async function measureGatewayList(facet: FacetOnMongo, database: Connection, { users }: Load): Promise<ListRates> {
  const client = new Pool(facet.url, { connections: CONCURRENCY });
  try {
    const tokens = await Promise.all(users.map((user) => facet.tokenOf(user)));
    let unanswered = 0;
    const overHttp = async (): Promise<boolean> => {
      const token = tokens[Math.floor(Math.random() * tokens.length)] ?? '';
      const path = `/imgbackendapp/user-images?limit=${LIMIT}`;
      const { statusCode, body } = await client.request({ path, method: 'GET', headers: { authorization: `Bearer ${token}` } });
      const text = await body.text();
      if (statusCode !== 200 && statusCode !== 503) {
        throw new Error(`answered ${statusCode}: ${text}`);
      }
      unanswered += statusCode === 503 ? 1 : 0;
      return statusCode === 200;
    };
    const byDriver = async (): Promise<boolean> => {
      const user_id = users[Math.floor(Math.random() * users.length)] ?? '';
      const page = database
        .collection('images')
        .find({ user_id, listed: true }, { projection: LISTED_PROJECTION })
        .sort({ created_at: -1, _id: -1 })
        .limit(LIMIT + 1)
        .hint('list_by_time');
      const total = database.collection('tallies').aggregate(totalOfUser(user_id));
      await Promise.all([page.toArray(), total.toArray()]);
      return true;
    };
    // a connection is slow at first: each of both pools has been used by then
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
      await Promise.all(Array.from({ length: CONCURRENCY }, byDriver));
      await Promise.all(Array.from({ length: CONCURRENCY }, overHttp));
    }
    unanswered = 0;
    const [gateway, driver]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < TURNS; turn += 1) {
      driver.push(await throughput(byDriver, CONCURRENCY, TURN_MS));
      gateway.push(await throughput(overHttp, CONCURRENCY, TURN_MS));
    }
    return { gateway: median(gateway), driver: median(driver), unanswered };
  } finally {
    await client.close();
  }
}
