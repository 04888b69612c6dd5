/**
 * Finds a Firefox for the tests, or installs it.
 * It does not know what the browser is for. Run as a script it prints the path.
 */
import path from 'node:path';
import { ensureProgram, printWhenScript } from './ensure-program.mjs';

/**
 * Path of a Firefox that can be started.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureFirefox = () =>
  ensureProgram({
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      path.join(process.env.PROGRAMFILES ?? '', 'Mozilla Firefox', 'firefox.exe'),
    ],
    package: 'firefox-esr',
  });

printWhenScript(import.meta.url, ensureFirefox);
