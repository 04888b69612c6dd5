/**
 * A generated file that git does not have as the build makes it is noticed.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeProject, runScript } from './run-script.js';

function makeRepository(): {
  check: () => ReturnType<typeof runScript>;
  write: (text: string) => void;
  stage: () => void;
} {
  const project = makeProject();
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: project });
  git('init', '--quiet');
  return {
    check: () => runScript(project, 'check-generated.mjs'),
    write: (text) => writeFileSync(path.join(project, 'custom-elements.json'), text),
    stage: () => git('add', 'custom-elements.json'),
  };
}

const complaint = /^custom-elements\.json .*npm run build.*commit/;

test('what is staged as it is passes', () => {
  const { check, write, stage } = makeRepository();
  write('{}');
  stage();
  expect(check()).toMatchObject({ status: 0, stderr: '' });
});

test('what differs from what is staged fails and says what to do', () => {
  const { check, write, stage } = makeRepository();
  write('{}');
  stage();
  write('{"modules": []}');
  expect(check()).toMatchObject({ status: 1, stderr: expect.stringMatching(complaint) });
});

test('what git does not have at all fails', () => {
  const { check, write } = makeRepository();
  write('{}');
  expect(check()).toMatchObject({ status: 1, stderr: expect.stringMatching(complaint) });
});

test('without a repository there is nothing to compare with', () => {
  const project = makeProject();
  expect(runScript(project, 'check-generated.mjs')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No git repository'),
  });
});
