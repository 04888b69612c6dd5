/**
 * `npm run test:hosts`: the package inside plain HTML and each framework. Every page of `demo/` that stands for one is
 * installed, checked and built with its own tools, and then used in a browser; and pages that replace, keep and morph their
 * elements are driven with the libraries that do it, those that a server renders with Next and Nuxt; and the tags are used in jsdom
 * and happy-dom.
 * `npm run test:hosts -- react turbo` for some.
 * The last line is always “N passed, N failed”.
 */
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { ensureChromium } from '../tools/ensure-chromium.mjs';
import { root, runNode, runTool, stopTools } from '../tools/run-tool.mjs';
import { drivePage } from './test-hosts/drive.mjs';
import { buildHost, builtHosts, installMoving, packageHash, prepareServerApp } from './test-hosts/host.mjs';
import { driveMoving } from './test-hosts/moving.mjs';
import { serveMoving } from './test-hosts/moving-server.mjs';
import { ways } from './test-hosts/moving-ways.mjs';
import { takeOver } from './test-hosts/rendered-ways.mjs';
import { serverApps, startServerApp } from './test-hosts/server-app.mjs';

/** Milliseconds for each thing that a page is waited for: far more than it takes. */
const TIMEOUT = 30_000;

/**
 * Makes what is to be served, and uses it. It gets the hash of the package.
 * @typedef {(browser: import('puppeteer-core').Browser, published: string) => Promise<void>} Use
 */

/** @type {Record<string, Use>} */
const hosts = {
  html: (browser) => drivePage({ browser, folder: path.join(root, 'demo'), pathname: '/html/', timeout: TIMEOUT }),
};
for (const name of builtHosts) {
  hosts[name] = async (browser, published) =>
    drivePage({ browser, folder: await buildHost(name, published), pathname: '/', timeout: TIMEOUT });
}
for (const [way, drive] of Object.entries(ways)) {
  hosts[way] = async (browser) => {
    await installMoving();
    await driveMoving({ browser, serve: serveMoving, drive, timeout: TIMEOUT });
  };
}
for (const [name, app] of Object.entries(serverApps)) {
  hosts[name] = async (browser, published) => {
    const folder = await prepareServerApp(app, published);
    await driveMoving({
      browser,
      serve: (url) => startServerApp(app, { folder, url, timeout: TIMEOUT }),
      drive: takeOver,
      outcome: 'approved',
      timeout: TIMEOUT,
    });
  };
}

hosts['without-browser'] = async () => {
  await installMoving();
  const { ok, output } = await runTool('vitest', ['run', '--config', 'vitest.hosts.config.ts'], { capture: true });
  if (!ok) throw new Error(output);
};

/** The hosts that are asked for; all of them where none is. */
function chosenHosts() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(hosts, name));
  if (unknown !== undefined) throw new Error(`no host “${unknown}”: there are ${Object.keys(hosts).join(', ')}`);
  return Object.entries(hosts).filter(([name]) => names.length === 0 || names.includes(name));
}

let passed = 0;
let failed = 0;
let stopped = false;
/** @type {import('puppeteer-core').Browser | undefined} */
let browser;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = true;
    stopTools();
    void browser?.close();
  });
}

try {
  const chosen = chosenHosts();
  const { ok, output } = await runNode(['scripts/build.mjs'], { capture: true });
  if (!ok) throw new Error(output);
  const published = await packageHash();
  browser = await launch({
    executablePath: ensureChromium(),
    // Pages that change 200 times take their time on a busy machine.
    protocolTimeout: 600_000,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  for (const [name, use] of chosen) {
    if (stopped) break;
    const start = performance.now();
    let problem = '';
    try {
      await use(browser, published);
      passed++;
    } catch (error) {
      failed++;
      problem = `\n  ${error instanceof Error ? error.message : error}`;
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${problem === '' ? '✓' : '✗'} ${name}, ${seconds} s${problem}`);
  }
  if (stopped) failed++;
} catch (error) {
  failed++;
  console.error(error instanceof Error ? error.message : error);
}
await browser?.close();
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
