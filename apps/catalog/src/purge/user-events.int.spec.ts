import { randomUUID } from 'node:crypto';
import { DEADLETTERS_STREAM, deadLetterSubject, IMAGES_STREAM } from '@facet/contracts';
import { connectNats, provisionNats, readStream } from '@facet/messaging';
import { anImageStored, startNats, type RunningNats } from '@facet/testing';
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
  let nats: RunningNats;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'test');
    await provisionNats(connection);
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

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

  it('erases what requests have left, a part of the log at a time, and nothing else', async () => {
    await publish('image.requested', ann);
    const stored = await publish('image.stored', ann);
    await publish('image.failed', ann);
    for (let sent = 0; sent < OTHERS; sent += 300) {
      await Promise.all(Array.from({ length: 300 }, () => publish('image.requested', bob)));
    }
    await jetstream(connection).publish('image.requested', 'not JSON');
    await publish('image.generated', ann);
    const purged = await publish('image.purged', ann);
    const others = await positionsOf(IMAGES_STREAM, bob);

    const log = new UserEvents(connection);
    const first = await log.eraseSome(ann, 1);
    expect(first).toEqual({ events: 2, pictures: [], next: 5_001 });
    const second = await log.eraseSome(ann, first.next ?? 0);
    expect(second).toEqual({ events: 1, pictures: [], next: null });
    expect(await log.eraseSome(ann, 5_001)).toEqual({ events: 0, pictures: [], next: null });
    expect(await positionsOf(IMAGES_STREAM, ann)).toEqual([stored, purged]);
    expect(await positionsOf(IMAGES_STREAM, bob)).toEqual(others);
  });

  it('erases the dead letters of requests', async () => {
    await publish(deadLetterSubject('image.requested'), ann);
    const purging = await publish(deadLetterSubject('image.purging'), ann);
    const ofBob = await publish(deadLetterSubject('image.requested'), bob);
    const log = new UserEvents(connection);
    expect(await log.eraseLetters(ann)).toBe(1);
    expect(await log.eraseLetters(ann)).toBe(0);
    expect(await positionsOf(DEADLETTERS_STREAM, ann)).toEqual([purging]);
    expect(await positionsOf(DEADLETTERS_STREAM, bob)).toEqual([ofBob]);
  });

  it('a picture that the catalog had given up is entered, to be purged as all others before its user is forgotten', async () => {
    const cat = randomUUID();
    const event = anImageStored({ user_id: cat });
    const { seq } = await jetstream(connection).publish('image.stored', JSON.stringify(event));
    const images = new ReplayedImageRepository();
    const users = new UsersController(images, new UserEvents(connection));
    expect(await users.forget({ user_id: cat, from: seq })).toMatchObject({ forgotten: false, next: null });
    const record = recordOf(event, seq);
    expect((await images.list({ user_id: cat, limit: 10 })).images.map(({ id }) => id)).toEqual([record.id]);
    await images.applyPurged(tombstoneOf(record, '2026-11-25T10:00:00.000Z'));
    expect(await users.forget({ user_id: cat, from: seq })).toMatchObject({ forgotten: true });
  });
});
