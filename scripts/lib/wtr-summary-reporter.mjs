/**
 * A reporter of the browser test runner that writes how many tests passed and failed to a file, for `scripts/test.mjs`.
 * It prints nothing.
 */
import { writeFileSync } from 'node:fs';

/**
 * All tests of a suite and the suites in it.
 * @param {import('@web/test-runner').TestSuiteResult | undefined} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
const testsOf = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : []);

/**
 * Counts of one run. A file that failed although none of its tests did (it does not load, or breaks outside a test) counts
 * as one failure.
 * @param {readonly import('@web/test-runner').TestSession[]} sessions
 */
function count(sessions) {
  const summary = { passed: 0, failed: 0 };
  for (const { passed, testResults } of sessions) {
    const tests = testsOf(testResults);
    const failed = tests.filter((test) => !test.skipped && !test.passed).length;
    summary.passed += tests.filter((test) => test.passed && !test.skipped).length;
    summary.failed += failed === 0 && !passed ? 1 : failed;
  }
  return summary;
}

/**
 * @param {string} file where the counts go, as JSON
 * @returns {import('@web/test-runner').Reporter}
 */
export function summaryReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      writeFileSync(file, JSON.stringify(count(sessions)));
    },
  };
}
