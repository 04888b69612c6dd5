/** The public repository besides its pages: its CI runs what anybody runs, and its forms keep card data out. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/run-script.js';
import { checkCommandLine } from './shell.js';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test('the workflow runs the script that anybody can run, from the oldest Node on', () => {
  const workflow = read('.github/workflows/ci.yml');
  const commands = [...workflow.matchAll(/^ *- run: (.*)$/gm)].map(([, command]) => command);
  expect(commands.at(-1)).toBe('.ci/run');
  expect(statSync(path.join(root, '.ci/run')).mode & 0o111, 'it may be run').toBeGreaterThan(0);
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  const [, oldest = ''] = /node: \[([\d.]+),/.exec(workflow) ?? [];
  expect(`>=${oldest.replace(/\.0$/, '')}`).toBe(engines.node);
  expect(workflow).toContain('contents: read');
});

test('every line of that script names what there is', async () => {
  const lines = read('.ci/run')
    .split('\n')
    .filter((line) => /^(npm|npx|node) /.test(line));
  expect(lines).toEqual(expect.arrayContaining(['npm ci', 'npm test']));
  for (const line of lines) expect(await checkCommandLine(line), line).toEqual([]);
});

test('every form asks for no card data, or for none at all', () => {
  const folder = '.github/ISSUE_TEMPLATE';
  const forms = readdirSync(path.join(root, folder)).filter((file) => file !== 'config.yml');
  expect(forms).toEqual(['bug.yml', 'idea.yml']);
  const bug = read(`${folder}/bug.yml`);
  expect(bug).toContain('**No card data, please.**');
  expect(bug).toMatch(/there are no card data in it\.\s+required: true/);
  // Nothing of a recording is asked for but what is masked.
  for (const form of forms) expect(read(`${folder}/${form}`)).not.toMatch(/label: .*(recording|trace|card number)/i);
});
