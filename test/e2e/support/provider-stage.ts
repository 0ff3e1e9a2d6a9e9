import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudinaryDouble, GeminiDouble, waitFor } from '@facet/testing';
import { Api, type Answer, type Body } from './api';
import { KeptInNats } from './kept-in-nats';
import { RunningFacet } from './running-facet';

const BASE = '/imgbackendapp';
const PHOTO = { photo: '08-flower-brooch-white.jpg' };

/** All that a job may leave behind anywhere. */
export interface Traces {
  /** the user's pictures in the catalog */
  records: number;
  /** at Cloudinary */
  assets: number;
  /** pictures made by the model, in the object store */
  results: number;
  deadLetters: number;
}

/** Facet as somebody runs it who has both accounts, with doubles of the two services behind the real SDKs. */
export class ProviderStage {
  private constructor(
    private readonly dataDir: string,
    readonly facet: RunningFacet,
    readonly gemini: GeminiDouble,
    readonly cloudinary: CloudinaryDouble,
    readonly ann: Api,
    readonly nats: KeptInNats,
  ) {}

  /** @param settings beside the two accounts */
  static async set(settings: Record<string, string> = {}, options: readonly string[] = []): Promise<ProviderStage> {
    const [gemini, cloudinary] = [await GeminiDouble.start(), await CloudinaryDouble.start()];
    const dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    const accounts = { GOOGLE_API_KEY: gemini.key, GEMINI_BASE_URL: gemini.url, CLOUDINARY_URL: cloudinary.url };
    const facet = await RunningFacet.start(dataDir, { ...accounts, ...settings }, options);
    return new ProviderStage(dataDir, facet, gemini, cloudinary, await Api.as(facet.url, 'ann@example.com'), await KeptInNats.of(facet));
  }

  async clear(): Promise<void> {
    await this.nats.close();
    await this.facet.stop();
    await Promise.all([this.gemini.stop(), this.cloudinary.stop()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** The usual request: a brooch on white. */
  shot(headers: Record<string, string> = {}, user: Api = this.ann): Promise<Answer> {
    return user.form(
      `${BASE}/`,
      [
        ['image', PHOTO],
        ['prompt', 'A soft glow'],
      ],
      headers,
    );
  }

  /** A job that nobody waits for. @returns its id */
  async order(user: Api = this.ann): Promise<string> {
    const { body } = await this.shot({ prefer: 'respond-async' }, user);
    return String((body['job'] as Body)['id']);
  }

  regenerate(imageId: unknown, prompt: string): Promise<Answer> {
    return this.ann.json(`${BASE}/regenerate`, { image_id: imageId, prompt });
  }

  /** The user's newest picture as the gallery shows it. */
  async newest(): Promise<Body> {
    const { body } = await this.ann.get(`${BASE}/user-images?limit=1`);
    return (body['images'] as Body[])[0] ?? {};
  }

  async job(id: unknown, user: Api = this.ann): Promise<Body> {
    return (await user.get(`/jobs/${String(id)}`)).body['job'] as Body;
  }

  /** What there is when nothing is under way any more. */
  async traces(): Promise<Traces> {
    await waitFor(async () => (await this.nats.unsettled()) === 0, { what: 'every event to be settled' });
    const { body } = await this.ann.get(`${BASE}/user-images`);
    const letters = await this.nats.deadLetters();
    return {
      records: (body['pagination'] as { total: number }).total,
      assets: this.cloudinary.assets.size,
      results: (await this.nats.blobs()).filter((name) => name.endsWith('/result')).length,
      deadLetters: Object.values(letters).reduce((sum, count) => sum + count, 0),
    };
  }

  /** What has come to be since. */
  async tracesSince(before: Traces): Promise<Traces> {
    const after = await this.traces();
    return {
      records: after.records - before.records,
      assets: after.assets - before.assets,
      results: after.results - before.results,
      deadLetters: after.deadLetters - before.deadLetters,
    };
  }
}
