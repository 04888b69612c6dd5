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
 * Path of a program that is there: its environment variable, names on PATH, or the usual places, in this order.
 *
 * @param {Program} program
 * @returns {string | undefined}
 * @throws {Error} of one line, when the variable names no program.
 */
export function findProgram({ variable, names, places = [] }) {
  const wanted = process.env[variable];
  if (wanted && !isExecutable(wanted)) throw new Error(`${variable} is “${wanted}”, which is not an executable file.`);
  return wanted || (names.map(onPath).find((file) => file !== undefined) ?? places.find(isExecutable));
}

/**
 * Path of a program that can be started; for root on Debian its package is installed where it is missing.
 *
 * @param {Program} program
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export function ensureProgram(program) {
  const found = findProgram(program);
  if (found) return found;
  if (canInstall()) {
    installPackage(program.package);
    const installed = findProgram(program);
    if (installed) return installed;
  }
  throw new Error(
    `No ${program.name} found: install it (Debian: apt-get install ${program.package}), or set ${program.variable}.`,
  );
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
