import { exceededLimit, isCounted, usageAt, withJob } from './usage';

const NOON = new Date('2026-11-23T12:00:00.000Z');
const LIMITS = { pending: 2, perDay: 3 };

describe('the usage of a user', () => {
  it('begins at zero, and counts jobs', () => {
    const usage = withJob(withJob(usageAt(NOON, null), 'a', NOON), 'b', NOON);
    expect(usage).toMatchObject({ day: '2026-11-23', jobs: 2, pending: [{ image_id: 'a' }, { image_id: 'b' }] });
    expect([isCounted(usage, 'a'), isCounted(usage, 'c')]).toEqual([true, false]);
  });

  it('begins anew with the day, while what is pending stays so', () => {
    const yesterday = withJob(usageAt(NOON, null), 'a', NOON);
    expect(usageAt(new Date('2026-11-24T00:00:00.000Z'), yesterday)).toEqual({ ...yesterday, day: '2026-11-24', jobs: 0 });
  });

  it('has room below its limits', () => {
    expect(exceededLimit(withJob(usageAt(NOON, null), 'a', NOON), LIMITS, NOON)).toBeNull();
  });

  it('tells of too many pending jobs, and when to come again', () => {
    const usage = withJob(withJob(usageAt(NOON, null), 'a', NOON), 'b', NOON);
    expect(exceededLimit(usage, LIMITS, NOON)).toMatchObject({ code: 'too_many_pending_jobs', details: { retry_after_seconds: 10 } });
  });

  it('tells of a used-up day, and how long it lasts', () => {
    const usage = { ...usageAt(NOON, null), jobs: 3 };
    expect(exceededLimit(usage, LIMITS, NOON)).toMatchObject({ code: 'daily_limit_reached', details: { retry_after_seconds: 12 * 3_600 } });
  });
});
