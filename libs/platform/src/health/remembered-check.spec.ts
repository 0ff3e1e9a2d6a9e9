import type { ReadinessFacts } from './readiness';
import { RememberedCheck } from './remembered-check';

/** A check whose answer can be changed, and that counts how often it was asked. */
function aCheck(answer: () => Promise<ReadinessFacts>) {
  const asked = { times: 0, answer };
  const check = new RememberedCheck(
    () => {
      asked.times += 1;
      return asked.answer();
    },
    { good: 300_000, bad: 60_000 },
  );
  return { asked, check };
}

describe('RememberedCheck', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each<[string, number, () => Promise<ReadinessFacts>]>([
    ['a good answer for long', 300_000, () => Promise.resolve({ answers: true })],
    ['a bad one not as long', 60_000, () => Promise.resolve({ answers: false })],
    ['a rejection as a bad one', 60_000, () => Promise.reject(new Error('wrong key'))],
  ])('believes %s', async (_what, span, answer) => {
    const { asked, check } = aCheck(answer);
    const outcome = await check.check().catch((error: unknown) => error);
    jest.advanceTimersByTime(span - 1);
    expect(await check.check().catch((error: unknown) => error)).toBe(outcome);
    expect(asked.times).toBe(1);
    jest.advanceTimersByTime(1);
    asked.answer = () => Promise.resolve({ answers: 'now' });
    expect(await check.check()).toEqual({ answers: 'now' });
    expect(asked.times).toBe(2);
  });

  it('shares one answer among those who ask at the same moment', async () => {
    const { asked, check } = aCheck(() => Promise.resolve({ answers: true }));
    await Promise.all([check.check(), check.check(), check.check()]);
    expect(asked.times).toBe(1);
  });
});
