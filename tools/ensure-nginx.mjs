/**
 * Finds nginx for tests, or installs it; the service that comes with the package is not started. It does not know how it is
 * started. Run as a script it prints the path.
 */
import { ensureProgram, findProgram, printWhenScript } from './ensure-program.mjs';

const nginx = {
  name: 'nginx',
  variable: 'NGINX_PATH',
  names: ['nginx'],
  // Where packages put it that not everybody has on PATH.
  places: ['/usr/sbin/nginx', '/opt/homebrew/bin/nginx'],
  package: 'nginx',
};

/**
 * Path of nginx, where it is there already.
 * @returns {string | undefined}
 * @throws {Error} of one line, when NGINX_PATH is not a program.
 */
export const findNginx = () => findProgram(nginx);

/**
 * Path of nginx.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureNginx = () => ensureProgram(nginx);

printWhenScript(import.meta.url, ensureNginx);
