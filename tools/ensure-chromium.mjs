/**
 * Finds a Chromium-family browser for the tests, or installs it.
 * It does not know what the browser is for. Run as a script it prints the path.
 */
import path from 'node:path';
import { ensureProgram, printWhenScript } from './ensure-program.mjs';

/** Where installers put browsers on systems that do not use PATH for them. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
];

/**
 * Path of a Chromium, Chrome or Edge that can be started.
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureChromium = () =>
  ensureProgram({
    name: 'Chromium',
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'],
    places,
    package: 'chromium',
  });

printWhenScript(import.meta.url, ensureChromium);
