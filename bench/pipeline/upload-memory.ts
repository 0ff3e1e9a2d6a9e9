import type { Api } from '../../test/e2e/support/api';
import { noisyJpeg } from './noisy-jpeg';
import { processIds, residentMegabytes } from './process-memory';

const UPLOADS = 50;
const UPLOAD_BYTES = 10_000_000;
const SAMPLE_MS = 50;

/** How much the gateway's memory grows while many large photos come at once. Bound: 60 MB. */
export async function measureUploadMemory(api: Api, dataDir: string): Promise<Record<string, string | number>> {
  const gateway = (await processIds(dataDir)).get('gateway-1');
  if (gateway === undefined) {
    throw new Error('there is no gateway-1');
  }
  const upload = await noisyJpeg(4_000, 3_000, UPLOAD_BYTES);
  const before = await residentMegabytes(gateway);
  let peak = before;
  const sampling = setInterval(() => {
    void residentMegabytes(gateway).then((now) => {
      peak = Math.max(peak, now);
    });
  }, SAMPLE_MS);
  const started = Date.now();
  const answers = await Promise.all(
    Array.from({ length: UPLOADS }, () => api.upload('/imgbackendapp/', 'image', upload, { prefer: 'respond-async' })),
  );
  clearInterval(sampling);
  return {
    uploads: `${UPLOADS} × ${(upload.length / 1e6).toFixed(1)} MB at once`,
    accepted: answers.filter(({ status }) => status === 202).length,
    seconds: Math.round((Date.now() - started) / 1_000),
    'gateway before MB': Math.round(before),
    'gateway peak MB': Math.round(peak),
    'grown MB': Math.round(peak - before),
  };
}
