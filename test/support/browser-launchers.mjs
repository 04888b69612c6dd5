/**
 * The browsers in which the browser test runner opens its pages: each by the name that the environment variable BROWSERS gives it.
 * A browser is looked for, and installed where that is possible, only when it is wanted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { ensureChromium } from '../../tools/ensure-chromium.mjs';
import { ensureFirefox } from '../../tools/ensure-firefox.mjs';
import { ensureWebkit } from '../../tools/ensure-webkit.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

// Readers use certificates that no browser knows; so do the tests' servers: each browser is told to take them.

/** A folder for what tests save, while this process runs. */
function downloads() {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-downloads-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @type {Record<string, () => import('@web/test-runner').BrowserLauncher>} */
const launchers = {
  chromium: () =>
    chromeLauncher({
      // A context for each page: pages that share one lie in background tabs, where no animation frame is ever drawn.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
      launchOptions: {
        executablePath: ensureChromium(),
        headless: true,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--ignore-certificate-errors',
        ],
      },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      // One page: it slows down the timers of those that are behind another.
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: ensureFirefox(),
        headless: true,
        acceptInsecureCerts: true,
        extraPrefsFirefox: {
          // After a connection that failed it makes the next one wait, longer each time: what is tested is the client's own wait.
          'network.websocket.delay-failed-reconnects': false,
          'dom.min_background_timeout_value': 4,
          'dom.timeout.enable_budget_timer_throttling': false,
          // It tells of what was saved in a panel of its own, which then takes the keys that are meant for the page.
          'browser.download.alwaysOpenPanel': false,
          // What tests save goes nowhere near a person's own files.
          'browser.download.folderList': 2,
          'browser.download.dir': downloads(),
        },
      },
    }),
  webkit: () => webkitLauncher(ensureWebkit()),
};

/**
 * @param {string} names with commas between them
 * @throws {Error} for a name that is none of a browser
 */
export function launchersOf(names) {
  return names.split(',').map((name) => {
    const launcher = launchers[name];
    if (!launcher) throw new Error(`no browser “${name}”: there are ${Object.keys(launchers).join(', ')}`);
    return launcher();
  });
}
