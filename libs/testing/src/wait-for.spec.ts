import { waitFor } from './wait-for';

describe('waitFor', () => {
  it('gives back the first answer that is there', async () => {
    let calls = 0;
    const answer = await waitFor(() => ((calls += 1) < 3 ? null : `call ${calls}`), { intervalMs: 1 });
    expect(answer).toBe('call 3');
  });

  it('goes on when a check throws', async () => {
    let calls = 0;
    const answer = await waitFor(
      () => {
        calls += 1;
        if (calls < 3) {
          throw new Error('not yet');
        }
        return calls;
      },
      { intervalMs: 1 },
    );
    expect(answer).toBe(3);
  });

  it('says what it waited for and what it last saw', async () => {
    const waiting = waitFor(() => false, { timeoutMs: 30, intervalMs: 5, what: 'the moon' });
    await expect(waiting).rejects.toThrow('waited 30 ms for the moon: the last check gave false');
  });

  it('keeps the last error as the cause', async () => {
    const cause = new Error('clouds');
    const waiting = waitFor(() => Promise.reject(cause), { timeoutMs: 30, intervalMs: 5, what: 'the moon' });
    await expect(waiting).rejects.toMatchObject({ message: 'waited 30 ms for the moon: the last check threw clouds', cause });
  });

  it('does not wait longer for a check that never answers', async () => {
    const started = Date.now();
    const waiting = waitFor(() => new Promise<boolean>(() => undefined), { timeoutMs: 50, what: 'the moon' });
    await expect(waiting).rejects.toThrow('waited 50 ms for the moon: the check never answered');
    const waited = Date.now() - started;
    expect(waited).toBeGreaterThanOrEqual(45);
    expect(waited).toBeLessThan(1_000);
  });
});
