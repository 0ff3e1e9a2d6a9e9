import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './install.mjs';

/**
 * Reads how many tests passed and failed from Jest's JSON, and which failed. A file that broke outside of its tests
 * counts as one failed, and so does a run that failed with nothing to show for it.
 */
export function countTests(resultsFile, runSucceeded) {
  if (!existsSync(resultsFile)) return { passed: 0, failed: 1, names: ['the tests did not run to their end'] };
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const names = results.testResults.flatMap(({ name, status, assertionResults }) => {
    const failedTests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    const broken = status === 'failed' && failedTests.length === 0 ? ['broke outside of its tests'] : [];
    return [...failedTests, ...broken].map((what) => `${relative(ROOT, name)}: ${what}`);
  });
  const failed = names.length === 0 && !runSucceeded ? 1 : names.length;
  return { passed: results.numPassedTests, failed, names };
}
