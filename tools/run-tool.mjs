/**
 * Runs the command-line tools of the installed packages, without a shell and without npx.
 * It does not know what the tools do.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { endWithProcess } from './leave-nothing.mjs';

/** The folder with package.json. */
export const root = path.resolve(import.meta.dirname, '..');

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends every tool that is still running. */
export function stopTools() {
  for (const child of running) child.kill();
}

/**
 * The file that a package runs for one of its commands.
 * @param {string} packageName @param {string} command
 */
function fileOf(packageName, command) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs Node with arguments, in the project's folder where no other is given. It ends with this process.
 *
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, capture?: boolean, cwd?: string }} [options] `capture` keeps what is printed instead
 * of showing it.
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects; `output` is empty unless captured
 */
export function runNode(args, { env = {}, capture = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env, ...(capture && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    const forget = endWithProcess(() => void child.kill());
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => (output += String(error)));
    child.on('close', (code) => {
      running.delete(child);
      forget();
      resolve({ ok: code === 0, output });
    });
  });
}

/**
 * Runs a command of an installed package.
 *
 * @param {string} tool the package, and the command after a colon where it has another name: `typescript:tsc`
 * @param {readonly string[]} [args]
 * @param {Parameters<typeof runNode>[1]} [options]
 */
export function runTool(tool, args = [], options) {
  const [packageName = tool, command = packageName] = tool.split(':');
  return runNode([fileOf(packageName, command), ...args], options);
}

/**
 * Waits for tools that run at the same time and prints what each had to say, one after the other.
 *
 * @param {readonly Promise<{ ok: boolean, output: string }>[]} runs of captured tools
 * @returns {Promise<boolean>} whether all of them succeeded
 */
export async function allSucceed(runs) {
  const results = await Promise.all(runs);
  for (const { output } of results) process.stdout.write(output);
  return results.every(({ ok }) => ok);
}
