import { isStuck, progressAfter, type ConsumerLook, type Progress } from './consumer-progress';

const [NOW, GAP_MS, ABSENT_MS] = [1_000_000, 120_000, 600_000];
const JOB = 'a-job';

const look = (service: ConsumerLook['service'], mark: string | null, ...awaiting: string[]): ConsumerLook => ({
  service,
  mark,
  awaiting: new Set(awaiting),
});

describe('the progress of consumers', () => {
  const after = (mark: string | null, earlier: Progress, at = NOW - 30_000): Progress =>
    progressAfter([look('media', mark)], NOW, { at, progress: earlier }, GAP_MS);
  const since = { media: { mark: '1/1', since: NOW - 500_000 } };

  it.each<[string, Progress, Progress]>([
    ['begins with the first look that finds something to do', after('1/1', {}), { media: { mark: '1/1', since: NOW } }],
    ['stands still while nothing is delivered or acknowledged', after('1/1', since), since],
    ['begins anew with a delivery or an acknowledgement', after('1/2', since), { media: { mark: '1/2', since: NOW } }],
    ['is forgotten when there is nothing to do', after(null, since), {}],
    ['begins anew when nobody has looked for long', after('1/1', since, NOW - GAP_MS - 1), { media: { mark: '1/1', since: NOW } }],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('a job past its deadline', () => {
  const here = { mark: '1/1', since: NOW - ABSENT_MS + 1 };
  const absent = { mark: '1/1', since: NOW - ABSENT_MS };
  const stuck = (looks: ConsumerLook[], progress: Progress): boolean =>
    isStuck(JOB, looks, { progress, now: NOW, absentAfterMs: ABSENT_MS });
  const [idle, busy] = [look('generation', null), look('generation', '1/1', 'another-job')];

  it.each<[string, boolean, ConsumerLook[], Progress]>([
    ['is stuck when nobody has anything to do', true, [idle, look('media', null)], {}],
    ['is stuck when everybody is busy with other jobs', true, [busy], { generation: here }],
    ['waits its turn at a service that gets on', false, [look('generation', '1/1', JOB)], { generation: here }],
    ['waits its turn at the service that it has reached', false, [idle, look('media', '7/7', JOB)], { media: here }],
    ['is stuck at a service that is not there', true, [look('generation', '1/1', JOB)], { generation: absent }],
    [
      'waits for whoever is there of two that have an event of it',
      false,
      [look('generation', '1/1', JOB), look('media', '1/1', JOB)],
      { generation: absent, media: here },
    ],
    [
      'is stuck when both are not there',
      true,
      [look('generation', '1/1', JOB), look('media', '1/1', JOB)],
      { generation: absent, media: absent },
    ],
    ['is not stuck at a service of which nothing is known yet', false, [look('catalog', '1/1', JOB)], {}],
  ])('%s', (_what, expected, looks, progress) => {
    expect(stuck(looks, progress)).toBe(expected);
  });
});
