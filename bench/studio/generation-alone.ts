import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BlobStore, EventPublisher, JobStore } from '@facet/messaging';
import { aJobOf, anImageStored, freePort, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { NODE_FLAGS } from '../../tools/up/service-programs';
import { residentMegabytes } from '../pipeline/process-memory';

const ROOT = join(__dirname, '../..');

/** The generation service as it is shipped, with the local studio and a NATS of its own, and nothing else beside it. */
export class GenerationAlone {
  private constructor(
    private readonly nats: ProvisionedNats,
    private readonly service: ChildProcess,
    /** its own HTTP port's address */
    readonly url: string,
  ) {}

  static async start(): Promise<GenerationAlone> {
    const nats = await startProvisionedNats();
    const port = await freePort();
    const settings = { IMAGE_MODEL: 'local', NATS_URL: nats.url, HOST: '127.0.0.1', PORT: String(port), MALLOC_ARENA_MAX: '2' };
    const service = spawn(process.execPath, [...NODE_FLAGS, join(ROOT, 'dist/bundles/generation/main.js')], {
      env: { ...process.env, ...settings, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const url = `http://127.0.0.1:${port}`;
    await waitFor(async () => (await fetch(`${url}/health/ready`)).ok, { what: 'generation to be ready' });
    return new GenerationAlone(nats, service, url);
  }

  /** Asks for a white background of each photo at the same moment. @returns once all are made */
  async make(photos: readonly Buffer[]): Promise<void> {
    const [blobs, jobs, events] = [
      await BlobStore.open(this.nats.connection),
      await JobStore.open(this.nats.connection),
      new EventPublisher(jetstream(this.nats.connection)),
    ];
    const made = (await this.made()) + photos.length;
    const requests = await Promise.all(
      photos.map(async (photo) => {
        const request = anImageStored({ instruction: '' });
        const facts = { mime: 'image/jpeg', width: 1600, height: 1200 } as const;
        const blob = await blobs.putPicture(`${request.image_id}/input`, photo, facts);
        await jobs.create(aJobOf(request));
        return { ...request, inputs: [{ role: 'ornament', blob }] } as const;
      }),
    );
    await Promise.all(requests.map((request) => events.publish('image.requested', { ...request, inputs: [...request.inputs] })));
    await waitFor(async () => (await this.made()) >= made, { timeoutMs: 60_000, intervalMs: 100, what: 'all pictures' });
  }

  /** Most memory that it ever had, MB. */
  async peakMegabytes(): Promise<number> {
    return Math.round(await residentMegabytes(String(this.service.pid), 'VmHWM'));
  }

  async stop(): Promise<void> {
    const exit = once(this.service, 'exit');
    this.service.kill('SIGTERM');
    await exit;
    await this.nats.stop();
  }

  private async made(): Promise<number> {
    const { state } = await (await jetstreamManager(this.nats.connection)).streams.info('IMAGES', { subjects_filter: 'image.generated' });
    return state.subjects?.['image.generated'] ?? 0;
  }
}
