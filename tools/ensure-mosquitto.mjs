/**
 * Finds the MQTT broker mosquitto for tests and the demo, or installs it; the service that comes with the package is not
 * started. It does not know how the broker is started. Run as a script it prints the path.
 */
import { ensureProgram, findProgram, printWhenScript } from './ensure-program.mjs';

const mosquitto = {
  name: 'mosquitto',
  variable: 'MOSQUITTO_PATH',
  names: ['mosquitto'],
  // Where packages put it that not everybody has on PATH.
  places: [
    '/usr/sbin/mosquitto',
    '/usr/local/sbin/mosquitto',
    '/opt/homebrew/sbin/mosquitto',
    'C:\\Program Files\\mosquitto\\mosquitto.exe',
  ],
  package: 'mosquitto',
};

/**
 * Path of mosquitto, where it is there already.
 * @returns {string | undefined}
 * @throws {Error} of one line, when MOSQUITTO_PATH is not a program.
 */
export const findMosquitto = () => findProgram(mosquitto);

/**
 * Path of mosquitto.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureMosquitto = () => ensureProgram(mosquitto);

printWhenScript(import.meta.url, ensureMosquitto);
