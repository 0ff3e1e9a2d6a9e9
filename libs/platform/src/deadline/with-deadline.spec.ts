import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { withDeadline } from './with-deadline';

/** Resolves with the name of the signal's reason. */
const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const tell = (): void => {
      resolve((signal.reason as Error).name);
    };
    signal.addEventListener('abort', tell, { once: true });
    if (signal.aborted) {
      tell();
    }
  });

describe('withDeadline', () => {
  it('hands the result on', async () => {
    await expect(withDeadline(1_000, new AbortController().signal, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('fires at the deadline, also after a collection', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const fired = withDeadline(100, new AbortController().signal, untilAborted);
    collect();
    await expect(fired).resolves.toBe('TimeoutError');
  });

  it('fires with the other signal, before or after it has fired', async () => {
    const other = new AbortController();
    const fired = withDeadline(60_000, other.signal, untilAborted);
    other.abort(new DOMException('gone', 'AbortError'));
    await expect(fired).resolves.toBe('AbortError');
    await expect(withDeadline(60_000, other.signal, untilAborted)).resolves.toBe('AbortError');
  });
});
