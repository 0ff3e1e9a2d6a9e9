import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import type { Api } from '../../test/e2e/support/api';
import { noisyJpeg } from './noisy-jpeg';

const WARM_UP = 10;
const REQUESTS = 100;
const UPLOAD_BYTES = 300_000;

/** Time from request to response, one request at a time: uploading, rewriting, making (sandbox), storing, entering. Bound: p50 200 ms. */
export async function measureLatency(api: Api): Promise<Record<string, string | number>> {
  const upload = await noisyJpeg(1_600, 1_200, UPLOAD_BYTES);
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + REQUESTS; n += 1) {
    const started = performance.now();
    const { status } = await api.upload('/imgbackendapp/', 'image', upload);
    if (status !== 200) {
      throw new Error(`answered ${status}`);
    }
    times.push(performance.now() - started);
  }
  const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const { width, height } = await sharp(upload).metadata();
  return {
    upload: `${Math.round(upload.length / 1_000)} KB, ${width} × ${height}`,
    requests: REQUESTS,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'max ms': at(1),
  };
}
