import { FaultStage, type StageSettings } from './fault-stage';
import { Random } from './random';
import type { Verdict } from './verdict';
import { Workload, type Outcome, type WorkloadOptions } from './workload';

/** A fault that can be repeated. */
export interface Scenario {
  name: string;
  /** jobs of the short version */
  jobs: number;
  /** default: ten times as many */
  jobsLong?: number;
  /** default 8 */
  concurrency?: number;
  /** what its clients do otherwise than wait for their pictures */
  clients?: Pick<WorkloadOptions, 'copies' | 'leavesAfterMs' | 'stopsAfterFault'>;
  /** What breaks, while the workload runs; resolves when all is whole again. */
  fault: (stage: FaultStage, workload: Workload, random: Random, jobs: number) => Promise<void>;
  /** calls of the model that the fault may cost beyond one a job; default none */
  extraCalls?: number;
  /** longest time until a new picture, ms; default: 15 s, on a machine that does much else */
  recoveryMs?: number;
  /** what else must be so */
  check?: (stage: FaultStage, outcomes: readonly Outcome[], verdict: Verdict) => Promise<void> | void;
}

/** How much is done: the short version in `npm run check`, the long one with `npm run faults`. */
export const LONG = process.env['FAULTS'] === 'long';
export const SEEDS = (process.env['FAULT_SEEDS'] ?? (LONG ? '1,2,3' : '1')).split(',').map(Number);

/** Longest time for one scenario, in ms. */
const SCENARIO_TIMEOUT_MS = LONG ? 1_200_000 : 300_000;

/** Longest time until a new picture after a fault, in ms, where nothing has to be started. What it takes is printed. */
const RECOVERY_MS = 15_000;

/** A delivery whose acknowledgement was lost comes again after this time, in s: the setting's own when there is time. */
const ACK_WAIT: Record<string, string> = LONG ? {} : { ACK_WAIT_SECONDS: '6' };

/** Plays scenarios one after the other on one running Facet, and judges each: what one breaks is whole again for the next. */
export function describeFaults(name: string, settings: () => StageSettings, scenarios: readonly Scenario[]): void {
  describe.each(SEEDS)(`${name} (seed %i)`, (seed) => {
    let stage: FaultStage;

    beforeAll(async () => {
      const { environment, ...others } = settings();
      stage = await FaultStage.set({ ...others, environment: { ...ACK_WAIT, ...environment } });
    }, 180_000);

    afterAll(() => stage.clear(), 120_000);

    it.each(scenarios)('$name', (scenario) => play(stage, scenario, seed), SCENARIO_TIMEOUT_MS);
  });
}

async function play(stage: FaultStage, scenario: Scenario, seed: number): Promise<void> {
  const { name, concurrency = 8, clients = {}, fault, extraCalls = 0, check } = scenario;
  const { recoveryMs: longestMs = RECOVERY_MS } = scenario;
  const jobs = LONG ? (scenario.jobsLong ?? scenario.jobs * 10) : scenario.jobs;
  const calls = stage.gemini.calls.length;
  const workload = await Workload.start(stage.clients, { ...clients, jobs, concurrency, patienceMs: 120_000, name });
  await fault(stage, workload, new Random(seed), jobs);
  workload.faultIsOver();
  const [firstMs, { recoveryMs, probe }] = await Promise.all([untilNext(workload, jobs), stage.recovery(`${name}, probe`)]);
  const outcomes = [...(await workload.finished()), ...probe];
  const verdict = await stage.verdict(outcomes, calls);
  tell(name, seed, verdict, [firstMs ?? recoveryMs, recoveryMs]);
  const strange = outcomes.filter(({ kind }) => kind !== 'ok').map(({ imageId, kind, detail }) => `${imageId} ${kind}: ${detail}`);
  process.stdout.write(strange.map((line) => `  ${line}\n`).join(''));
  expect({ ...verdict, strange }).toMatchObject({ lost: [], doubled: [], unfinished: [], failed: 0 });
  expect(verdict.extraCalls).toBeLessThanOrEqual(extraCalls);
  expect(verdict.ok).toBeGreaterThan(0);
  expect(recoveryMs).toBeLessThan(longestMs);
  await check?.(stage, outcomes, verdict);
}

/** How long it takes until somebody gets a picture, in ms; null when all have theirs. */
async function untilNext(workload: Workload, jobs: number): Promise<number | null> {
  const began = Date.now();
  const ended = workload.outcomes.length;
  if (ended >= jobs) {
    return null;
  }
  await workload.reached(ended + 1);
  return Date.now() - began;
}

function tell(name: string, seed: number, verdict: Verdict, timesMs: readonly number[]): void {
  const { jobs, ok, failed, unknown, lost, doubled, unfinished, extraCalls } = verdict;
  const figures = [seed, jobs, ok, failed, unknown, lost.length, doubled.length, unfinished.length, extraCalls];
  const seconds = timesMs.map((timeMs) => `${(timeMs / 1_000).toFixed(1)} s`);
  process.stdout.write(`| ${[name, ...figures, ...seconds].join(' | ')} |\n`);
}
