/**
 * Pages in which this package is not alone: a second copy of it, of the same or of another version; another Lit; tags under other
 * names, in the page's registry or in one of a shadow root. It looks at what `npm run build` made.
 */
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { VERSION } from '../../../src/version.js';
import { cdnFile, launchChromium, root, servePages, type ServedFile } from '../../support/pages.js';
import { clickInside, waitInside } from '../../../tools/shadow-content.mjs';

/** What is looked at of a sale, whatever its class. */
type Sale = Pick<MagtekTransaction, 'phase' | 'outcome'>;

/** A version that there is not. */
const OTHER_VERSION = '99.0.0';

let bundle: (code: string) => Promise<{ name: string; code: string }[]>;
let browser: Browser;

beforeAll(async () => {
  ({ bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as { bundle: typeof bundle });
  browser = await launchChromium();
}, 120_000);

afterAll(() => browser.close());

const bundles = new Map<string, ReturnType<typeof bundle>>();

function bundleOnce(code: string): ReturnType<typeof bundle> {
  const made = bundles.get(code) ?? bundle(code);
  bundles.set(code, made);
  return made;
}

/** A page with scripts, each bundled by itself: whatever they have in common is there as often. */
async function open(scripts: readonly string[], body: string): Promise<{ page: Page; said: string[] }> {
  const files: Record<string, ServedFile> = {};
  const entries: string[] = [];
  for (const [index, code] of scripts.entries()) {
    if (code.startsWith('/cdn/')) {
      entries.push(code);
      continue;
    }
    const chunks = await bundleOnce(code);
    for (const chunk of chunks)
      files[`/${String(index)}/${chunk.name}`] = { type: 'text/javascript', text: chunk.code };
    entries.push(`/${String(index)}/${chunks[0]?.name ?? ''}`);
  }
  const text = `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,">${body}
    ${entries.map((entry) => `<script type="module" src="${entry}"></script>`).join('')}`;
  const { origin, close } = await servePages((url) => {
    if (url === '/') return { type: 'text/html', text };
    // The same file, as it will be after a release.
    const later = url.startsWith('/cdn/later/') ? cdnFile(url.replace('later/', '')) : undefined;
    return later ? { ...later, text: later.text.replaceAll(VERSION, OTHER_VERSION) } : (files[url] ?? cdnFile(url));
  });
  onTestFinished(close);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    // What Lit itself says where it was not bundled for production.
    if (!/^(Lit is in dev mode|Multiple versions of Lit)/.test(text)) said.push(`${message.type()}: ${text}`);
  });
  await page.goto(origin);
  return { page, said };
}

/** Sells in a tag that is connected, under whatever name, and gives the outcome. */
async function sell(page: Page, { reader, sale }: { reader: string; sale: string }): Promise<unknown> {
  await waitInside(page, `${reader}[state=ready]`);
  await clickInside(page, `${sale} >>> [part=pay]`);
  await waitInside(page, `${sale} >>> [part=cancel]`);
  await page.waitForFunction(
    (element) => (element as unknown as Sale).phase === 'waiting-for-card',
    {},
    await page.$(sale),
  );
  const reading = await page.$(reader);
  await reading?.evaluate(async (element) => {
    (await (element as unknown as Pick<MagtekReader, 'simulatedReader'>).simulatedReader)?.tap('visa');
  });
  const selling = await page.$(sale);
  await page.waitForFunction((element) => (element as unknown as Sale).outcome !== undefined, {}, selling);
  return selling?.evaluate((element) => (element as unknown as Sale).outcome);
}

const tagsInside =
  '<magtek-transaction amount="4.60" currency="EUR"></magtek-transaction><magtek-status></magtek-status>';
const shop = `<magtek-reader simulated auto-connect>${tagsInside}</magtek-reader>`;
const usual = { reader: 'magtek-reader', sale: 'magtek-transaction' };

test('the same version twice: the first is used, without a word', async () => {
  const { page, said } = await open([`import 'magtek-elements';`, `import 'magtek-elements';`], shop);
  expect(await sell(page, usual)).toBe('deferred');
  expect(said).toEqual([]);
});

test('another version as second: the first is used, and each tag says both versions', async () => {
  const { page, said } = await open(['/cdn/magtek-elements.all.js', '/cdn/later/magtek-elements.all.js'], shop);
  expect(await sell(page, usual)).toBe('deferred');
  expect(said).toContain(
    `warn: <magtek-reader> is defined already, by version ${VERSION}; version ${OTHER_VERSION} is not used.`,
  );
  expect(said.filter((line) => !line.startsWith('warn: <magtek-'))).toEqual([]);
});

test('two loaders: the first loads everything, and the second says once that it is of another version', async () => {
  const { page, said } = await open(['/cdn/magtek-elements.js', '/cdn/later/magtek-elements.js'], shop);
  expect(await sell(page, usual)).toBe('deferred');
  expect(said).toEqual([
    `warn: magtek-elements is loaded already, in version ${VERSION}; version ${OTHER_VERSION} is not used.`,
  ]);
});

test('the loader beside a bundle of another version: what is defined is used', async () => {
  const { page, said } = await open(
    ['/cdn/later/magtek-elements.all.js', '/cdn/magtek-elements.js'],
    shop.replace('<magtek-status></magtek-status>', ''),
  );
  expect(await sell(page, usual)).toBe('deferred');
  expect(said.sort()).toEqual(
    ['reader', 'transaction'].map(
      (name) =>
        `warn: <magtek-${name}> is defined already, by version ${OTHER_VERSION}; version ${VERSION} is not used.`,
    ),
  );
});

test('tags of one copy find the reader of another', async () => {
  const { page, said } = await open([`import 'magtek-elements/elements/reader';`, `import 'magtek-elements';`], shop);
  expect(await sell(page, usual)).toBe('deferred');
  expect(said).toEqual([]);
});

test('tags stand in an element of another major version of Lit', async () => {
  const host = `import { LitElement, html } from 'lit-2';
    customElements.define('old-shop', class extends LitElement {
      render() { return html\`${tagsInside}\`; }
    });`;
  const { page, said } = await open(
    [`import 'magtek-elements';`, host],
    '<magtek-reader simulated auto-connect><old-shop></old-shop></magtek-reader>',
  );
  await waitInside(page, 'old-shop >>> magtek-transaction');
  expect(await sell(page, { reader: 'magtek-reader', sale: 'old-shop >>> magtek-transaction' })).toBe('deferred');
  expect(said).toEqual([]);
});

const subclasses = `import { MagtekReader, MagtekTransaction } from 'magtek-elements/classes';
  class ShopReader extends MagtekReader {}
  class ShopSale extends MagtekTransaction {}`;

test('classes can have other names in the page', async () => {
  const { page, said } = await open(
    [`${subclasses}\ncustomElements.define('shop-reader', ShopReader);\ncustomElements.define('shop-sale', ShopSale);`],
    '<shop-reader simulated auto-connect><shop-sale amount="4.60" currency="EUR"></shop-sale></shop-reader>',
  );
  expect(await sell(page, { reader: 'shop-reader', sale: 'shop-sale' })).toBe('deferred');
  expect(await page.evaluate(() => customElements.get('magtek-reader'))).toBeUndefined();
  expect(said).toEqual([]);
});

test('classes can have their names in a shadow root alone', async ({ skip }) => {
  const scoped = `${subclasses}
    try {
      const registry = new CustomElementRegistry();
      registry.define('magtek-reader', ShopReader);
      registry.define('magtek-transaction', ShopSale);
      const root = document.querySelector('main').attachShadow({ mode: 'open', customElementRegistry: registry });
      root.innerHTML = ${JSON.stringify(shop.replace('<magtek-status></magtek-status>', ''))};
      document.body.dataset.scoped = String(root.firstChild instanceof ShopReader);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      document.body.dataset.scoped = 'false';
    }`;
  const { page, said } = await open([scoped], '<main></main>');
  await page.waitForSelector('[data-scoped]');
  if ((await page.$('[data-scoped=false]')) !== null) skip('this browser has no scoped registries');
  expect(await sell(page, { reader: 'main >>> magtek-reader', sale: 'main >>> magtek-transaction' })).toBe('deferred');
  expect(await page.evaluate(() => customElements.get('magtek-reader'))).toBeUndefined();
  expect(said).toEqual([]);
});
