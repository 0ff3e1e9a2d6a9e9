import { FacetError } from '@facet/platform';
import { CloudinaryHealth } from './cloudinary-health';

const away = new FacetError('storage_failed', 'away', { retryable: true, details: { reason: 'General Error' } });
const misconfigured = new FacetError('storage_failed', 'CLOUDINARY_URL is wrong', { details: { variable: 'CLOUDINARY_URL' } });
const good = { kept_at: 'cloudinary', cloud: 'anna', answers: true };

describe('CloudinaryHealth', () => {
  it('tells that pictures can be stored', async () => {
    expect(await new CloudinaryHealth('anna', () => Promise.resolve()).check()).toEqual(good);
  });

  it('is ready all the same while Cloudinary is away', async () => {
    const health = new CloudinaryHealth('anna', () => Promise.reject(away));
    expect(await health.check()).toEqual({ ...good, answers: false, reason: 'General Error' });
  });

  it('rejects when the account is refused', async () => {
    await expect(new CloudinaryHealth('anna', () => Promise.reject(misconfigured)).check()).rejects.toBe(misconfigured);
  });

  it('does not wait for ever, and does not ask again while it waits', async () => {
    let pings = 0;
    const health = new CloudinaryHealth('anna', () => {
      pings += 1;
      return new Promise(() => undefined);
    });
    const [one, other] = await Promise.all([health.check(), health.check()]);
    expect(one).toEqual({ ...good, answers: false, reason: 'no answer within 1800 ms' });
    expect([other, pings]).toEqual([one, 1]);
  });
});
