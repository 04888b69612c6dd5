/**
 * Finds programs, and installs Debian packages where that is possible. It does not know what the programs are for.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} name @returns {string | undefined} */
export function onPath(name) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name + suffix))
    .find(isExecutable);
}

/** Whether packages can be installed here: by root, with apt-get. */
export const canInstall = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined;

/** What asks whether an installed service may be started (Debian policy-rc.d(8)). */
const startPolicy = '/usr/sbin/policy-rc.d';

/**
 * Installs a Debian package; what apt-get prints goes to stderr, so that stdout stays the caller's. A service that comes with
 * it is not started.
 * @param {string} name
 */
export function installPackage(name) {
  process.stderr.write(`Installing the Debian package ${name}, which takes a minute …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const isPolicyOurs = !existsSync(startPolicy);
  if (isPolicyOurs) writeFileSync(startPolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
      // An update that fails for one source of several still leaves what the installation needs: that one decides.
      spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args], {
        stdio: ['ignore', 2, 2],
        env,
      });
    }
  } finally {
    if (isPolicyOurs) rmSync(startPolicy, { force: true });
  }
}
