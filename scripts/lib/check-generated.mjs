/**
 * Fails when a generated file that is kept in git differs from what the build has just made, or is not kept in git at all.
 * It compares with the index, so that a file which is staged for the next commit counts.
 */
import { spawnSync } from 'node:child_process';
import { root } from '../../tools/run-tool.mjs';

const generated = ['custom-elements.json', 'docs/elements'];

/** @param {readonly string[]} args */
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

if (git('rev-parse', '--is-inside-work-tree').status !== 0) {
  console.log('No git repository here: nothing to compare with.');
} else {
  // “XY path”: X is what the index has, Y what the folder has beyond that, a space where they are the same.
  const { stdout } = git('status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', ...generated);
  const stale = stdout
    .split('\0')
    .filter((line) => line !== '' && line[1] !== ' ')
    .map((line) => line.slice(3));
  for (const file of stale) {
    console.error(`${file} is not what git has: run “npm run build” and commit ${file}.`);
  }
  if (stale.length > 0) process.exitCode = 1;
}
