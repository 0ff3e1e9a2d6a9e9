import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { Piscina } from 'piscina';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import type { StudioPicture, StudioTask } from './studio-task';

const WORKER = 'studio.worker.js';
/**
 * Threads at most; each works on one picture in up to 400 MB. They keep off one core, so that event loops find one free: on two cores
 * a second thread gained a sixth of the time and made others wait half as long again for `/health/live` (docs/performance.md).
 */
const THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** ms. Without work the threads end, and an idle service holds neither OpenCV nor pixels. */
const IDLE_TIMEOUT = 10_000;

/**
 * The worker's compiled file: beside this one in `dist`, or, when this one runs from its source under the tests' compiler,
 * its counterpart there. A thread starts from a file, so nothing can compile it on the way: `npm run build` has to come first.
 */
const resolveWorker = (): string => {
  const candidates = [join(__dirname, WORKER), join(__dirname, '../../../../dist/apps/generation/src/studio', WORKER)];
  const file = candidates.find((candidate) => existsSync(candidate));
  if (!file) throw new FacetError('internal', `The local studio is not built: ${WORKER} is missing. Run "npm run build".`);
  return file;
};

/**
 * The image model that needs neither key nor network: it cuts ornaments out, composes and retouches, in worker threads.
 * What would need a generative model it composes and marks `fallback: true`.
 *
 * Errors: `model_failed` (not retryable) when the pictures cannot be worked on; the signal's reason when it was aborted
 * (a picture that is being worked on is given up with its thread).
 */
export class LocalStudio extends ImageModel {
  private readonly pool = new Piscina<StudioTask, StudioPicture>({
    filename: resolveWorker(),
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: IDLE_TIMEOUT,
  });

  async generate({ type, instruction, options, pictures }: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    signal.throwIfAborted();
    // copied once and then moved: the caller still needs its bytes for another attempt
    const copies = pictures.map(({ role, bytes }) => ({ role, bytes: new Uint8Array(bytes) }));
    const task: StudioTask = { type, instruction, options, pictures: copies };
    try {
      const made = await this.pool.run(task, { signal, transferList: copies.map(({ bytes }) => bytes.buffer) });
      return {
        bytes: Buffer.from(made.bytes.buffer, made.bytes.byteOffset, made.bytes.byteLength),
        mime: made.mime,
        width: made.width,
        height: made.height,
        provider: 'local',
        model: 'studio-1',
        settings: {},
        fallback: made.fallback,
        notes: made.notes,
        usage: null,
      };
    } catch (cause) {
      signal.throwIfAborted();
      throw new FacetError('model_failed', 'The local studio could not work on this picture.', { cause });
    }
  }

  check(): Promise<ReadinessFacts> {
    return Promise.resolve({ provider: 'local', answers: true });
  }

  override async close(): Promise<void> {
    await this.pool.destroy();
  }
}
