import type { JobState } from '@facet/contracts';
import { verdictOn, type Found } from './verdict';
import type { Outcome } from './workload';

const outcome = (imageId: string, kind: Outcome['kind']): Outcome => ({ imageId, kind, troubles: 0, detail: '' });
const succeeded = (...ids: string[]): Map<string, JobState> => new Map(ids.map((id) => [id, 'succeeded']));
const found = (partial: Partial<Found>): Found => ({ records: ['a'], assets: ['a'], states: succeeded('a'), providerCalls: 1, ...partial });
const CLEAN = { lost: [], doubled: [], unfinished: [] };

describe('verdictOn', () => {
  it('is content with what was told and is there once', () => {
    expect(verdictOn([outcome('a', 'ok')], found({}))).toEqual({ jobs: 1, ok: 1, failed: 0, unknown: 0, ...CLEAN, extraCalls: 0 });
  });

  it.each<[string, Partial<Found>]>([
    ['record', { records: [] }],
    ['asset', { assets: [] }],
    ['end', { states: new Map<string, JobState>([['a', 'failed']]) }],
  ])('finds a picture lost without its %s', (_what, partial) => {
    expect(verdictOn([outcome('a', 'ok')], found(partial)).lost).toEqual(['a']);
  });

  it('finds what is there twice, uninvited, or against what was told', () => {
    expect(verdictOn([outcome('a', 'ok')], found({ records: ['a', 'a'] })).doubled).toEqual(['a']);
    expect(verdictOn([outcome('a', 'unknown')], found({ assets: ['a', 'a'] })).doubled).toEqual(['a']);
    expect(verdictOn([outcome('a', 'ok')], found({ records: ['a', 'b'] })).doubled).toEqual(['b']);
    expect(verdictOn([outcome('a', 'failed')], found({})).doubled).toEqual(['a']);
  });

  it('lets what nobody knows of exist once, or not at all', () => {
    expect(verdictOn([outcome('a', 'unknown')], found({}))).toMatchObject(CLEAN);
    expect(verdictOn([outcome('a', 'unknown')], found({ records: [], assets: [], states: new Map() }))).toMatchObject(CLEAN);
  });

  it('finds a job without an end, and counts calls beyond one a job', () => {
    const verdict = verdictOn([outcome('a', 'unknown')], found({ states: new Map([['a', 'storing']]), providerCalls: 3 }));
    expect([verdict.unfinished, verdict.extraCalls]).toEqual([['a'], 2]);
  });
});
