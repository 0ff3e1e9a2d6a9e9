import { withDeadline } from '@facet/platform';
import { checkAssets } from './check-assets';
import { checkCatalog } from './check-catalog';
import { checkImageModel } from './check-image-model';
import { checkNats } from './check-nats';
import { checkTokens } from './check-tokens';
import { failureName } from './failure-name';
import { fail, ok, warn, type Finding, type Verdict } from './finding';
import { readSettings } from './settings';

/** Longest time of one check, in ms. They run side by side. */
const CHECK_MS = 5_000;

/** Looks at everything that Facet is configured to use. Changes nothing anywhere. @param natsUrl `NATS_URL`, if it is set */
export async function diagnose(natsUrl: string | undefined): Promise<Finding[]> {
  const { gateway, generation, media, catalog, verdicts } = readSettings();
  const checks: [subject: string, verdict: Promise<Verdict>][] = [
    ['nats', inTime(() => checkNats(natsUrl))],
    ['catalog', inTime(configured(catalog, checkCatalog))],
    ['image model', inTime(configured(generation, checkImageModel))],
    ['assets', inTime(configured(media, checkAssets))],
    ['tokens', inTime(configured(gateway, checkTokens))],
  ];
  return [
    // tools/doctor.mjs lets no other come as far as here
    { subject: 'node', ...ok(process.versions.node) },
    ...verdicts.map((verdict) => ({ subject: 'settings', ...verdict })),
    ...(await Promise.all(checks.map(async ([subject, verdict]) => ({ subject, ...(await verdict) })))),
  ];
}

const configured =
  <C>(config: C | null, check: (config: C) => Promise<Verdict>) =>
  async (): Promise<Verdict> =>
    config === null ? warn('not looked at: the settings have to be mended first') : check(config);

async function inTime(check: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await withDeadline(CHECK_MS, new AbortController().signal, (late) => Promise.race([check(), verdictAt(late)]));
  } catch (error) {
    return fail(`could not be looked at: ${failureName(error)}`);
  }
}

const verdictAt = (late: AbortSignal): Promise<Verdict> =>
  new Promise((resolve) => {
    late.addEventListener('abort', () => {
      resolve(warn(`no answer within ${CHECK_MS / 1_000} s`));
    });
  });
