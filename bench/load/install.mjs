/**
 * What `npm install magtek-elements` puts on a disk: this package as it is published, and what it rests on, as the lock file has it.
 * Packages that are optional are not installed for a page.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { installedPlaces } from '../../tools/installed-places.mjs';
import { root } from '../../tools/run-tool.mjs';

/** @param {string} file */
const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** @param {string} folder @returns {number} */
const bytesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);

/** @returns {{ packages: number, bytes: number }} this package is one of them */
export function measureInstall() {
  const packed = execFileSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  /** @type {[{ unpackedSize: number }]} */
  const [{ unpackedSize }] = JSON.parse(packed);
  const beside = installedPlaces(Object.keys(read('package.json').dependencies), read('package-lock.json').packages);
  return {
    packages: beside.length + 1,
    bytes: beside.reduce((sum, place) => sum + bytesOf(path.join(root, place)), unpackedSize),
  };
}
