import { setTimeout as delay } from 'node:timers/promises';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import sharp from 'sharp';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { jobMark } from './job-mark';

/** Words in a prompt that make the sandbox fail: `[fail:refused]`, `[fail:crash]` (once), `[fail:crash-always]`, `[fail:503x2]` (twice, then it works). */
const FAILURE = /\[fail:(refused|crash|crash-always|503x(\d{1,2}))\]/;

/** Gives the first picture back with a mark that names the job. For demonstrations and fault tests. */
export class SandboxModel extends ImageModel {
  /** @param latencyMs how long a picture takes */
  constructor(private readonly latencyMs: number) {
    super();
  }

  async generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    await delay(this.latencyMs, undefined, { signal });
    this.failIfAsked(request);
    const [first] = request.pictures;
    if (!first) {
      throw new FacetError('model_failed', 'The sandbox was given no picture.');
    }
    const mark = await jobMark(request.imageId, first.width);
    const { data, info } = await sharp(first.bytes)
      .composite([{ input: mark, gravity: 'southeast' }])
      .jpeg({ quality: 90 })
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    return {
      bytes: data,
      mime: 'image/jpeg',
      width,
      height,
      provider: 'sandbox',
      model: 'sandbox-1',
      settings: {},
      fallback: false,
      notes: [],
      usage: null,
    };
  }

  check(): Promise<ReadinessFacts> {
    return Promise.resolve({ provider: 'sandbox', answers: true });
  }

  private failIfAsked({ instruction, attempt }: GenerationRequest): void {
    const [, kind, times] = FAILURE.exec(instruction) ?? [];
    if (kind === 'refused') {
      throw new FacetError('refused', 'The sandbox refused this picture, as its prompt asked for.');
    }
    if (kind === 'crash-always' || (kind === 'crash' && attempt === 1)) {
      process.kill(process.pid, 'SIGKILL');
    }
    if (times && attempt <= Number(times)) {
      throw new FacetError('unavailable', 'The sandbox is not available, as the prompt asked for.', { retryable: true });
    }
  }
}
