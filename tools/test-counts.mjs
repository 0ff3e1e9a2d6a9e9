import { existsSync, readFileSync } from 'node:fs';

/**
 * Reads how many tests passed and failed from Jest's JSON. A file of tests that broke before its first test counts as one
 * failed, and so does a run that failed with nothing to show for it.
 */
export function countTests(resultsFile, runSucceeded) {
  if (!existsSync(resultsFile)) return { passed: 0, failed: 1 };
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const brokenFiles = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = results.numFailedTests + brokenFiles;
  return { passed: results.numPassedTests, failed: failed === 0 && !runSucceeded ? 1 : failed };
}
