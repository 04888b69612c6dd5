/**
 * The CDN files of this repository as they were at a commit, built in a work tree of their own with the packages of today. They are
 * what is measured beside those of now.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../tools/run-tool.mjs';

/** The last one in which a page loaded every element. */
export const COMMIT = 'c134dcb';

/** @param {string} folder @param {string} command @param {readonly string[]} args */
function run(folder, command, args) {
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? undefined : stderr.trim();
}

/**
 * @returns {Map<string, Buffer> | string} the files by name, or why there are none: a shallow clone does not have the commit
 */
export function cdnBefore() {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-before-'));
  try {
    const missing = run(root, 'git', ['worktree', 'add', '--detach', '--force', folder, COMMIT]);
    if (missing !== undefined) return missing;
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    const vite = path.join(root, 'node_modules/vite/bin/vite.js');
    const failed = run(folder, process.execPath, [vite, 'build', '-c', 'vite.cdn.config.ts']);
    if (failed !== undefined) return failed;
    const cdn = path.join(folder, 'cdn');
    return new Map(readdirSync(cdn).map((name) => [name, readFileSync(path.join(cdn, name))]));
  } finally {
    run(root, 'git', ['worktree', 'remove', '--force', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}
