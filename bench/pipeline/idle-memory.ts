import { setTimeout as delay } from 'node:timers/promises';
import { processIds, residentMegabytes } from './process-memory';

/** After this time without work, ms, what start-up needed is given back. */
const QUIET_MS = 15_000;

/** Memory of every process that has nothing to do. Bound: 130 MB a service. */
export async function measureIdle(dataDir: string): Promise<Record<string, string | number>[]> {
  await delay(QUIET_MS);
  const processes = [...(await processIds(dataDir))].sort(([a], [b]) => a.localeCompare(b));
  return Promise.all(
    processes.map(async ([name, pid]) => ({ 'idle process': name, 'resident MB': Math.round(await residentMegabytes(pid)) })),
  );
}
