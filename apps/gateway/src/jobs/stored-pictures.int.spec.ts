import { IMAGES_STREAM, type Job } from '@facet/contracts';
import { EventPublisher, firstSequenceOf, JobStore, readStream } from '@facet/messaging';
import { aJob, anImageStored, answerQuery, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import type { INestApplicationContext } from '@nestjs/common';
import { startGateway } from '../testing/start-gateway';
import { JobSubmission } from './job-submission';

const GIVEN_UP = { stage: 'catalog', code: 'internal', message: 'The catalog could not do this.', retryable: true } as const;

describe('the repeat of a job that the catalog gave up', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;
  let events: EventPublisher;
  let gateway: INestApplicationContext;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
    events = new EventPublisher(jetstream(nats.connection));
    const err = { code: 'image_not_found', message: 'There is no such picture.', retryable: false };
    void answerQuery(nats.connection, 'catalog.image.get', () => ({ err }));
    gateway = await startGateway(nats.url);
  }, 60_000);

  afterAll(async () => {
    await gateway.close();
    await nats.stop();
  });

  const jobWith = async (change: Partial<Job>): Promise<string> => {
    const job = aJob({ created_at: new Date().toISOString(), ...change });
    await jobs.create(job);
    return job.id;
  };
  const givenUp = () => jobWith({ state: 'failed', stored: true, error: GIVEN_UP });
  /** Whether its request needs nothing more when it comes again. */
  const isUnderWay = async (id: string): Promise<boolean> => {
    const { user_id, fingerprint } = (await jobs.find(id))?.job ?? aJob();
    return gateway.get(JobSubmission).isUnderWay(id, user_id, { fingerprint, keyed: true });
  };
  const logOf = async (id: string): Promise<JsMsg[]> => {
    const messages: JsMsg[] = [];
    for await (const message of readStream(jetstream(nats.connection), { stream: IMAGES_STREAM, from: 1 })) {
      if (message.json<{ image_id: string }>().image_id === id) {
        messages.push(message);
      }
    }
    return messages;
  };

  it('begins at the catalog alone, by the event that was first', async () => {
    const id = await givenUp();
    const event = anImageStored({ image_id: id });
    const first = await events.publish('image.stored', event);
    await events.publish('image.stored', { ...event, prompt: 'Another one', reopened: 4 });
    expect(await isUnderWay(id)).toBe(true);
    expect((await jobs.find(id))?.job).toMatchObject({ state: 'queued', reopened: 1, error: null });
    const [, , again] = await logOf(id);
    expect([again?.subject, again && firstSequenceOf(again)]).toEqual(['image.stored', first]);
    expect(again?.json()).toEqual({ ...event, reopened: 1 });
  });

  it('is one event, however often it is asked for, also when the one who reopened the job came no further', async () => {
    const id = await givenUp();
    await events.publish('image.stored', anImageStored({ image_id: id }));
    expect(await Promise.all([isUnderWay(id), isUnderWay(id), isUnderWay(id)])).toEqual([true, true, true]);
    expect(await isUnderWay(id)).toBe(true);
    expect([(await jobs.find(id))?.job.reopened, (await logOf(id)).length]).toEqual([1, 2]);
  });

  it.each([
    ['its picture was never stored', false, {}],
    ['the log has lost its event', true, {}],
    ['another picture was stored', true, { image_id: anImageStored().image_id }],
  ])('changes nothing when %s', async (_, isStored, other) => {
    const id = await jobWith({ state: 'failed', stored: isStored, error: GIVEN_UP });
    await events.publish('image.stored', anImageStored(other));
    const before = await jobs.find(id);
    expect(await isUnderWay(id)).toBe(false);
    expect([await jobs.find(id), await logOf(id)]).toEqual([before, []]);
  });
});
