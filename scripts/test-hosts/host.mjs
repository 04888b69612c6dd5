/**
 * One page of `demo/` that stands for a framework: installed with the package as it would be published, checked and built with
 * the framework's own tools. It does not know what the page does.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, runNode } from '../../tools/run-tool.mjs';

/** The pages that are built, by the folders that they have in `demo/`. */
export const builtHosts = ['react', 'vue', 'svelte', 'angular'];

/** @param {readonly string[]} args @param {string} [cwd] */
function npm(args, cwd = root) {
  const program = process.env.npm_execpath;
  if (program === undefined) throw new Error('Run it with npm: npm run test:hosts');
  return runNode([program, ...args], { cwd, capture: true });
}

/**
 * What npm would publish, as a hash of its contents.
 * @returns {Promise<string>}
 */
export async function packageHash() {
  const { ok, output } = await npm(['pack', '--dry-run', '--json', '--loglevel=silent']);
  const found = /"integrity": "([^"]+)"/.exec(output)?.[1];
  if (!ok || found === undefined) throw new Error(`npm pack failed:\n${output}`);
  return found;
}

/**
 * Installs, checks and builds a page.
 *
 * Its lock file names this package as a folder, and its `.npmrc` lets npm pack that folder instead of linking to it. Where
 * neither the lock file nor the package has changed since the last time, what is installed stays.
 *
 * @param {string} name @param {string} published hash of the package
 * @returns {Promise<string>} the folder to serve
 * @throws {Error} with what the tool printed that failed
 */
export async function buildHost(name, published) {
  const folder = path.join(root, 'demo', name);
  const stamp = path.join(folder, 'node_modules', '.magtek-elements-installed');
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).update(published).digest('hex');
  const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  const built = path.join(folder, 'dist');
  rmSync(built, { recursive: true, force: true });

  const steps = [...(isInstalled ? [] : [['ci', '--no-audit', '--no-fund']]), ['run', 'check'], ['run', 'build']];
  for (const step of steps) {
    const { ok, output } = await npm(step, folder);
    if (!ok) throw new Error(`npm ${step.join(' ')}:\n${output}`);
    if (step[0] === 'ci') writeFileSync(stamp, wanted);
  }
  return built;
}

/** Installs the libraries that pages are moved with, where their lock file has changed since. */
export async function installMoving() {
  const folder = path.join(root, 'test/system/hosts/moving');
  const stamp = path.join(folder, 'node_modules', '.magtek-elements-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { ok, output } = await npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  if (!ok) throw new Error(`npm ci:\n${output}`);
  writeFileSync(stamp, wanted);
}
