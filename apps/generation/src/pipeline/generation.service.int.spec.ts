import { BLOBS_BUCKET, JobState, makingSubject, resultBlobName, type ImageRequested } from '@facet/contracts';
import { BlobStore, connectNats, EventPublisher, JobStore, NatsPresence, QueryClient, WorkInHand } from '@facet/messaging';
import type { ReadinessFacts } from '@facet/platform';
import { aDoor, aJobOf, anImageStored, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import sharp from 'sharp';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { SandboxModel } from '../sandbox/sandbox-model';
import { GenerationService } from './generation.service';

/** The sandbox, with a meter: what counts here is how often a model is asked, and paid. */
class MeteredModel extends ImageModel {
  calls = 0;
  private readonly sandbox = new SandboxModel(0);

  /** @param ready what every call waits for */
  constructor(private readonly ready: Promise<void> = Promise.resolve()) {
    super();
  }

  async generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    this.calls += 1;
    await this.ready;
    return this.sandbox.generate(request, signal);
  }

  check(): Promise<ReadinessFacts> {
    return this.sandbox.check();
  }
}

describe('GenerationService', () => {
  const delivery = { sequence: 1, attempt: 1, signal: new AbortController().signal };
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let presence: NatsPresence;
  let queries: QueryClient;
  let blobs: BlobStore;
  let jobs: JobStore;
  let model: MeteredModel;
  let generation: GenerationService;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    presence = NatsPresence.watch(connection);
    [blobs, jobs] = [await BlobStore.open(connection), await JobStore.open(connection)];
    queries = new QueryClient(nats.url, 'generation');
  }, 60_000);

  beforeEach(() => {
    model = new MeteredModel();
    generation = serviceOf(model);
  });

  afterAll(async () => {
    await queries.onApplicationShutdown();
    presence.stop();
    await nats.stop();
  });

  async function aRequest(instruction = 'Make it shine'): Promise<ImageRequested> {
    const photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c9a227' } })
      .jpeg()
      .toBuffer();
    const event = anImageStored({ instruction });
    const blob = await blobs.putPicture(`${event.image_id}/input`, photo, { mime: 'image/jpeg', width: 320, height: 240 });
    await jobs.create(aJobOf(event));
    return { ...event, inputs: [{ role: 'ornament', blob }] };
  }

  const serviceOf = (used: MeteredModel, said = connection): GenerationService =>
    new GenerationService(used, blobs, jobs, new WorkInHand(said, presence), queries, new EventPublisher(jetstream(connection)));

  /**
   * A process whose model is at work on the picture, and answers when it is let.
   *
   * @param said the connection by which it says so
   */
  async function inTheMaking(
    event: ImageRequested,
    said = connection,
  ): Promise<{ slow: MeteredModel; answer: () => void; making: Promise<void> }> {
    const answered = aDoor();
    const slow = new MeteredModel(answered.opened);
    const making = serviceOf(slow, said).generate(event, delivery);
    await waitFor(() => slow.calls === 1, { what: 'the model to be at work' });
    return { slow, answer: answered.open, making };
  }

  /** Resolves when a process asks whether another one makes the picture. */
  const questionAbout = ({ image_id }: ImageRequested): Promise<void> =>
    new Promise((resolve) => {
      connection.subscribe(makingSubject(image_id), {
        max: 1,
        callback: () => {
          resolve();
        },
      });
    });

  const eventsOf = async (): Promise<number> => {
    const { state } = await (await jetstreamManager(connection)).streams.info('IMAGES', { subjects_filter: 'image.generated' });
    return state.subjects?.['image.generated'] ?? 0;
  };

  it('makes the picture once, however often its event is delivered', async () => {
    const event = await aRequest();
    const before = await eventsOf();
    await generation.generate(event, delivery);
    await generation.generate(event, { ...delivery, attempt: 2 });
    expect(model.calls).toBe(1);
    expect(await eventsOf()).toBe(before + 1);
    const job = await jobs.find(event.image_id);
    expect(job?.job.state).toBe(JobState.enum.generating);
  });

  it('makes the picture once when the event comes again while it is in the making', async () => {
    const event = await aRequest();
    await Promise.all([generation.generate(event, delivery), generation.generate(event, { ...delivery, attempt: 2 })]);
    expect(model.calls).toBe(1);
  });

  it('leaves the picture to a process that is at work on it', async () => {
    const event = await aRequest();
    const { answer, making } = await inTheMaking(event);
    const asked = questionAbout(event);
    const another = generation.generate(event, { ...delivery, attempt: 2 });
    await asked;
    answer();
    await Promise.all([making, another]);
    expect(model.calls).toBe(0);
  });

  it('leaves it to that process when NATS was killed, and has forgotten who was given the event', async () => {
    const event = await aRequest();
    const { answer, making } = await inTheMaking(event);
    await nats.restart();
    await waitFor(() => connection.rtt(), { what: 'the connection' });
    const asked = questionAbout(event);
    const another = generation.generate(event, delivery);
    await asked;
    answer();
    await Promise.all([making, another]);
    expect(model.calls).toBe(0);
  }, 30_000);

  it('throws its picture away when another process has made it meanwhile, and may have shown it', async () => {
    const event = await aRequest();
    const lost = await connectNats(nats.url, 'lost');
    const { answer, making } = await inTheMaking(event, lost);
    await lost.close();
    await generation.generate(event, { ...delivery, attempt: 2 });
    // every object has a nuid of its own: one that was written again is another one
    const store = await new Objm(connection).open(BLOBS_BUCKET);
    const shown = await store.info(resultBlobName(event.image_id));
    answer();
    await making;
    expect((await store.info(resultBlobName(event.image_id)))?.nuid).toBe(shown?.nuid);
    expect(shown?.nuid).toEqual(expect.any(String));
  });

  it('keeps a picture that was paid, when the clock is set back meanwhile', async () => {
    const { slow, answer, making } = await inTheMaking(await aRequest());
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 300_000);
    answer();
    await making;
    clock.mockRestore();
    expect(slow.calls).toBe(1);
  });

  it('keeps a picture that was paid, when NATS is away as the model answers', async () => {
    const { slow, answer, making } = await inTheMaking(await aRequest());
    await nats.pause();
    answer();
    await nats.restart();
    await making;
    expect(slow.calls).toBe(1);
  }, 60_000);

  it('leaves a copy of the event to whoever handles the first', async () => {
    const event = await aRequest();
    await generation.generate(event, delivery);
    const events = await eventsOf();
    await generation.generate(event, { ...delivery, sequence: 2 });
    expect([model.calls, await eventsOf()]).toEqual([1, events]);
  });

  describe('of a job that was begun anew', () => {
    const anew = async ({ image_id: id }: ImageRequested): Promise<void> => {
      await jobs.move(id, 'failed');
      const known = await jobs.find(id);
      expect(known && (await jobs.reopen(known))).toBe(true);
    };

    it('leaves an event from before to nobody, and makes the picture for the one since', async () => {
      const event = await aRequest();
      await anew(event);
      await generation.generate(event, { ...delivery, attempt: 2 });
      expect([model.calls, (await jobs.find(event.image_id))?.job.state]).toEqual([0, 'queued']);
      await generation.generate({ ...event, reopened: 1 }, { ...delivery, sequence: 2 });
      expect(model.calls).toBe(1);
    });

    it('leaves the picture to a process that has been at work on it since before', async () => {
      const event = await aRequest();
      const { answer, making } = await inTheMaking(event);
      await anew(event);
      const asked = questionAbout(event);
      const another = generation.generate({ ...event, reopened: 1 }, { ...delivery, sequence: 2 });
      await asked;
      answer();
      await Promise.all([making, another]);
      expect(model.calls).toBe(0);
    });
  });

  it('does nothing for a job that has ended', async () => {
    const event = await aRequest();
    await jobs.move(event.image_id, 'failed');
    await generation.generate(event, delivery);
    expect(model.calls).toBe(0);
  });

  it('asks again after a failure, and lets a refusal through as one', async () => {
    const twice = await aRequest('[fail:503x1] Make it shine');
    await expect(generation.generate(twice, delivery)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await generation.generate(twice, { ...delivery, attempt: 2 });
    expect(model.calls).toBe(2);
    await expect(generation.generate(await aRequest('[fail:refused]'), delivery)).rejects.toMatchObject({ code: 'refused' });
  });

  it('says so when the uploads are gone', async () => {
    const event = await aRequest();
    await blobs.delete(`${event.image_id}/input`);
    await expect(generation.generate(event, delivery)).rejects.toMatchObject({ retryable: false });
    expect(model.calls).toBe(0);
  });
});
