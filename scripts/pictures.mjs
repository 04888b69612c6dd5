/**
 * `npm run pictures`: the pictures of docs/theming.md, into docs/pictures/: a counter with a sale that waits for a card, in the
 * look of the package and in each theme of the demo. Small enough for a page of text. No test compares them: fonts differ.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { ensureChromium } from '../tools/ensure-chromium.mjs';
import { root } from '../tools/run-tool.mjs';
import { startDemo } from '../tools/start-demo.mjs';
import { clickInside, waitInside } from '../tools/shadow-content.mjs';

/**
 * @typedef {object} Picture
 * @property {string} [theme] Its class on the page of themes.
 * @property {{ name: string, value: string }} [feature] Of the media, as the protocol of the browser's tools knows it.
 * @property {number} [width] Of the window; the counter has less.
 */

/** @type {Readonly<Record<string, Picture>>} By the name of the file. */
const pictures = {
  light: {},
  dark: { feature: { name: 'prefers-color-scheme', value: 'dark' } },
  'forced-colors': { feature: { name: 'forced-colors', value: 'active' } },
  night: { theme: 'theme-night' },
  brand: { theme: 'theme-brand' },
  kiosk: { theme: 'theme-kiosk' },
  small: { width: 360 },
};

const folder = path.join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, { theme = '', feature, width = 1240 }] of Object.entries(pictures)) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 1200 });
    // Not the method of the page: it knows no forced colours.
    const features = [{ name: 'prefers-reduced-motion', value: 'reduce' }, ...(feature ? [feature] : [])];
    await (await page.createCDPSession()).send('Emulation.setEmulatedMedia', { features });
    await page.goto(new URL(`/themes.html?theme=${theme}`, demo.address).href);
    await page.waitForSelector('magtek-reader[state=ready]');
    await clickInside(page, 'magtek-transaction >>> button');
    await waitInside(page, 'magtek-transaction:state(waiting-for-card)');
    await page.mouse.move(0, 0);
    const counter = await page.waitForSelector('#counter');
    const file = path.join(folder, `${name}.webp`);
    await counter?.screenshot({ path: /** @type {`${string}.webp`} */ (file), quality: 80 });
    console.log(path.relative(root, file));
    await page.close();
  }
} finally {
  await browser.close();
  demo.stop();
}
