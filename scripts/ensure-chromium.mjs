/**
 * Finds a Chromium-family browser for the tests, and installs Debian's package where that is possible and nothing is there.
 * It does not know what the browser is for. Run as a script it prints the path.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { canInstall, installPackage, isExecutable, onPath } from './programs.mjs';

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

/** Where installers put browsers on systems that do not use PATH for them. */
const knownPlaces = [
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
 * Path of a browser that can be started.
 * Looked at in this order: the environment variable CHROME_PATH, names on PATH, the usual places on macOS and Windows, and
 * at last, for root on Debian, the package `chromium`, which is then installed.
 *
 * @returns {string}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export function ensureChromium() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`CHROME_PATH is “${wanted}”, which is no executable file.`);
    return wanted;
  }
  const find = () => namesOnPath.map(onPath).find((file) => file !== undefined) ?? knownPlaces.find(isExecutable);
  const found = find();
  if (found) return found;
  if (canInstall()) {
    installPackage('chromium');
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium found: install Chromium or Chrome (Debian: apt-get install chromium), or set CHROME_PATH.',
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensureChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
