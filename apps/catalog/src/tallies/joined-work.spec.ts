import { JoinedWork } from './joined-work';

describe('JoinedWork', () => {
  /** Work that ends when it is told to. */
  const stage = () => {
    const rounds: { end: () => void; fail: (error: Error) => void }[] = [];
    const work = (): Promise<void> => new Promise((end, fail) => rounds.push({ end, fail }));
    return { rounds, work };
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('does in one more round what is asked for while it works', async () => {
    const { rounds, work } = stage();
    const joined = new JoinedWork();
    const first = joined.do('key', work);
    const others = Promise.all([joined.do('key', work), joined.do('key', work), joined.do('key', work)]);
    expect(rounds).toHaveLength(1);
    rounds[0]?.end();
    await first;
    await settle();
    expect(rounds).toHaveLength(2);
    // asked for after the second round began: that round may not know of it
    const late = joined.do('key', work);
    rounds[1]?.end();
    await others;
    await settle();
    expect(rounds).toHaveLength(3);
    rounds[2]?.end();
    await late;
  });

  it('does different work at the same time, and begins anew after a failure', async () => {
    const { rounds, work } = stage();
    const joined = new JoinedWork();
    const one = joined.do('one', work);
    const next = joined.do('one', work);
    const other = joined.do('other', work);
    expect(rounds).toHaveLength(2);
    rounds[0]?.fail(new Error('away'));
    rounds[1]?.end();
    await expect(one).rejects.toThrow('away');
    await other;
    await settle();
    rounds[2]?.end();
    await next;
    const again = joined.do('one', work);
    rounds[3]?.end();
    await again;
    expect(rounds).toHaveLength(4);
  });
});
