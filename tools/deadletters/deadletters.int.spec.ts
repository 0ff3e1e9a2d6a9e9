import { tmpdir } from 'node:os';
import {
  DEADLETTERS_STREAM,
  deadLetterSubject,
  IMAGES_STREAM,
  ImageRequested,
  JOBS_BUCKET,
  jobHintSubject,
  type Job,
} from '@facet/contracts';
import { connectNats, EventPublisher, JobStore, provisionNats, publishAgain, readStream } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { aJobOf, anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { runBuiltTool, type ToolRun } from '../testing/run-built-tool';
import { deadLettersTool } from './dead-letters-tool';
import { FaultyGeneration } from './testing/faulty-generation';

const SUBJECT = 'image.requested';
const generation = new FaultyGeneration();

let nats: RunningNats;
let connection: NatsConnection;
let manager: JetStreamManager;
let jobs: JobStore;

async function run(...args: string[]): Promise<ToolRun> {
  const [out, err]: [string[], string[]] = [[], []];
  const say = (line: string) => out.push(line);
  const complain = (line: string) => err.push(line);
  // a folder without .env
  const call = { root: __dirname, args: args.includes('--nats') ? args : [...args, '--nats', nats.url], environment: {}, say, complain };
  const code = await deadLettersTool(call);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A job whose event was given up, and its letter. */
interface GivenUp {
  event: ImageRequested;
  letter: number;
}

const lastLetter = async (): Promise<number> => (await manager.streams.info(DEADLETTERS_STREAM)).state.last_seq;
const letters = async (): Promise<number> => (await manager.streams.info(DEADLETTERS_STREAM)).state.messages;
const modelIsGone = (): never => {
  throw new FacetError('model_failed', 'There is no model\nof that name.');
};

async function givenUp(behaviour: () => void = modelIsGone): Promise<GivenUp> {
  const event = ImageRequested.parse(anImageStored());
  await jobs.create(aJobOf(event));
  generation.behaviours.set(event.image_id, behaviour);
  await new EventPublisher(jetstream(connection)).publish(SUBJECT, event);
  await generation.settled(connection);
  generation.behaviours.delete(event.image_id);
  return { event, letter: await lastLetter() };
}

async function jobOf({ image_id }: ImageRequested): Promise<Job | undefined> {
  return (await jobs.find(image_id))?.job;
}

/** Begins a failed job anew and takes it to a state, as its stages would. */
async function asIf({ image_id }: ImageRequested, state: Job['state']): Promise<void> {
  const known = await jobs.find(image_id);
  expect(known && (await jobs.reopen(known))).toBe(true);
  expect(await jobs.move(image_id, state)).toBe(true);
}

/** How often the picture was asked for, by the event log. */
async function requestsOf({ image_id }: ImageRequested): Promise<number> {
  let requests = 0;
  for await (const message of readStream(jetstream(connection), { stream: IMAGES_STREAM, from: 1 })) {
    requests += message.subject === SUBJECT && message.string().includes(image_id) ? 1 : 0;
  }
  return requests;
}

const timesHandled = ({ image_id }: ImageRequested): number => generation.handled.filter(({ imageId }) => imageId === image_id).length;

beforeAll(async () => {
  nats = await startNats();
  connection = await connectNats(nats.url, 'test');
  manager = await jetstreamManager(connection);
}, 60_000);

afterAll(async () => {
  await generation.stop();
  await connection.close();
  await nats.stop();
}, 20_000);

it('says when no Facet has run on this NATS', async () => {
  expect(await run('list')).toEqual({ code: 1, out: '', err: 'This NATS has no stream DEADLETTERS: no Facet has run on it yet.' });
});

describe('npm run deadletters', () => {
  beforeAll(async () => {
    await provisionNats(connection);
    jobs = await JobStore.open(connection);
    await generation.start(nats.url);
  }, 20_000);

  afterEach(async () => {
    await generation.settled(connection);
    await manager.streams.purge(DEADLETTERS_STREAM);
  });

  it('has nothing to do where there are no letters', async () => {
    for (const command of [['list'], ['retry', '--all'], ['drop', '--all']]) {
      expect(await run(...command)).toEqual({ code: 0, out: 'no dead letters', err: '' });
    }
    expect((await run('list', '--json')).out).toBe('[]');
  });

  it('lists letters, those of a stage and a code if so asked', async () => {
    const first = await givenUp();
    const second = await givenUp(() => {
      throw new FacetError('storage_failed', 'It is full.');
    });
    const { code, out } = await run('list');
    const [, ...rows] = out.split('\n');
    expect([code, rows.length]).toEqual([0, 2]);
    expect(rows[0]).toMatch(
      new RegExp(`^${first.letter} +\\S+ \\S+Z +generation +model_failed +1 +${first.event.image_id} +There is no model of that name\\.$`),
    );
    const listed = JSON.parse((await run('list', '--json', '--code', 'storage_failed')).out) as unknown;
    expect(listed).toMatchObject([{ letter: second.letter, stage: 'generation', image_id: second.event.image_id, subject: SUBJECT }]);
    expect((await run('list', '--stage', 'media')).out).toBe('no dead letters');
  });

  it('shows a letter with all that is in it', async () => {
    const { event, letter } = await givenUp();
    const { code, out } = await run('show', String(letter));
    expect([code, JSON.parse(out)]).toMatchObject([0, { letter, event, headers: { 'facet-code': 'model_failed', 'facet-attempts': '1' } }]);
    expect(out).toContain(event.prompt);
  });

  it('sends the event through as if it were new', async () => {
    const { event, letter } = await givenUp();
    expect(await jobOf(event)).toMatchObject({ state: 'failed', error: { code: 'model_failed' } });
    const { code, out } = await run('retry', String(letter));
    expect([code, out]).toEqual([0, `letter ${letter}: image.requested of ${event.image_id} is on its way again`]);
    await generation.settled(connection);
    expect(await jobOf(event)).toMatchObject({ state: 'queued', error: null, attempts: 0 });
    expect([await requestsOf(event), timesHandled(event), await letters()]).toEqual([2, 1, 0]);
  });

  it('leaves a new letter when the event fails again, which can be retried as well', async () => {
    const { event, letter } = await givenUp();
    generation.behaviours.set(event.image_id, modelIsGone);
    await run('retry', String(letter));
    await generation.settled(connection);
    expect([await letters(), (await jobOf(event))?.state]).toEqual([1, 'failed']);
    generation.behaviours.delete(event.image_id);
    expect((await run('retry', String(await lastLetter()))).code).toBe(0);
    await generation.settled(connection);
    expect([await requestsOf(event), timesHandled(event), await letters()]).toEqual([3, 1, 0]);
  });

  it('sends it once, however many retry the same letter at the same time', async () => {
    const { event, letter } = await givenUp();
    const runs = await Promise.all(Array.from({ length: 4 }, () => run('retry', String(letter))));
    expect(runs.filter(({ code }) => code === 0)).not.toHaveLength(0);
    expect(runs.filter(({ code, err }) => code !== 0 && !err.startsWith(`There is no dead letter ${letter}.`))).toEqual([]);
    await generation.settled(connection);
    expect([await requestsOf(event), timesHandled(event), await letters()]).toEqual([2, 1, 0]);
  });

  it('retries all that are meant, and goes on after one that cannot be', async () => {
    const first = await givenUp();
    await jetstream(connection).publish(SUBJECT, 'nonsense');
    await generation.settled(connection);
    const malformed = await lastLetter();
    const last = await givenUp();
    const { code, out } = await run('retry', '--all');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(`^letter ${first.letter}: .* on its way again`),
      expect.stringMatching(`^letter ${malformed}: cannot be retried, only dropped: a malformed image.requested event`),
      expect.stringMatching(`^letter ${last.letter}: .* on its way again`),
      '2 of 3 letters done',
    ]);
    await generation.settled(connection);
    expect([timesHandled(first.event), timesHandled(last.event), await letters()]).toEqual([1, 1, 1]);
    expect(await run('drop', String(malformed))).toMatchObject({ code: 0, out: `letter ${malformed}: dropped` });
    expect(await letters()).toBe(0);
  });

  it('retries and drops those of one code alone', async () => {
    const { event } = await givenUp();
    expect((await run('retry', '--all', '--code', 'storage_failed')).out).toBe('no dead letters');
    expect([await letters(), (await jobOf(event))?.state]).toEqual([1, 'failed']);
    expect(await run('drop', '--all', '--code', 'model_failed')).toMatchObject({ code: 0 });
    expect([await letters(), (await jobOf(event))?.state]).toEqual([0, 'failed']);
  });

  describe('goes on where a retry broke off', () => {
    it('after the job was reopened', async () => {
      const { event, letter } = await givenUp();
      const known = await jobs.find(event.image_id);
      expect(known && (await jobs.reopen(known))).toBe(true);
      expect((await run('retry', String(letter))).code).toBe(0);
      await generation.settled(connection);
      expect([await requestsOf(event), timesHandled(event), await letters()]).toEqual([2, 1, 0]);
    });

    it('after the event was published, also when its job has failed again since', async () => {
      const { event, letter } = await givenUp();
      const known = await jobs.find(event.image_id);
      expect(known && (await jobs.reopen(known))).toBe(true);
      generation.behaviours.set(event.image_id, modelIsGone);
      const data = new TextEncoder().encode(JSON.stringify({ ...event, reopened: 1 }));
      await publishAgain(jetstream(connection), { sequence: letter, subject: SUBJECT, image_id: event.image_id, data });
      await generation.settled(connection);
      expect((await run('retry', String(letter))).code).toBe(0);
      await generation.settled(connection);
      // the letter of the second failure
      expect([await requestsOf(event), await letters(), (await jobOf(event))?.state]).toEqual([2, 1, 'failed']);
    });
  });

  it.each(['succeeded', 'refused', 'generating'] as const)('keeps the letter of a job that is %s', async (state) => {
    const { event, letter } = await givenUp();
    await asIf(event, state);
    const { code, out } = await run('retry', String(letter));
    expect([code, out]).toEqual([1, expect.stringMatching(`^letter ${letter}: kept: its job (is|has|was) .*${state}`)]);
    expect([await requestsOf(event), await letters(), (await jobOf(event))?.state]).toEqual([1, 1, state]);
  });

  it('makes a job anew that is gone by age', async () => {
    const { event, letter } = await givenUp();
    await manager.streams.purge(`KV_${JOBS_BUCKET}`, { filter: jobHintSubject(event.image_id) });
    expect(await jobOf(event)).toBeUndefined();
    expect((await run('retry', String(letter))).code).toBe(0);
    await generation.settled(connection);
    const { image_id: id, user_id, request_id, type, requested_at } = event;
    expect(await jobOf(event)).toMatchObject({ id, user_id, request_id, type, state: 'queued', created_at: requested_at, error: null });
    expect([timesHandled(event), await letters()]).toEqual([1, 0]);
  });

  describe('of a picture that a repeat of the request has made and stored', () => {
    const storedMeanwhile = async ({ image_id, user_id }: ImageRequested): Promise<void> => {
      await new EventPublisher(jetstream(connection)).publish('image.stored', anImageStored({ image_id, user_id, reopened: 1 }));
    };
    const KEPT = expect.stringMatching(/^letter \d+: kept: its picture has been stored meanwhile$/) as unknown;

    it.each(['gone by age', 'failed'])('makes it no second time, when its job is %s', async (state) => {
      const { event } = await givenUp();
      await storedMeanwhile(event);
      if (state === 'gone by age') {
        await manager.streams.purge(`KV_${JOBS_BUCKET}`, { filter: jobHintSubject(event.image_id) });
      }
      const job = await jobOf(event);
      expect(await run('retry', '--all')).toEqual({ code: 1, out: KEPT, err: '' });
      expect([await requestsOf(event), await letters(), await jobOf(event)]).toEqual([1, 1, job]);
    });

    it('tells the catalog of it again that has given it up', async () => {
      const { event } = await givenUp();
      await storedMeanwhile(event);
      const { seq } = await jetstream(connection).publish(deadLetterSubject('image.stored'), JSON.stringify(anImageStored(event)));
      expect((await run('retry', String(seq))).code).toBe(0);
      const again = await manager.streams.getMessage(IMAGES_STREAM, { last_by_subj: 'image.stored' });
      expect(again?.header.get('Nats-Msg-Id')).toBe(`${event.image_id}:image.stored:retry-${seq}`);
    });
  });

  it('names the letters that there are none of', async () => {
    for (const command of ['show', 'retry', 'drop']) {
      expect(await run(command, '4711')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no dead letter 4711.') });
    }
  });

  it('says what it does not understand, and how it is called', async () => {
    expect(await run('retry')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage:') });
  });

  it('says that NATS is away, and no password', async () => {
    const { code, out, err } = await run('list', '--nats', 'nats://facet:secret@127.0.0.1:9');
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^No NATS can be reached at nats:\/\/127\.0\.0\.1:9: \w+$/),
    });
  });

  it('ends as a program with its result and its exit code', async () => {
    const { letter } = await givenUp();
    const shown = await runProgram({ NATS_URL: nats.url }, 'show', String(letter));
    expect([shown.code, JSON.parse(shown.out)]).toMatchObject([0, { letter }]);
    expect(await runProgram({}, 'shwo')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('There is no command "shwo".') });
    expect(await runProgram({}, 'list')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Where is NATS?') });
  }, 60_000);
});

/** Runs the command in a process of its own, whose environment is `settings` alone. */
const runProgram = (settings: Record<string, string>, ...args: string[]): Promise<ToolRun> =>
  runBuiltTool('deadletters', args, settings, tmpdir());
