/**
 * Fails when a generated file that is kept in git differs from what the build has just made.
 * It compares with the index, so that a file which is staged for the next commit counts.
 */
import { spawnSync } from 'node:child_process';
import { root } from './run-tool.mjs';

const generatedFiles = ['custom-elements.json'];

/** @param {readonly string[]} args */
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

if (git('rev-parse', '--is-inside-work-tree').status !== 0) {
  console.log('No git repository here: nothing to compare with.');
} else {
  const stale = generatedFiles.filter(
    (file) =>
      git('ls-files', '--error-unmatch', '--', file).status !== 0 || git('diff', '--quiet', '--', file).status !== 0,
  );
  for (const file of stale) {
    console.error(`${file} is not what git has: run “npm run build” and commit ${file}.`);
  }
  if (stale.length > 0) process.exitCode = 1;
}
