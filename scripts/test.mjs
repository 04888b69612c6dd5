/**
 * `npm test`: everything that must hold, in order, each step with its time.
 *
 *     npm test                               all of it
 *     npm test -- --only lint                one step; may be given more than once
 *     npm test -- --only node test/unit/mms       some files of one of the test suites
 *     npm test -- --only browser --browsers firefox,webkit
 *                                            the browser tests in other browsers; BROWSERS in the environment does the same
 *
 * It stops at the first step that fails, except that both test suites run once the first of them is reached. The last line
 * is always “N passed, N failed”: tests, and any other step that failed as one failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../tools/ensure-chromium.mjs';
import { ensureMosquitto } from '../tools/ensure-mosquitto.mjs';
import { allSucceed, root, runNode, runTool, stopTools } from '../tools/run-tool.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, suite?: true, run: (files: string[], browsers?: string) => Promise<Counts> }} Step
 */

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-test-'));
const capture = { capture: true };
/** What could not be tested here, and why: said once more at the end. @type {Set<string>} */
const skipped = new Set();

/** @type {Step[]} */
const steps = [
  {
    name: 'types',
    run: check(() => [
      runTool('typescript:tsc', ['--noEmit'], capture),
      // What pages load must not lean on the types of Node.
      runTool('typescript:tsc', ['-p', 'tsconfig.browser.json'], capture),
    ]),
  },
  {
    name: 'lint',
    run: check(() => [
      runTool('eslint', ['.'], capture),
      runTool('dependency-cruiser:depcruise', ['src', '--config', '.dependency-cruiser.mjs'], capture),
      runTool('prettier', ['--check', '.', '--log-level', 'warn'], capture),
      // Its CSS rules are older than container queries and color-scheme.
      runTool('lit-analyzer', ['--strict', '--rules.no-invalid-css', 'off', 'src/**/*.ts'], capture),
    ]),
  },
  { name: 'build', run: check(() => [runNode(['scripts/build.mjs'])]) },
  // After the build: the pages of the measurements load what is published.
  { name: 'tools', run: check(() => [runTool('typescript:tsc', ['-p', 'tsconfig.tools.json'], capture)]) },
  { name: 'generated', run: check(() => [runNode(['scripts/lib/check-generated.mjs'])]) },
  {
    name: 'package',
    run: check(() => [
      runTool('publint', ['--strict'], capture),
      // A style sheet has no types.
      runTool(
        '@arethetypeswrong/cli:attw',
        ['--pack', '.', '--profile', 'esm-only', '--quiet', '--exclude-entrypoints', 'cdn/magtek-elements.css'],
        capture,
      ),
      runNode(['scripts/size.mjs'], capture),
    ]),
  },
  { name: 'node', suite: true, run: nodeTests },
  { name: 'browser', suite: true, run: browserTests },
];

/**
 * A step that passes or fails as a whole.
 * @param {() => Promise<{ ok: boolean, output: string }>[]} start
 * @returns {Step['run']}
 */
function check(start) {
  return async () => ({ passed: 0, failed: (await allSucceed(start())) ? 0 : 1 });
}

/** Tests with a broker skip themselves where there is none. */
function prepareBroker() {
  try {
    ensureMosquitto();
  } catch (error) {
    skipped.add(`Skipped: tests with an MQTT broker. ${error instanceof Error ? error.message : error}`);
  }
}

/** @type {Step['run']} */
async function nodeTests(files) {
  // Some of them open the demo. Installed here where it must be, not while the time of a test runs.
  ensureChromium();
  prepareBroker();
  const report = path.join(folder, 'node.json');
  const { ok } = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...(files.length === 0 ? ['--coverage'] : files),
  ]);
  return suiteCounts(ok, report, ({ numPassedTests, numFailedTests, testResults }) => {
    /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
    const results = testResults;
    // A file that does not load has failed although none of its tests did.
    const broken = results.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  });
}

/** @type {Step['run']} */
async function browserTests(files, browsers) {
  prepareBroker();
  const report = path.join(folder, 'browser.json');
  const { ok } = await runTool(
    '@web/test-runner:wtr',
    files.flatMap((file) => ['--files', file]),
    {
      env: { MAGTEK_TEST_SUMMARY: report, ...(browsers === undefined ? {} : { BROWSERS: browsers }) },
    },
  );
  return suiteCounts(ok, report, (counts) => counts);
}

/**
 * The counts of a suite. A runner that fails without a failed test, that leaves no report or that ran nothing is one failure.
 * @param {boolean} ok @param {string} report @param {(report: any) => Counts} read
 * @returns {Counts}
 */
function suiteCounts(ok, report, read) {
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0 };
  try {
    counts = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    console.error(`The test runner left no report: ${error instanceof Error ? error.message : error}`);
  }
  const nothingRan = counts.passed + counts.failed === 0;
  return counts.failed === 0 && (!ok || nothingRan) ? { ...counts, failed: 1 } : counts;
}

/** The steps to run, the test files to run them on, and the browsers for those that run in one. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string', multiple: true }, browsers: { type: 'string' } },
    allowPositionals: true,
  });
  const only = values.only ?? steps.map(({ name }) => name);
  const unknown = only.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined)
    throw new Error(`no step “${unknown}”: there are ${steps.map(({ name }) => name).join(', ')}`);
  const chosen = steps.filter(({ name }) => only.includes(name));
  if (positionals.length > 0 && !(chosen.length === 1 && chosen[0]?.suite)) {
    throw new Error('files can be given with “--only node” or “--only browser” alone');
  }
  const files = positionals.map((file) => path.relative(root, path.resolve(file)));
  return { chosen, files, browsers: values.browsers };
}

const total = { passed: 0, failed: 0 };
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = true;
    stopTools();
  });
}

try {
  const { chosen, files, browsers } = readArguments();
  for (const { name, suite, run } of chosen) {
    console.log(`\n── ${name} ──`);
    const start = performance.now();
    const { passed, failed } = await run(files, browsers);
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${failed === 0 ? '✓' : '✗'} ${name}, ${seconds} s`);
    if (stopped || (failed > 0 && !suite)) break;
  }
} catch (error) {
  total.failed++;
  console.error(error instanceof Error ? error.message : error);
}
rmSync(folder, { recursive: true, force: true });
for (const note of skipped) console.log(`\n${note}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
