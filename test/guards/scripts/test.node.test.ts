/**
 * The last line of `npm test` tells the truth, also about what never ran.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeProject, runScript } from './run-script.js';

const passing = `import { test } from 'vitest';\ntest('passes', () => {});\n`;
const failing = `import { test } from 'vitest';\ntest('fails', () => { throw new Error('no'); });\n`;
const notLoading = `import './nothing.js';\n`;
const empty = `export {};\n`;

/** Runs the Node tests of a project that has just these files; gives the exit code and the lines printed. */
function runTests(...files: string[]): { status: number | null; lines: string[] } {
  const project = makeProject();
  writeFileSync(path.join(project, 'vitest.config.js'), `export default { test: { include: ['test/*.js'] } };\n`);
  writeFileSync(path.join(project, 'package.json'), `{ "type": "module" }\n`);
  mkdirSync(path.join(project, 'test'));
  files.forEach((text, number) => writeFileSync(path.join(project, 'test', `${number}.js`), text));
  return run(project, '--only', 'node', 'test');
}

function run(project: string, ...args: string[]): { status: number | null; lines: string[] } {
  const { status, stdout } = runScript(project, 'scripts/test.mjs', args);
  return { status, lines: stdout.trimEnd().split('\n') };
}

const isSummary = (line: string): boolean => /^\d+ passed, \d+ failed$/.test(line);

test.each([
  ['tests that pass', [passing, passing], '2 passed, 0 failed', 0],
  ['tests that fail', [passing, failing], '1 passed, 1 failed', 1],
  ['a file that does not load', [passing, notLoading], '1 passed, 1 failed', 1],
  ['a file without tests', [empty], '0 passed, 1 failed', 1],
  ['no file at all', [], '0 passed, 1 failed', 1],
])('%s', (_, files, summary, code) => {
  const { status, lines } = runTests(...files);
  expect(status).toBe(code);
  expect(lines.at(-1)).toBe(summary);
  expect(lines.filter(isSummary)).toHaveLength(1);
});

test.each([
  ['a step that does not exist', ['--only', 'everything']],
  ['an option that does not exist', ['--all']],
  ['files without a suite', ['test']],
  ['a step that fails', ['--only', 'types', '--only', 'node']],
])('%s', (_, args) => {
  const { status, lines } = run(makeProject(), ...args);
  expect(status).toBe(1);
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
});
