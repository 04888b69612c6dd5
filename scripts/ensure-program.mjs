/**
 * The way in which a program that is needed is looked for, and installed where that is possible and there is none.
 * It does not know what the programs are for.
 */
import { pathToFileURL } from 'node:url';
import { canInstall, installPackage, isExecutable, onPath } from './programs.mjs';

/**
 * @typedef {object} Program
 * @property {string} name for people
 * @property {string} variable the environment variable that names the file, and comes first
 * @property {readonly string[]} names to look for on PATH
 * @property {readonly string[]} [places] files to look at after that
 * @property {string} package of Debian
 */

/**
 * Path of a program that can be started.
 * Looked at in this order: its environment variable, names on PATH, the usual places, and at last, for root on Debian, its
 * package, which is then installed.
 *
 * @param {Program} program
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export function ensureProgram({ name, variable, names, places = [], package: debianPackage }) {
  const wanted = process.env[variable];
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`${variable} is “${wanted}”, which is no executable file.`);
    return wanted;
  }
  const find = () => names.map(onPath).find((file) => file !== undefined) ?? places.find(isExecutable);
  const found = find();
  if (found) return found;
  if (canInstall()) {
    installPackage(debianPackage);
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(`No ${name} found: install it (Debian: apt-get install ${debianPackage}), or set ${variable}.`);
}

/**
 * Where a module is run as a script: prints the path that it finds, or one line that says what to do.
 * @param {string} module address of the module
 * @param {() => string} ensure
 */
export function printWhenScript(module, ensure) {
  if (process.argv[1] === undefined || module !== pathToFileURL(process.argv[1]).href) return;
  try {
    console.log(ensure());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
