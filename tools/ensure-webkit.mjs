/**
 * Finds the driver of WebKitGTK and a display for it, or installs them: Linux only, as nothing else has them.
 * It does not know what the browser is for. Run as a script it prints the path of the driver.
 */
import { ensureProgram, printWhenScript } from './ensure-program.mjs';

/**
 * Paths of WebKitWebDriver and of the X server without a screen.
 * @returns {{ driver: string, display: string }}
 * @throws {Error} of one line that says what to do, when there is none.
 */
export const ensureWebkit = () => ({
  driver: ensureProgram({
    name: 'WebKitWebDriver',
    variable: 'WEBKIT_DRIVER',
    names: ['WebKitWebDriver'],
    package: 'webkit2gtk-driver',
  }),
  display: ensureProgram({ name: 'Xvfb', variable: 'XVFB_PATH', names: ['Xvfb'], package: 'xvfb' }),
});

printWhenScript(import.meta.url, () => ensureWebkit().driver);
