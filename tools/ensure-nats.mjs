/**
 * Finds NATS for tests, or installs it; the service that comes with the package is not started. It does not know how it is
 * started. Run as a script it prints the path.
 */
import { ensureProgram, findProgram, printWhenScript } from './ensure-program.mjs';

const nats = {
  name: 'NATS',
  variable: 'NATS_PATH',
  names: ['nats-server'],
  // Where packages put it that not everybody has on PATH.
  places: ['/usr/sbin/nats-server', '/opt/homebrew/bin/nats-server'],
  package: 'nats-server',
};

/**
 * Path of NATS, where it is there already.
 * @returns {string | undefined}
 * @throws {Error} of one line, when NATS_PATH is not a program.
 */
export const findNats = () => findProgram(nats);

/**
 * Path of NATS.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureNats = () => ensureProgram(nats);

printWhenScript(import.meta.url, ensureNats);
