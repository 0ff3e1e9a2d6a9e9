import { randomUUID } from 'node:crypto';
import { DEADLETTERS_STREAM, deadLetterSubject, IMAGES_STREAM } from '@facet/contracts';
import { readStream } from '@facet/messaging';
import { anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../images/image-record.projection';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { tombstoneOf } from '../images/tombstone.projection';
import { UserEvents } from './user-events';
import { UsersController } from './users.controller';

/** More than are looked at in one step. */
const OTHERS = 5_100;

describe('UserEvents', () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  let nats: ProvisionedNats;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
  }, 60_000);

  afterAll(() => nats.stop());

  const publish = async (subject: string, user_id: string): Promise<number> =>
    (await jetstream(connection).publish(subject, JSON.stringify({ user_id }))).seq;

  const positionsOf = async (stream: string, user: string): Promise<number[]> => {
    const found: number[] = [];
    for await (const message of readStream(jetstream(connection), { stream, from: 1 })) {
      if (message.string().includes(user)) {
        found.push(message.seq);
      }
    }
    return found;
  };

  const nothingLost = (): Promise<boolean> => Promise.resolve(false);

  it('erases all but what ends a purge and stored pictures that cannot be read, a part of the log at a time, and nothing of others', async () => {
    await publish('image.requested', ann);
    const unreadable = await publish('image.stored', ann);
    await publish('image.failed', ann);
    for (let sent = 0; sent < OTHERS; sent += 300) {
      await Promise.all(Array.from({ length: 300 }, () => publish('image.requested', bob)));
    }
    await jetstream(connection).publish('image.requested', 'not JSON');
    await publish('image.purging', ann);
    const purged = await publish('image.purged', ann);
    const others = await positionsOf(IMAGES_STREAM, bob);

    const log = new UserEvents(connection);
    const first = await log.eraseSome(ann, 1, nothingLost);
    expect(first).toEqual({ events: 2, next: 5_001 });
    const second = await log.eraseSome(ann, first.next ?? 0, nothingLost);
    expect(second).toEqual({ events: 1, next: null });
    expect(await log.eraseSome(ann, 5_001, nothingLost)).toEqual({ events: 0, next: null });
    expect(await positionsOf(IMAGES_STREAM, ann)).toEqual([unreadable, purged]);
    expect(await positionsOf(IMAGES_STREAM, bob)).toEqual(others);
  });

  it('erases dead letters', async () => {
    await publish(deadLetterSubject('image.requested'), ann);
    await publish(deadLetterSubject('image.purging'), ann);
    const ofBob = await publish(deadLetterSubject('image.requested'), bob);
    const log = new UserEvents(connection);
    expect(await log.eraseLetters(ann)).toBe(2);
    expect(await log.eraseLetters(ann)).toBe(0);
    expect(await positionsOf(DEADLETTERS_STREAM, ann)).toEqual([]);
    expect(await positionsOf(DEADLETTERS_STREAM, bob)).toEqual([ofBob]);
  });

  it('a picture that the catalog had given up is entered, to be purged as all others before its user is forgotten', async () => {
    const cat = randomUUID();
    const event = anImageStored({ user_id: cat });
    const { seq } = await jetstream(connection).publish('image.stored', JSON.stringify(event));
    const images = new ReplayedImageRepository();
    const users = new UsersController(images, new UserEvents(connection));
    await publish('image.failed', cat);
    // from there it goes on when that picture is purged
    expect(await users.forget({ user_id: cat, from: seq })).toEqual({ forgotten: false, next: seq, events: 0, dead_letters: 0 });
    const record = recordOf(event, seq);
    expect((await images.list({ user_id: cat, limit: 10 })).images.map(({ id }) => id)).toEqual([record.id]);
    await images.applyPurged(tombstoneOf(record, '2026-11-25T10:00:00.000Z'));
    expect(await users.forget({ user_id: cat, from: seq })).toMatchObject({ forgotten: true, events: 2 });
    expect(await positionsOf(IMAGES_STREAM, cat)).toEqual([]);
  });

  it('nothing is erased while a picture is being purged: its purge reads the log', async () => {
    const dan = randomUUID();
    const event = anImageStored({ user_id: dan });
    const { seq } = await jetstream(connection).publish('image.stored', JSON.stringify(event));
    const [images, record] = [new ReplayedImageRepository(), recordOf(event, seq)];
    await images.insert(record);
    await images.applyPurging(event, '2026-11-25T10:00:00.000Z');
    const users = new UsersController(images, new UserEvents(connection));
    expect(await users.forget({ user_id: dan, from: 1 })).toEqual({ forgotten: false, next: null, events: 0, dead_letters: 0 });
    expect(await positionsOf(IMAGES_STREAM, dan)).toEqual([seq]);
    await images.applyPurged(tombstoneOf(record, '2026-11-25T10:00:00.000Z'));
    expect(await users.forget({ user_id: dan, from: seq })).toMatchObject({ forgotten: true, events: 1 });
  });
});
