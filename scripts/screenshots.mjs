/**
 * `npm run screenshots`: pictures of every state of every element, as people look at them: light, dark, from right to left, with
 * forced colours, on a small screen, with large text, and at half the width with everything twice as large.
 *
 *     npm run screenshots                            all of them, into screenshots/
 *     npm run screenshots -- status dark             those of one element, or of one way of looking
 *
 * They are for people to look at: fonts differ from machine to machine, so no test compares them.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from 'puppeteer-core';
import { ensureChromium } from '../tools/ensure-chromium.mjs';
import { root } from '../tools/run-tool.mjs';
import { startDemo } from '../tools/start-demo.mjs';

/** Those of the gallery: all but the fleet, which needs a broker. */
const elements = readdirSync(path.join(root, 'src/elements')).filter((name) =>
  existsSync(path.join(root, `demo/elements/${name}.html`)),
);

/**
 * @typedef {object} Look
 * @property {number} width
 * @property {number} [scale] Of the device's pixels, as the zoom of a browser changes it.
 * @property {string} [query] For the page.
 * @property {{ name: string, value: string }[]} [media] Features, as the protocol of the browser's tools knows them.
 * @property {string} [fontSize] Of the page.
 */

/** @type {Readonly<Record<string, Look>>} */
const looks = {
  light: { width: 1280 },
  dark: { width: 1280, media: [{ name: 'prefers-color-scheme', value: 'dark' }] },
  rtl: { width: 1280, query: 'dir=rtl' },
  forced: { width: 1280, media: [{ name: 'forced-colors', value: 'active' }] },
  small: { width: 320 },
  zoomed: { width: 640, scale: 2 },
  'large-text': { width: 640, fontSize: '200%' },
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.find((word) => !elements.includes(word) && !(word in looks));
if (unknown !== undefined) throw new Error(`no element and no look “${unknown}”`);
/** @param {string[]} all */
const wanted = (all) => {
  const named = all.filter((word) => positionals.includes(word));
  return named.length > 0 ? named : all;
};

const folder = path.join(root, 'screenshots');
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const look of wanted(Object.keys(looks))) {
    const { width, scale = 1, query = '', media = [], fontSize } = /** @type {Look} */ (looks[look]);
    for (const element of wanted(elements)) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 800, deviceScaleFactor: scale });
      // Not the method of the page: it knows no forced colours.
      const tools = await page.createCDPSession();
      const features = [...media, { name: 'prefers-reduced-motion', value: 'reduce' }];
      await tools.send('Emulation.setEmulatedMedia', { features });
      await page.goto(new URL(`/elements/states.html?element=${element}&${query}`, demo.address).href);
      await page.waitForSelector('body[data-ready]');
      if (fontSize !== undefined) {
        await page.evaluate((size) => {
          document.documentElement.style.fontSize = size;
        }, fontSize);
      }
      const file = path.join(folder, `${element}-${look}.png`);
      await page.screenshot({ path: /** @type {`${string}.png`} */ (file), fullPage: true });
      console.log(path.relative(root, file));
      await page.close();
    }
  }
} finally {
  await browser.close();
  demo.stop();
}
