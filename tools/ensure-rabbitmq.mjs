/**
 * Finds RabbitMQ for tests, or installs it; the service that comes with the package is not started. It does not know how it is
 * started. Run as a script it prints the path.
 */
import { ensureProgram, findProgram, printWhenScript } from './ensure-program.mjs';

const rabbitmq = {
  name: 'RabbitMQ',
  variable: 'RABBITMQ_PATH',
  names: [],
  // The program itself: what Debian puts on PATH would run it as another user, without the settings that are given.
  places: ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/opt/homebrew/sbin/rabbitmq-server'],
  package: 'rabbitmq-server',
};

/**
 * Path of RabbitMQ, where it is there already.
 * @returns {string | undefined}
 * @throws {Error} of one line, when RABBITMQ_PATH is not a program.
 */
export const findRabbitmq = () => findProgram(rabbitmq);

/**
 * Path of RabbitMQ.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureRabbitmq = () => ensureProgram(rabbitmq);

printWhenScript(import.meta.url, ensureRabbitmq);
