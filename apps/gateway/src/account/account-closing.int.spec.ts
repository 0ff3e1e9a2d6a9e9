import { ExpiredQuery, IMAGES_STREAM, ImagePurging, purgeReceiptId, type ForgetUserResponse } from '@facet/contracts';
import { readStream, Receipts } from '@facet/messaging';
import { anImageRecord, answerQuery, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { INestApplicationContext } from '@nestjs/common';
import { startGateway } from '../testing/start-gateway';
import { AccountService } from './account.service';

const ANN = { id: 'ann', email: 'ann@example.com' };
const NOTHING_LISTED = { total: 0, has_more: false, last: null };

let nats: ProvisionedNats;
let gateway: INestApplicationContext;

/** What the catalog holds of deleted pictures, and will say of what it has forgotten. */
let deleted: { id: string; user_id: string; deleted_at: string; deletion: number }[];
let forgets: ForgetUserResponse[];

async function answerEmptyLists(): Promise<void> {
  for await (const message of nats.connection.subscribe('catalog.image.list')) {
    const about = headers();
    about.set('x-passage-id', message.json<{ id: string }>().id);
    about.set('x-passage-number', '0');
    about.set('x-passage-facts', JSON.stringify(NOTHING_LISTED));
    about.set('x-passage-last', '1');
    message.respond('[]', { headers: about });
  }
}

async function purgings(): Promise<ImagePurging[]> {
  const events: ImagePurging[] = [];
  for await (const message of readStream(jetstream(nats.connection), { stream: IMAGES_STREAM, from: 1, subject: 'image.purging' })) {
    events.push(ImagePurging.parse(message.json()));
  }
  return events;
}

beforeAll(async () => {
  nats = await startProvisionedNats();
  void answerEmptyLists();
  void answerQuery(nats.connection, 'catalog.image.expired', (data) => {
    const { deleted_before } = ExpiredQuery.parse(data);
    return { response: { images: deleted.filter((image) => image.deleted_at < deleted_before) } };
  });
  void answerQuery(nats.connection, 'catalog.user.forget', () => ({ response: forgets.shift() }));
  gateway = await startGateway(nats.url, { ACCOUNT_SWEEP_SECONDS: '1' });
}, 60_000);

afterAll(async () => {
  await gateway.close();
  await nats.stop();
});

describe('the deletion of an account', () => {
  it('asks for all pictures, by whatever clock they were deleted, and has on its receipt all that went', async () => {
    const { id } = anImageRecord();
    const aheadOfUs = new Date(Date.now() + 3_600_000).toISOString();
    deleted = [{ id, user_id: ANN.id, deleted_at: aheadOfUs, deletion: 7 }];
    // at the end of the log, and yet something is waited for
    forgets = [
      { events: 3, dead_letters: 0, next: 5_001, forgotten: false },
      { events: 4, dead_letters: 1, next: null, forgotten: false },
      { events: 0, dead_letters: 0, next: null, forgotten: true },
    ];
    const accounts = gateway.get(AccountService);
    const { id: receiptId } = await accounts.close(ANN);
    const [purging] = await waitFor(async () => ((await purgings()).length > 0 ? purgings() : null), { what: 'the purge' });
    expect(purging).toMatchObject({ image_id: id, user_id: ANN.id, of_account: true });
    deleted = [];
    const receipts = await Receipts.open(nats.connection);
    await receipts.enter(purgeReceiptId(id), { assets: ['a.jpg', 'b.jpg'] });
    await receipts.finish(purgeReceiptId(id), aheadOfUs);
    const receipt = await waitFor(
      async () => {
        const found = await accounts.receipt(receiptId);
        return found.state === 'done' ? found : null;
      },
      { timeoutMs: 20_000, what: 'the account to be deleted' },
    );
    expect(receipt.destroyed).toEqual({ images: 1, assets: 2, blobs: 0, events: 7, dead_letters: 1 });
  }, 40_000);
});
