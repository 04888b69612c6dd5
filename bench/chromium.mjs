/**
 * Runs a module in a page of headless Chromium, as a package's user would ship it: bundled and minified. The page is isolated
 * from other origins: elsewhere the clock has steps of a tenth of a millisecond.
 * It does not know what the module does.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { build } from 'vite';
import { ensureChromium } from '../tools/ensure-chromium.mjs';
import { root } from '../tools/run-tool.mjs';

/** The longest that a module may run: parts of many rounds take some minutes on a slow machine. */
const MINUTES = 20;

/**
 * @param {string} entry the module, from the project's folder; it exports `run(options)`
 * @param {unknown} options what `run` gets: plain data
 * @returns {Promise<{ result: any, version: string }>} what `run` gave
 */
export async function runInChromium(entry, options) {
  const bundle = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: path.join(root, entry), formats: ['iife'], name: 'bench' },
    },
  });
  const [{ output }] = /** @type {[{ output: [{ code: string }] }]} */ (/** @type {unknown} */ (bundle));
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end('<!doctype html><title>bench</title><link rel="icon" href="data:,">');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await launch({
    executablePath: await ensureChromium(),
    headless: true,
    // Without the last two sizes of the heap are rounded until they say nothing, and tell of garbage.
    args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
    protocolTimeout: MINUTES * 60_000,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.addScriptTag({ content: output[0].code });
    const result = await page.evaluate(
      // @ts-expect-error `bench` is what the bundle defines in the page.
      (/** @type {unknown} */ given) => globalThis.bench.run(given),
      options,
    );
    return { result, version: await browser.version() };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
