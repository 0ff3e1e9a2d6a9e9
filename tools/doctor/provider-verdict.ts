import { FacetError, type ReadinessFacts } from '@facet/platform';
import { fail, ok, warn, type Verdict } from './finding';

interface Words {
  /** when it answers */
  good: string;
  /** begins the sentence when it does not answer right now */
  away: string;
}

/** What a provider's own readiness check means for whoever has set it up. */
export async function providerVerdict(check: () => Promise<ReadinessFacts>, { good, away }: Words): Promise<Verdict> {
  try {
    const facts = await check();
    return facts['answers'] === false ? warn(`${away}: ${String(facts['reason'])}`) : ok(good);
  } catch (thrown) {
    const { message, details } = FacetError.from(thrown);
    const { variable } = details;
    return fail(message, typeof variable === 'string' ? variable : undefined);
  }
}
