/**
 * From which page which reader can be reached, in browsers that take ports of this computer for hosts elsewhere: the elements
 * beside a bare WebSocket. The tables of docs/networks.md are written from it: `npm run test:networks -- --update`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readerErrors } from '../../../src/connection/reader-error.js';
import { root } from '../../support/pages.js';
import { addReader, attemptsOf, connectReader, openBare, reopens } from './in-page.js';
import { browsersHere, launchBrowser, names, PRIVATE_NUMBER, startSite, type BrowserName, type Site } from './scene.js';

const DOCUMENT = path.join(root, 'docs/networks.md');

/** Ports, by what is there. */
type SiteName = `${'page' | 'reader'}-${'internet' | 'shop' | 'computer'}-${'tls' | 'plain'}`;

interface SetUp {
  readonly page: { readonly text: string; readonly url: string; readonly site: SiteName };
  readonly reader: { readonly text: string; readonly url: string; readonly site: SiteName };
  readonly only?: BrowserName;
}

const from = (text: string, url: string, site: SiteName): SetUp['page'] => ({ text, url, site });
const pages = {
  internet: from('`https`, from the internet', `https://${names.shop}`, 'page-internet-tls'),
  shop: from('`https`, from the shop’s network', `https://${names.till}`, 'page-shop-tls'),
  computer: from('`https`, from this computer', 'https://localhost', 'page-computer-tls'),
  plainInternet: from('`http`, from the internet', `http://${names.shop}`, 'page-internet-plain'),
  plainShop: from('`http`, from the shop’s network', `http://${names.till}`, 'page-shop-plain'),
  plainComputer: from('`http`, from this computer', 'http://localhost', 'page-computer-plain'),
};
const readers = {
  broker: from('`wss://`, a broker on the internet', `wss://${names.broker}`, 'reader-internet-tls'),
  named: from('`wss://`, a name such as reader.shop.example', `wss://${names.named}`, 'reader-shop-tls'),
  local: from('`wss://`, a name in .local', `wss://${names.reader}`, 'reader-shop-tls'),
  number: from('`wss://`, a private number', `wss://${PRIVATE_NUMBER}`, 'reader-shop-tls'),
  plainLocal: from('`ws://`, a name in .local', `ws://${names.reader}`, 'reader-shop-plain'),
  plainNumber: from('`ws://`, a private number', `ws://${PRIVATE_NUMBER}`, 'reader-shop-plain'),
  plainNamed: from('`ws://`, a name such as reader.shop.example', `ws://${names.named}`, 'reader-shop-plain'),
  computer: from('`ws://127.0.0.1`, this computer', 'ws://127.0.0.1', 'reader-computer-plain'),
};

const setUps: readonly SetUp[] = [
  { page: pages.internet, reader: readers.broker },
  { page: pages.internet, reader: readers.named },
  { page: pages.internet, reader: readers.local },
  { page: pages.internet, reader: readers.number, only: 'chromium' },
  { page: pages.internet, reader: readers.plainLocal },
  { page: pages.internet, reader: readers.computer },
  { page: pages.shop, reader: readers.broker },
  { page: pages.shop, reader: readers.named },
  { page: pages.shop, reader: readers.local },
  { page: pages.shop, reader: readers.number, only: 'chromium' },
  { page: pages.shop, reader: readers.plainLocal },
  { page: pages.shop, reader: readers.plainNumber, only: 'chromium' },
  { page: pages.shop, reader: readers.plainNamed },
  { page: pages.shop, reader: readers.computer },
  { page: pages.computer, reader: readers.local },
  { page: pages.plainInternet, reader: readers.broker },
  { page: pages.plainInternet, reader: readers.local },
  { page: pages.plainShop, reader: readers.broker },
  { page: pages.plainShop, reader: readers.local },
  { page: pages.plainShop, reader: readers.plainLocal },
  { page: pages.plainShop, reader: readers.computer },
  { page: pages.plainComputer, reader: readers.local },
];

/** Readers whose addresses show that they are not on the internet: no page from there may raise a question about them unasked. */
const shownAsPrivate: ReadonlySet<SetUp['reader']> = new Set([
  readers.local,
  readers.number,
  readers.plainLocal,
  readers.plainNumber,
  readers.computer,
]);

/** The set-ups in which a browser asks the person first. */
const asks = ({ page, reader }: SetUp, browser: BrowserName): boolean =>
  browser === 'chromium' && page === pages.internet && reader !== readers.broker;

const sites = new Map<SiteName, Site>();
const siteOf = (name: SiteName): Site => sites.get(name) as Site;
const address = ({ url, site }: SetUp['page']): string => `${url}:${String(siteOf(site).port)}/`;

beforeAll(async () => {
  for (const kind of ['page', 'reader'] as const)
    for (const space of ['internet', 'shop', 'computer'] as const)
      for (const scheme of ['tls', 'plain'] as const)
        sites.set(`${kind}-${space}-${scheme}`, await startSite(scheme === 'tls'));
});

afterAll(async () => {
  await Promise.all([...sites.values()].map((site) => site.close()));
});

const portsIn = (space: string): number[] =>
  [...sites].filter(([name]) => name.split('-')[1] === space).map(([, { port }]) => port);

/** What a person sees of a set-up. */
interface Outcome {
  readonly bare: string;
  readonly elements: string;
}

const here = await browsersHere();

describe.each(here)('%s', (name) => {
  let browser: Browser;
  const outcomes = new Map<SetUp, Outcome>();
  const mine = setUps.filter(({ only }) => only === undefined || only === name);

  beforeAll(async () => {
    browser = await launchBrowser(name, { internet: portsIn('internet'), shop: portsIn('shop') });
  }, 60_000);

  afterAll(() => browser.close());

  test.each(mine.map((setUp) => [setUp.page.text, setUp.reader.text, setUp] as const))(
    '%s → %s',
    async (...row) => {
      const [, , setUp] = row;
      const bare = await inPage(setUp, (page) => openBare(page, address(setUp.reader)));
      // A browser that has asked and got a no does not ask again: the elements begin afresh.
      const elements = await inPage(setUp, async (page) => {
        const outcome = await tryElements(page, setUp);
        if (shownAsPrivate.has(setUp.reader)) expect(outcome).not.toBe('asks, at the first load');
        if (bare === 'open') {
          expect(outcome, 'as a bare WebSocket').toMatch(/^(opens|after one click)$/);
          await reopens(page, () => {
            siteOf(setUp.reader.site).cut();
          });
        }
        return outcome;
      });
      if (bare !== 'open') expect(elements).not.toMatch(/^(opens|after one click)$/);
      outcomes.set(setUp, { bare: bare === 'open' ? 'opens' : bare === 'closed' ? 'fails' : bare, elements });
    },
    60_000,
  );

  async function inPage(setUp: SetUp, use: (page: Page) => Promise<string>): Promise<string> {
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      await page.goto(address(setUp.page));
      return await use(page);
    } finally {
      await context.close();
    }
  }

  async function tryElements(page: Page, setUp: SetUp): Promise<string> {
    const attributes = { url: address(setUp.reader), 'allow-insecure': '', 'auto-connect': '' };
    const first = await addReader(page, attributes);
    if (first === 'ready') return 'opens';
    const isAsked = asks(setUp, name);
    if (first !== 'permission-needed') return isAsked ? 'asks, at the first load' : first;
    expect(await attemptsOf(page), 'nothing is opened before the click').toBe(0);
    const clicked = await connectReader(page);
    if (clicked !== 'ready') return isAsked ? 'asks, after a click' : clicked;
    await page.reload();
    return (await addReader(page, attributes)) === 'ready' ? 'after one click' : 'after every click';
  }

  test('is in the documentation as it is', () => {
    const rows = mine.map((setUp) => {
      const { bare, elements } = outcomes.get(setUp) as Outcome;
      return `| ${setUp.page.text} | ${setUp.reader.text} | ${bare} | ${isCode(elements) ? `[\`${elements}\`](errors.md#${elements})` : elements} |`;
    });
    const table = ['| page | reader | bare WebSocket | `auto-connect` |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
    const text = readFileSync(DOCUMENT, 'utf8');
    const place = new RegExp(`(<!-- ${name} -->\n\n)[^]*?(\n\n<!-- end -->)`);
    const updated = text.replace(place, (_, before: string, after: string) => before + table + after);
    if (process.env.MAGTEK_UPDATE === '1') writeFileSync(DOCUMENT, updated);
    else expect(squeezed(text)).toBe(squeezed(updated));
  });
});

const isCode = (text: string): boolean => Object.hasOwn(readerErrors, text);

/** A table without the widths of its columns. */
const squeezed = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
