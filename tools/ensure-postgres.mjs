/**
 * Finds PostgreSQL's server for the tests of the host kit and its measurements, or installs it; the service that comes with the
 * package is not started. Run as a script it prints the path.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureProgram, findProgram, printWhenScript } from './ensure-program.mjs';

/** Debian keeps versions side by side, off PATH. */
const VERSIONS = '/usr/lib/postgresql';

/** Where packages put it, newest first. Looked at anew each time: it may have been installed meanwhile. */
function places() {
  /** @type {string[]} */
  let versions = [];
  try {
    versions = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  } catch {
    // Another system, or nothing installed.
  }
  return [
    ...versions.map((version) => path.join(VERSIONS, version, 'bin', 'postgres')),
    '/opt/homebrew/opt/postgresql/bin/postgres',
    '/usr/local/opt/postgresql/bin/postgres',
  ];
}

const postgres = {
  name: 'PostgreSQL',
  variable: 'POSTGRES_PATH',
  names: ['postgres'],
  get places() {
    return places();
  },
  package: 'postgresql',
};

/**
 * Path of the server, where it is there already.
 * @returns {string | undefined}
 * @throws {Error} of one line, when POSTGRES_PATH is not a program.
 */
export const findPostgres = () => findProgram(postgres);

/**
 * Path of the server; `initdb` is beside it.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensurePostgres = () => ensureProgram(postgres);

printWhenScript(import.meta.url, ensurePostgres);
