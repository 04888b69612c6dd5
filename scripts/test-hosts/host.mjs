/**
 * One page that stands for a framework: installed with the package as it would be published, checked and built with the framework's
 * own tools. It does not know what the page does.
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
  return runNode([program, ...args], { cwd, capture: true, env: { NEXT_TELEMETRY_DISABLED: '1' } });
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
 * @param {readonly string[]} args @param {string} folder
 * @throws {Error} with what it printed
 */
async function npmIn(args, folder) {
  const { ok, output } = await npm(args, folder);
  if (!ok) throw new Error(`npm ${args.join(' ')}:\n${output}`);
}

/**
 * Installs what a lock file names, where neither it nor this package has changed since the last time.
 * @param {string} folder @param {string} [published] hash of this package where it is among that
 * @param {readonly string[]} [options] of `npm ci`
 */
async function install(folder, published = '', options = []) {
  const stamp = path.join(folder, 'node_modules', '.magtek-elements-installed');
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).update(published).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await npmIn(['ci', '--no-audit', '--no-fund', ...options], folder);
  writeFileSync(stamp, wanted);
}

/**
 * Installs, checks and builds a page of `demo/`. Its lock file names this package as a folder, and its `.npmrc` lets npm pack that
 * folder instead of linking to it.
 *
 * @param {string} name @param {string} published hash of the package
 * @returns {Promise<string>} the folder to serve
 * @throws {Error} with what the tool printed that failed
 */
export async function buildHost(name, published) {
  const folder = path.join(root, 'demo', name);
  const built = path.join(folder, 'dist');
  rmSync(built, { recursive: true, force: true });
  await install(folder, published);
  await npmIn(['run', 'check'], folder);
  await npmIn(['run', 'build'], folder);
  return built;
}

/**
 * The same with an app that renders its pages on a server of its own; it checks what it builds.
 * @param {{ folder: string, isBuilt: boolean }} app @param {string} published
 * @returns {Promise<string>} the folder of the app
 */
export async function prepareServerApp(app, published) {
  const folder = path.join(root, 'test/system/hosts', app.folder);
  await install(folder, published, ['--ignore-scripts']);
  if (app.isBuilt) await npmIn(['run', 'build'], folder);
  return folder;
}

/** Installs the libraries that pages are moved with. */
export async function installMoving() {
  await install(path.join(root, 'test/system/hosts/moving'), '', ['--ignore-scripts']);
}
