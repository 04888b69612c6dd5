/**
 * Starts the demo as `npm start` does, for scripts and tests that look at its pages.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { endWithProcess } from './leave-nothing.mjs';
import { root } from './run-tool.mjs';

/**
 * It ends with this process.
 * @returns {Promise<{ address: string, stop: () => void }>} its first address, and how to end it before.
 * @throws {Error} with its output where it ends without an address.
 */
export function startDemo() {
  const child = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs')], { cwd: root });
  const stop = () => {
    child.kill();
  };
  child.on('exit', endWithProcess(stop));
  return new Promise((resolve, reject) => {
    let output = '';
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      output += chunk.toString();
      const address = /https?:\/\/\S+/.exec(output)?.[0];
      if (address !== undefined) resolve({ address, stop });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => {
      reject(new Error(`it ended without an address: ${output}`));
    });
  });
}
