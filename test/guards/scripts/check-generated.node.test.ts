/**
 * A generated file that git does not have as the build makes it is noticed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeProject, runScript } from './run-script.js';

function makeRepository(): {
  check: () => ReturnType<typeof runScript>;
  write: (text: string) => void;
  stage: () => void;
  folder: string;
} {
  const project = makeProject();
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: project });
  git('init', '--quiet');
  return {
    check: () => runScript(project, 'scripts/lib/check-generated.mjs'),
    write: (text) => writeFileSync(path.join(project, 'custom-elements.json'), text),
    stage: () => git('add', 'custom-elements.json'),
    folder: project,
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

test('a generated page that is not in git, and one that the build no longer makes, are noticed', () => {
  const { check, write, stage, folder } = makeRepository();
  write('{}');
  stage();
  const page = path.join(folder, 'docs/elements/reader.md');
  mkdirSync(path.dirname(page), { recursive: true });
  writeFileSync(page, '# Reader\n');
  const stale = { status: 1, stderr: expect.stringMatching(/^docs\/elements\/reader\.md .*npm run build/) };
  expect(check()).toMatchObject(stale);
  execFileSync('git', ['add', page], { cwd: folder });
  expect(check()).toMatchObject({ status: 0 });
  rmSync(page);
  expect(check()).toMatchObject(stale);
});

test('without a repository there is nothing to compare with', () => {
  const project = makeProject();
  expect(runScript(project, 'scripts/lib/check-generated.mjs')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No git repository'),
  });
});
