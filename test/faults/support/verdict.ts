import { isTerminal, type JobState } from '@facet/contracts';
import type { Outcome } from './workload';

/** All that there is when things are quiet. */
export interface Found {
  /** image ids of the records in all galleries, as often as they are listed */
  records: readonly string[];
  /** image ids of the results in the asset store, as often as they are there */
  assets: readonly string[];
  states: ReadonlyMap<string, JobState>;
  /** calls of the model that it answered or that were broken off */
  providerCalls: number;
}

/** What became of a workload. */
export interface Verdict {
  jobs: number;
  ok: number;
  failed: number;
  unknown: number;
  /** told to be there, and not there: once in the catalog, once in the store, and succeeded */
  lost: string[];
  /** there more than once, there without having been asked for, or there although it was told to have failed */
  doubled: string[];
  /** neither succeeded nor failed nor refused */
  unfinished: string[];
  /** calls of the model beyond one per job */
  extraCalls: number;
}

/** Holds what clients were told against what there is. */
export function verdictOn(outcomes: readonly Outcome[], { records, assets, states, providerCalls }: Found): Verdict {
  const [recordsOf, assetsOf] = [countsOf(records), countsOf(assets)];
  const of = (kind: Outcome['kind']): Outcome[] => outcomes.filter((outcome) => outcome.kind === kind);
  const asked = new Map(outcomes.map((outcome) => [outcome.imageId, outcome]));
  const isWhole = ({ imageId }: Outcome): boolean =>
    recordsOf.get(imageId) === 1 && assetsOf.get(imageId) === 1 && states.get(imageId) === 'succeeded';
  const isOneTooMany = (imageId: string): boolean =>
    (recordsOf.get(imageId) ?? 0) > 1 || (assetsOf.get(imageId) ?? 0) > 1 || (asked.get(imageId)?.kind ?? 'failed') === 'failed';
  return {
    jobs: outcomes.length,
    ok: of('ok').length,
    failed: of('failed').length,
    unknown: of('unknown').length,
    lost: of('ok')
      .filter((outcome) => !isWhole(outcome))
      .map(({ imageId }) => imageId),
    doubled: [...recordsOf.keys()].filter(isOneTooMany),
    unfinished: [...states].filter(([, state]) => !isTerminal(state)).map(([imageId]) => imageId),
    extraCalls: Math.max(0, providerCalls - outcomes.length),
  };
}

function countsOf(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
