import { Controller, Module, type INestApplication, type Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { QueryRequest, QueryResponse } from '@facet/contracts';
import { FacetError, logContext, withLogContext, type LogContext } from '@facet/platform';
import { ServiceModule } from '@facet/service';
import { anImageRecord, anImageStored, startNats, waitFor, type RunningNats } from '@facet/testing';
import { attachTransports } from '../connection/attach-transports';
import { MessagingModule } from '../connection/messaging.module';
import { connectNats } from '../connection/nats-connector';
import { HandlesEvent } from '../events/handles-event';
import { AnswersQuery, QueryPayload } from './answers-query';
import { QueryClient } from './query-client';

type Fetch = QueryRequest<'media.fetch'>;

const picture: Fetch = {
  image_id: '507f1f77bcf86cd799439011',
  user_id: 'ann',
  generated_image_url: '/media/a.jpg',
  generated_image_path: 'a',
};
const blob = anImageStored().result;
const record = anImageRecord();

/** What media answers to `media.fetch`, and what it was asked. */
let answer: (request: Fetch) => unknown;
let asked: { request: Fetch; ids: LogContext }[] = [];

@Controller()
class FetchController {
  @AnswersQuery('media.fetch')
  fetch(@QueryPayload('media.fetch') request: Fetch): unknown {
    asked.push({ request, ids: { ...logContext() } });
    return answer(request);
  }
}

@Controller()
class OtherController {
  @AnswersQuery('media.ingest')
  ingest(): QueryResponse<'media.ingest'> {
    return { blob };
  }

  @HandlesEvent('image.generated')
  store(): void {
    throw new Error('no event is published here');
  }

  @HandlesEvent('image.purge_planned')
  destroy(): void {
    throw new Error('no event is published here');
  }
}

let nats: RunningNats;
let client: QueryClient;
const apps: INestApplication[] = [];

async function startMedia(controllers: Type[] = [FetchController, OtherController]): Promise<INestApplication> {
  @Module({ imports: [ServiceModule, MessagingModule.forRoot({ service: 'media', servers: nats.url })], controllers })
  class MediaModule {}
  const module = await Test.createTestingModule({ imports: [MediaModule] }).compile();
  const app = module.createNestApplication(new FastifyAdapter(), { logger: false });
  try {
    await attachTransports(app, {
      service: 'media',
      servers: nats.url,
      concurrency: 1,
      maxInFlight: 1,
      ackWaitMs: 20_000,
      handlerTimeoutMs: 1_000,
      deadlineMs: 1_000,
    });
    return await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
}

const codeOf = (error: unknown) => (error instanceof FacetError ? error.toJSON() : error);
const failureOf = (query: Promise<unknown>): Promise<unknown> => query.then(() => 'an answer', codeOf);

beforeAll(async () => {
  nats = await startNats();
  apps.push(await startMedia());
  client = new QueryClient(nats.url, 'gateway');
}, 60_000);

beforeEach(() => {
  asked = [];
  answer = () => ({ blob });
});

afterAll(async () => {
  await client.onApplicationShutdown();
  await Promise.all(apps.map((app) => app.close()));
  await nats.stop();
}, 20_000);

describe('a query', () => {
  it('is answered', async () => {
    await expect(client.ask('media.fetch', picture)).resolves.toEqual({ blob });
    expect(asked.map(({ request }) => request)).toEqual([picture]);
  });

  it('carries the ids of the work that it belongs to', async () => {
    await withLogContext({ request_id: 'request-7', image_id: picture.image_id }, () => client.ask('media.fetch', picture));
    expect(asked[0]?.ids).toEqual({ request_id: 'request-7', image_id: picture.image_id });
  });

  it('is answered once, however many replicas there are', async () => {
    apps.push(await startMedia());
    await Promise.all(Array.from({ length: 20 }, () => client.ask('media.fetch', picture)));
    expect(asked).toHaveLength(20);
  });
});

describe('a query that fails', () => {
  it("fails with the other service's own error", async () => {
    const details = { field: 'image_id' };
    answer = () => {
      throw new FacetError('storage_failed', 'The picture is no longer in the store.', { retryable: true, details });
    };
    expect(await failureOf(client.ask('media.fetch', picture))).toEqual({
      code: 'storage_failed',
      message: 'The picture is no longer in the store.',
      retryable: true,
      details,
    });
  });

  it('tells nothing of an error that nobody expected', async () => {
    answer = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:27017'));
    const failure = await failureOf(client.ask('media.fetch', picture));
    expect(failure).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(failure)).not.toContain('ECONNREFUSED');
  });

  it('is invalid_request when it is malformed, and reaches no handler', async () => {
    const failure = await failureOf(client.ask('media.fetch', { ...picture, image_id: 'not-an-id' }));
    expect(failure).toMatchObject({ code: 'invalid_request', retryable: false });
    expect(asked).toEqual([]);
  });

  it('is internal when the answer is malformed', async () => {
    answer = () => ({ blob: { ...blob, width: 'wide' } });
    expect(await failureOf(client.ask('media.fetch', picture))).toMatchObject({ code: 'internal' });
  });

  it('is unavailable at once when nobody answers queries of that name', async () => {
    const started = Date.now();
    const { image_id, user_id } = picture;
    const failure = await failureOf(client.ask('catalog.image.get', { image_id, user_id }));
    expect(failure).toMatchObject({ code: 'unavailable', retryable: true, message: expect.stringContaining('catalog') });
    // not by its timeout of 5 s
    expect(Date.now() - started).toBeLessThan(4_500);
  });

  it('is unavailable at its timeout when the answer takes too long', async () => {
    answer = () => new Promise((resolve) => setTimeout(resolve, 600, { blob }));
    const started = Date.now();
    expect(await failureOf(client.ask('media.fetch', picture, { timeoutMs: 200 }))).toMatchObject({ code: 'unavailable', retryable: true });
    // at the answer, 400 ms later, it would have been no failure
    expect(Date.now() - started).toBeGreaterThanOrEqual(190);
  });
});

describe('a query that takes long', () => {
  it('is waited for while the other service gives signs of life', async () => {
    answer = () => new Promise((resolve) => setTimeout(resolve, 2_000, { blob }));
    await expect(client.ask('media.fetch', picture, { timeoutMs: 30_000, silenceMs: 1_000 })).resolves.toEqual({ blob });
    expect(asked).toHaveLength(1);
  });

  it('is unavailable soon when the one who answers it falls silent', async () => {
    const started = Date.now();
    const dying = await connectNats(nats.url, 'answers nothing');
    dying.subscribe('catalog.image.get', { queue: 'catalog' });
    const { image_id, user_id } = picture;
    const failure = await failureOf(client.ask('catalog.image.get', { image_id, user_id }, { timeoutMs: 30_000, silenceMs: 500 }));
    expect(failure).toMatchObject({ code: 'unavailable', retryable: true });
    expect(Date.now() - started).toBeLessThan(15_000);
    await dying.close();
  });
});

describe('a patient query', () => {
  const { image_id, user_id } = picture;

  it('is asked again while nobody is there, or the one who was does not answer', async () => {
    const asking = client.askPatiently('catalog.image.get', { image_id, user_id });
    const replica = await connectNats(nats.url, 'a catalog');
    let times = 0;
    replica.subscribe('catalog.image.get', {
      queue: 'catalog',
      callback: (_error, message) => {
        times += 1;
        if (times > 1) {
          message.respond(JSON.stringify({ response: record, isDisposed: true }));
        }
      },
    });
    await expect(asking).resolves.toMatchObject({ id: record.id });
    expect(times).toBe(2);
    await replica.close();
  }, 20_000);

  it('is unavailable when that lasts', async () => {
    expect(await failureOf(client.askPatiently('catalog.image.get', { image_id, user_id }))).toMatchObject({ code: 'unavailable' });
  }, 20_000);
});

describe('a service', () => {
  it('does not start without a handler for every query that it owes', async () => {
    await expect(startMedia([OtherController])).rejects.toThrow('media must answer media.ingest, media.fetch; missing: media.fetch');
  });

  it('gives the answers that it has begun before it stops, and leaves no query without one', async () => {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    answer = async () => {
      begin();
      await finished;
      return { blob };
    };
    const asking = client.ask('media.fetch', picture);
    await begun;
    const closing = Promise.all(apps.splice(0).map((app) => app.close()));
    const ingest = () => failureOf(client.ask('media.ingest', { raw: 'raw', safe: 'safe' }));
    const started = Date.now();
    await waitFor(async () => (await ingest()) !== 'an answer', { what: 'the service to take no more queries' });
    // a query that is lost waits for its timeout of 5 s
    expect(Date.now() - started).toBeLessThan(4_500);
    finish();
    await expect(asking).resolves.toEqual({ blob });
    await closing;
  }, 20_000);
});
