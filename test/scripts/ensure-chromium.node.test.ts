/**
 * Where the tests' browser comes from, and what is said when there is none. Nothing is installed here: no PATH has apt-get.
 */
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, root, runScript, type Outcome } from './run-script.js';

const find = (env: Record<string, string>): Outcome => runScript(root, 'ensure-chromium.mjs', [], env);

function makeProgram(name: string): string {
  const file = path.join(makeFolder(), name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

test('CHROME_PATH comes first', () => {
  const wanted = makeProgram('my-browser');
  const other = makeProgram('chromium');
  expect(find({ CHROME_PATH: wanted, PATH: path.dirname(other) })).toMatchObject({ status: 0, stdout: `${wanted}\n` });
});

test('a CHROME_PATH that cannot be run is an error, whatever else is there', () => {
  const { status, stderr } = find({ CHROME_PATH: '/nothing/here', PATH: path.dirname(makeProgram('chromium')) });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^CHROME_PATH is “\/nothing\/here”.*\n$/);
});

test('a folder is no browser', () => {
  expect(find({ CHROME_PATH: makeFolder(), PATH: '' }).status).toBe(1);
});

test.each(['chromium', 'google-chrome'])('%s is found on PATH', (name) => {
  const program = makeProgram(name);
  expect(find({ PATH: `${makeFolder()}${path.delimiter}${path.dirname(program)}` }).stdout).toBe(`${program}\n`);
});

test.runIf(process.platform === 'linux')('without one it says in one line what to do', () => {
  const { status, stdout, stderr } = find({ PATH: makeFolder() });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^No Chromium found: .*CHROME_PATH.*\n$/);
});
