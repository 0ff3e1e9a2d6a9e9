import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Api } from '../../test/e2e/support/api';
import { RunningFacet } from '../../test/e2e/support/running-facet';
import { GenerationAlone } from './generation-alone';
import { delaysDuring, told } from './probing';

const AT_ONCE = 4;
const ROUNDS = 8;
/** ms */
const REST = 5_000;

/**
 * Four pictures at once while a process of its own asks for `/health/live` every 20 ms, as an orchestrator does now and then: first
 * by the generation service alone, then by a whole Facet of one machine, whose services, uploads and client want its cores as well.
 */
export async function measureFourAtOnce(photos: readonly Buffer[]): Promise<void> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    Array.from({ length: AT_ONCE }, (__, n) => photos[(round * AT_ONCE + n) % photos.length]).filter((photo) => photo !== undefined),
  );
  await byGenerationAlone(rounds);
  await byWholeFacet(rounds);
}

async function byGenerationAlone(rounds: readonly Buffer[][]): Promise<void> {
  const generation = await GenerationAlone.start();
  try {
    await measure({ 'generation alone': `${generation.url}/health/live` }, rounds, (photos) => generation.make(photos));
    console.log(`generation had ${await generation.peakMegabytes()} MB at most`);
  } finally {
    await generation.stop();
  }
}

async function byWholeFacet(rounds: readonly Buffer[][]): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facet-bench-'));
  const facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'local' });
  try {
    const api = await Api.as(facet.url, 'bench@example.com');
    const ready = facet.logLines().find(({ instance, msg }) => instance === 'generation-1' && msg === 'ready');
    const pages = { 'generation in Facet': `${String(ready?.['address'])}/health/live`, 'gateway in Facet': `${facet.url}/health/live` };
    await measure(pages, rounds, async (photos) => {
      const answers = await Promise.all(photos.map((photo) => api.upload('/imgbackendapp/', 'image', photo)));
      const bad = answers.find(({ status }) => status !== 200);
      if (bad) {
        throw new Error(`answered ${bad.status}: ${JSON.stringify(bad.body)}`);
      }
    });
  } finally {
    await facet.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  pages: Readonly<Record<string, string>>,
  rounds: readonly Buffer[][],
  make: (photos: readonly Buffer[]) => Promise<unknown>,
): Promise<void> {
  const atRest = await delaysDuring(pages, () => delay(REST));
  const began = performance.now();
  const busy = await delaysDuring(pages, async () => {
    for (const photos of rounds) {
      await make(photos);
    }
  });
  const each = (performance.now() - began) / rounds.flat().length;
  for (const name of Object.keys(pages)) {
    console.log(`/health/live of ${name}: at rest ${told(atRest.get(name))}; ${AT_ONCE} at once ${told(busy.get(name))}`);
  }
  console.log(`${Math.round(each)} ms a picture`);
}
