import type { INestApplication, Type } from '@nestjs/common';
import { DEADLETTERS_STREAM, deadLetterSubject, IMAGES_STREAM, ImageFailed, ImageRequested } from '@facet/contracts';
import { FacetError, Readiness } from '@facet/platform';
import { aDoor, aJobOf, anImageStored, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager, type ConsumerInfo, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { JobStore } from '../jobs/job-store';
import { EventPublisher } from './event-publisher';
import { maxDeliveries } from './settlement';
import {
  A_MINUTE_MS,
  behaviours,
  deliveries,
  GeneratedController,
  HANDLER_TIMEOUT_MS,
  PatientController,
  RequestedController,
  startGeneration,
  type Behaviour,
} from './testing/generation-app';

const SUBJECT = 'image.requested';

let nats: ProvisionedNats;
let connection: NatsConnection;
let manager: JetStreamManager;
let jobs: JobStore;
let publisher: EventPublisher;
let app: INestApplication;

/** A job, and the event that asks for its picture. */
async function aQueuedJob(): Promise<ImageRequested> {
  const event = ImageRequested.parse(anImageStored());
  await jobs.create(aJobOf(event));
  return event;
}

/** A job on its way, and what the handler will do with it. */
async function request(behaviour?: Behaviour): Promise<ImageRequested> {
  const event = await aQueuedJob();
  if (behaviour) {
    behaviours.set(event.image_id, behaviour);
  }
  await publisher.publish(SUBJECT, event);
  return event;
}

const deliveriesOf = ({ image_id: id }: ImageRequested) => deliveries.filter((delivery) => delivery.id === id);
const consumer = (): Promise<ConsumerInfo> => manager.consumers.info(IMAGES_STREAM, 'generation');
const settled = () =>
  waitFor(
    async () => {
      const { num_pending, num_ack_pending } = await consumer();
      return num_pending + num_ack_pending === 0;
    },
    { what: 'all events to be settled' },
  );
const lastOf = (stream: string, subject: string): Promise<StoredMsg | null> =>
  manager.streams.getMessage(stream, { last_by_subj: subject }).catch(() => null);
const lastDeadLetter = () => lastOf(DEADLETTERS_STREAM, deadLetterSubject(SUBJECT));
const deadLetters = async (): Promise<number> => (await manager.streams.info(DEADLETTERS_STREAM)).state.messages;

beforeAll(async () => {
  nats = await startProvisionedNats();
  ({ connection } = nats);
  manager = await jetstreamManager(connection);
  jobs = await JobStore.open(connection);
  publisher = new EventPublisher(jetstream(connection));
  app = await startGeneration(nats.url);
}, 60_000);

afterAll(async () => {
  await app.close();
  await nats.stop();
}, 20_000);

describe('a handled event', () => {
  it('is handled once, with its position in the log, and acknowledged', async () => {
    const event = await request();
    await settled();
    const [delivery] = deliveriesOf(event);
    expect(deliveriesOf(event)).toHaveLength(1);
    expect(delivery).toMatchObject({ attempt: 1, sequence: (await lastOf(IMAGES_STREAM, SUBJECT))?.seq });
    expect(await deadLetters()).toBe(0);
  });

  it('that is published twice is handled once', async () => {
    const event = await request();
    await publisher.publish(SUBJECT, event);
    await settled();
    expect(deliveriesOf(event)).toHaveLength(1);
  });
});

describe('a failed event', () => {
  it('comes again after a second when trying again may help', async () => {
    const event = await request((_event, { attempt }) => {
      if (attempt === 1) {
        throw new FacetError('unavailable', 'away', { retryable: true });
      }
    });
    await settled();
    const [first, second, ...more] = deliveriesOf(event);
    expect([first?.attempt, second?.attempt, more]).toEqual([1, 2, []]);
    const waited = (second?.at ?? 0) - (first?.at ?? 0);
    expect(waited).toBeGreaterThanOrEqual(950);
    // the next delay is 5 s
    expect(waited).toBeLessThan(5_000);
    expect(await deadLetters()).toBe(0);
  });

  it('comes again when the handler took longer than it may, and the handler is told', async () => {
    let told = false;
    const event = await request(async (_event, { attempt, signal }) => {
      if (attempt === 1) {
        signal.addEventListener('abort', () => (told = true));
        await new Promise(() => undefined);
      }
    });
    await settled();
    expect([deliveriesOf(event).map(({ attempt }) => attempt), told]).toEqual([[1, 2], true]);
  });

  it('is kept apart with the reason, and its job ends, when trying again cannot help', async () => {
    const event = await request(() => {
      throw new FacetError('model_failed', 'There is no model\nof that name.');
    });
    await settled();
    expect(deliveriesOf(event)).toHaveLength(1);
    const letter = await lastDeadLetter();
    expect(letter?.json()).toEqual(event);
    const header = (name: string): string | undefined => letter?.header.get(name);
    expect({ stage: header('facet-stage'), code: header('facet-code'), reason: header('facet-reason') }).toEqual({
      stage: 'generation',
      code: 'model_failed',
      reason: 'There is no model of that name.',
    });
    expect([header('facet-attempts'), header('facet-sequence')]).toEqual(['1', String(deliveriesOf(event)[0]?.sequence)]);
    const error = { stage: 'generation', code: 'model_failed', message: 'There is no model\nof that name.', retryable: false };
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'failed', error });
    const failed = ImageFailed.parse((await lastOf(IMAGES_STREAM, 'image.failed'))?.json());
    expect(failed).toMatchObject({ image_id: event.image_id, stage: 'generation', code: 'model_failed', refused: false });
  });

  it('ends its job as refused, without a dead letter, when the model refused', async () => {
    const before = await deadLetters();
    const event = await request(() => {
      throw new FacetError('refused', 'The model refused.', { retryable: true });
    });
    await settled();
    expect(deliveriesOf(event)).toHaveLength(1);
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'refused', error: { code: 'refused' } });
    expect((await lastOf(IMAGES_STREAM, 'image.failed'))?.json()).toMatchObject({ image_id: event.image_id, refused: true });
    expect(await deadLetters()).toBe(before);
  });
});

describe('an event that is given up after its job was begun anew', () => {
  it('leaves the job to the event of that attempt, whose failure ends it', async () => {
    const away = { stage: 'gateway', code: 'unavailable', message: 'Not finished in time.', retryable: true } as const;
    const failedBefore = (await lastOf(IMAGES_STREAM, 'image.failed'))?.seq;
    const event = await request(async ({ image_id: id, reopened }) => {
      if (reopened === 0) {
        await jobs.move(id, 'failed', { error: away });
        const known = await jobs.find(id);
        expect(known && (await jobs.reopen(known))).toBe(true);
      }
      throw new FacetError('model_failed', 'There is no such model.');
    });
    await settled();
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'queued', reopened: 1, error: null });
    expect((await lastOf(IMAGES_STREAM, 'image.failed'))?.seq).toBe(failedBefore);
    await publisher.publish(SUBJECT, { ...event, reopened: 1 });
    await settled();
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'failed', error: { code: 'model_failed' } });
    expect((await lastOf(IMAGES_STREAM, 'image.failed'))?.json()).toMatchObject({ image_id: event.image_id });
  });
});

describe('an event that nobody lived to settle', () => {
  it('is given up after so many deliveries, without a further try', async () => {
    await app.close();
    const event = await request();
    const pulled = await jetstream(connection).consumers.get(IMAGES_STREAM, 'generation');
    for (let n = 0; n < maxDeliveries(A_MINUTE_MS); n += 1) {
      (await pulled.next())?.nak();
    }
    app = await startGeneration(nats.url);
    await settled();
    expect(deliveriesOf(event)).toEqual([]);
    expect((await lastDeadLetter())?.json()).toEqual(event);
    expect((await jobs.find(event.image_id))?.job.state).toBe('failed');
  });
});

describe('a malformed event', () => {
  it('is kept apart and ends its job, without a handler seeing it', async () => {
    const { image_id, user_id, request_id } = await aQueuedJob();
    await jetstream(connection).publish(SUBJECT, JSON.stringify({ image_id, user_id, request_id, type: 'painting' }));
    await settled();
    expect(deliveries.some(({ id }) => id === image_id)).toBe(false);
    expect((await lastDeadLetter())?.json()).toMatchObject({ image_id, type: 'painting' });
    expect((await jobs.find(image_id))?.job).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect((await lastOf(IMAGES_STREAM, 'image.failed'))?.json()).toMatchObject({ image_id, code: 'internal' });
  });

  it('is kept apart even when it is not JSON and names no job', async () => {
    const [before, started] = [await deadLetters(), deliveries.length];
    await jetstream(connection).publish(SUBJECT, 'nonsense');
    await settled();
    expect((await lastDeadLetter())?.string()).toBe('nonsense');
    expect([await deadLetters(), deliveries.length]).toEqual([before + 1, started]);
  });
});

describe('at a concurrency of one', () => {
  it('eight events are handled one by one, and none waits in the client', async () => {
    const first = aDoor();
    const running = { now: 0, most: 0 };
    const behaviour: Behaviour = async () => {
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await first.opened;
      running.now -= 1;
    };
    const events = [];
    for (let n = 0; n < 8; n += 1) {
      events.push(await request(behaviour));
    }
    await waitFor(() => running.now === 1, { what: 'the first handler to run' });
    expect(await consumer()).toMatchObject({ num_ack_pending: 1, num_pending: 7 });
    first.open();
    await settled();
    expect(events.map((event) => deliveriesOf(event).map(({ attempt }) => attempt))).toEqual(events.map(() => [1]));
    expect(running).toEqual({ now: 0, most: 1 });
  });
});

describe('a log that is deleted while its events are worked on', () => {
  it('is made anew by the worker whose acknowledgement nobody takes: a pull would go unanswered for 3 s', async () => {
    const deleted = aDoor();
    const lost = await request(async () => {
      await manager.streams.delete(IMAGES_STREAM);
      deleted.open();
    });
    await deleted.opened;
    await waitFor(() => consumer().catch(() => null), { timeoutMs: 2_000, what: 'the consumer' });
    const next = await request();
    await settled();
    expect([deliveriesOf(lost), deliveriesOf(next)].map((all) => all.length)).toEqual([1, 1]);
  });
});

describe('a stop', () => {
  it('waits for the running handler and takes no further event; the next start does', async () => {
    const handler = aDoor();
    const order: string[] = [];
    const running = await request(async () => {
      await handler.opened;
      order.push('handled');
    });
    const waiting = await request();
    await waitFor(() => deliveriesOf(running).length === 1);
    const closing = app.close().then(() => order.push('closed'));
    const readiness = app.get(Readiness);
    await waitFor(() => readiness.all().some(({ name }) => name === 'shutdown'), { what: 'the stop to begin' });
    await connection.rtt();
    expect(order).toEqual([]);
    handler.open();
    await closing;
    expect(order).toEqual(['handled', 'closed']);
    expect(await consumer()).toMatchObject({ num_ack_pending: 0, num_pending: 1 });
    expect(deliveriesOf(waiting)).toEqual([]);
    app = await startGeneration(nats.url);
    await settled();
    expect([deliveriesOf(running), deliveriesOf(waiting)].map((all) => all.length)).toEqual([1, 1]);
  });
});

describe('a start', () => {
  it('heeds a handler that says itself how long it may take', async () => {
    await app.close();
    app = await startGeneration(nats.url, [PatientController]);
    const event = await request(() => new Promise((resolve) => setTimeout(resolve, HANDLER_TIMEOUT_MS + 200)));
    await settled();
    expect(deliveriesOf(event)).toHaveLength(1);
  });

  it.each<[string, Type[], string]>([
    ['without the handler that the service owes', [], 'generation must handle image.requested, and handles nothing.'],
    ["with another service's", [GeneratedController], 'generation must handle image.requested, and handles image.generated.'],
    ['with one too many', [RequestedController, GeneratedController], 'handles image.requested, image.generated.'],
  ])('%s is refused', async (_what, controllers, reason) => {
    await expect(startGeneration(nats.url, controllers)).rejects.toThrow(reason);
  });
});
