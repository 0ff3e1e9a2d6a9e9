/**
 * Does work with a signal that fires at a deadline, or earlier with another signal. The usual
 * `AbortSignal.any([signal, AbortSignal.timeout(ms)])` never fires when the collector takes the time-out's signal,
 * which only weak references lead to (https://github.com/nodejs/node/issues/57736).
 *
 * @param milliseconds from now
 * @throws what the work throws; whether it heeds the signal is its own affair
 */
export async function withDeadline<T>(milliseconds: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`${milliseconds} ms are over`, 'TimeoutError'));
  }, milliseconds);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) {
    abort();
  }
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
