import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../test/e2e/support/api';
import { RunningFacet } from '../../test/e2e/support/running-facet';
import { machine } from '../machine';
import { measureIdle } from './idle-memory';
import { measureLatency } from './latency';
import { measureUploadMemory } from './upload-memory';

/** `npm run bench:pipeline`: the figures of the whole way, from a request to its picture, on real processes. */
async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facet-bench-'));
  const facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox', SANDBOX_LATENCY_MS: '0', LOG_LEVEL: 'warn' });
  try {
    const api = await Api.as(facet.url, 'bench@example.com');
    console.log(`machine: ${machine()}`);
    console.table(await measureIdle(dataDir));
    console.table([await measureLatency(api)]);
    console.table([await measureUploadMemory(api, dataDir)]);
  } finally {
    await facet.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

void main();
