/**
 * Runs a module in a page of headless Chromium, as a package's user would ship it: bundled and minified.
 * It does not know what the module does.
 */
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { build } from 'vite';
import { ensureChromium } from '../scripts/ensure-chromium.mjs';
import { root } from '../scripts/run-tool.mjs';

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
  const browser = await launch({
    executablePath: await ensureChromium(),
    headless: true,
    // Without the last one sizes of the heap are rounded until they say nothing.
    args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: output[0].code });
    const result = await page.evaluate(
      // @ts-expect-error `bench` is what the bundle defines in the page.
      (/** @type {unknown} */ given) => globalThis.bench.run(given),
      options,
    );
    return { result, version: await browser.version() };
  } finally {
    await browser.close();
  }
}
