import { FaultStage, type StageSettings } from './fault-stage';
import { Random } from './random';
import { Workload } from './workload';

/** A fault that can be repeated. */
export interface Scenario extends StageSettings {
  name: string;
  /** jobs of the short version; the long one has ten times as many */
  jobs: number;
  /** default 8 */
  concurrency?: number;
  /** What breaks, while the workload runs; resolves when all is whole again. */
  fault: (stage: FaultStage, workload: Workload, random: Random, jobs: number) => Promise<void>;
  /** calls of the model that the fault may cost beyond one a job; default none */
  extraCalls?: number;
}

/** How much is done: the short version in `npm run check`, the long one with `npm run faults`. */
export const LONG = process.env['FAULTS'] === 'long';
export const SEEDS = LONG ? [1, 2, 3] : [1];
const SIZE = LONG ? 10 : 1;

/** Longest time for one scenario, in ms. */
export const SCENARIO_TIMEOUT_MS = LONG ? 900_000 : 300_000;

/** Plays a scenario and judges it. */
export function itSurvives(scenario: Scenario): void {
  it.each(SEEDS)(
    `${scenario.name} (seed %i)`,
    async (seed) => {
      const stage = await FaultStage.set(scenario);
      try {
        await play(stage, scenario, seed);
      } finally {
        await stage.clear();
      }
    },
    SCENARIO_TIMEOUT_MS,
  );
}

async function play(
  stage: FaultStage,
  { name, jobs: short, concurrency = 8, fault, extraCalls = 0 }: Scenario,
  seed: number,
): Promise<void> {
  const jobs = short * SIZE;
  const workload = await Workload.start(stage.clients, { jobs, concurrency, patienceMs: 90_000, name: 'job' });
  await fault(stage, workload, new Random(seed), jobs);
  const recoveryMs = await stage.recovery(`probe-${seed}`);
  const outcomes = await workload.finished();
  const verdict = await stage.verdict(outcomes);
  process.stdout.write(
    `| ${name} | ${seed} | ${verdict.jobs} | ${verdict.ok} | ${verdict.failed} | ${verdict.unknown} | ${verdict.lost.length} | ${verdict.doubled.length} | ${verdict.unfinished.length} | ${verdict.extraCalls} | ${(recoveryMs / 1_000).toFixed(1)} s |\n`,
  );
  const strange = outcomes.filter(({ kind }) => kind !== 'ok').map(({ imageId, kind, detail }) => `${imageId} ${kind}: ${detail}`);
  process.stdout.write(strange.map((line) => `  ${line}\n`).join(''));
  expect({ ...verdict, strange }).toMatchObject({ lost: [], doubled: [], unfinished: [] });
  expect(verdict.extraCalls).toBeLessThanOrEqual(extraCalls);
  expect(verdict.ok).toBeGreaterThan(0);
}
