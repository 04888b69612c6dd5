/**
 * Finds the MQTT broker mosquitto for tests and the demo, and installs Debian's package where that is possible and nothing is
 * there. It does not know how the broker is started. Run as a script it prints the path.
 */
import { pathToFileURL } from 'node:url';
import { canInstall, installPackage, isExecutable, onPath } from './programs.mjs';

/** Where packages put it that not everybody has on PATH. */
const knownPlaces = [
  '/usr/sbin/mosquitto',
  '/usr/local/sbin/mosquitto',
  '/opt/homebrew/sbin/mosquitto',
  'C:\\Program Files\\mosquitto\\mosquitto.exe',
];

/**
 * Path of mosquitto: the environment variable MOSQUITTO_PATH, PATH, or the usual places.
 * @returns {string | undefined}
 * @throws {Error} of one line, when MOSQUITTO_PATH is no program.
 */
export function findMosquitto() {
  const wanted = process.env.MOSQUITTO_PATH;
  if (wanted && !isExecutable(wanted)) throw new Error(`MOSQUITTO_PATH is “${wanted}”, which is no executable file.`);
  return wanted || (onPath('mosquitto') ?? knownPlaces.find(isExecutable));
}

/**
 * Path of mosquitto, which for root on Debian is installed where it is missing. The service that comes with the package is
 * not started.
 *
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export function ensureMosquitto() {
  const found = findMosquitto();
  if (found) return found;
  if (canInstall()) {
    installPackage('mosquitto');
    const installed = findMosquitto();
    if (installed) return installed;
  }
  throw new Error(
    'No mosquitto found: install it (Debian: apt-get install mosquitto; macOS: brew install mosquitto), or set MOSQUITTO_PATH.',
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensureMosquitto());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
