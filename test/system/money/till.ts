/**
 * A till: a page in Chromium, as on a computer of its own, with one sale at a simulated reader over a real WebSocket. Its host is
 * the test, and lives longer than the page.
 */
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { serveSimulatedReader, type ServedReader } from '../../../src/simulator/node.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import type { Flow, Inquiry, ResolvedTransaction } from '../../../src/transactions/transaction.js';
import { GatedLink } from '../../support/gated-link.js';
import { launchChromium, root, servePages } from '../../support/pages.js';

/** What the page’s `authorize` hook was asked. */
export interface Asked {
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  /** Key serial number of the card data. */
  readonly ksn: string | undefined;
}

export interface Street {
  readonly openTill: (reader: SimulatedReader, options: TillOptions) => Promise<Till>;
  readonly close: () => Promise<void>;
}

export interface TillOptions {
  readonly amount: string;
  /** Seconds for the answer to a command. Default 60: longer than a test holds one back. */
  readonly requestTimeout?: number;
  /** How the reader is set. Default `quick-chip`, with cards that are tapped; in full EMV they are inserted. */
  readonly flow?: Flow;
}

/** Pages with every element, made from the sources, and a browser. */
export async function openStreet(): Promise<Street> {
  const { bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as {
    bundle(code: string): Promise<{ name: string; code: string }[]>;
  };
  const files = new Map((await bundle(`import './src/index.ts';`)).map(({ name, code }) => [`/${name}`, code]));
  const [entry] = files.keys();
  const { origin, close } = await servePages((address) => {
    const { pathname, searchParams } = new URL(address, 'http://till');
    const code = files.get(pathname);
    if (code !== undefined) return { type: 'text/javascript', text: code };
    return pathname === '/till' ? { type: 'text/html', text: pageWith(entry ?? '', searchParams) } : undefined;
  });
  const browser = await launchChromium();
  const tills: Till[] = [];
  return {
    openTill: async (reader, options) => {
      const till = await Till.open(browser, origin, reader, options);
      tills.push(till);
      return till;
    },
    close: async () => {
      await browser.close();
      close();
      for (const till of tills) await till.served.close();
    },
  };
}

const pageWith = (entry: string, given: URLSearchParams): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Till</title><link rel="icon" href="data:,">
<style>body { font-family: sans-serif; display: grid; gap: 1rem; justify-items: start; padding: 1rem; }</style>
<magtek-reader url="${given.get('url') ?? ''}" request-timeout="${given.get('request-timeout') ?? ''}" auto-connect>
  <magtek-status></magtek-status>
  <magtek-transaction amount="${given.get('amount') ?? ''}" currency="EUR" timeout="120"
    flow="${given.get('flow') ?? ''}" accept="${given.get('flow') === 'full-emv' ? 'insert' : 'tap'}"></magtek-transaction>
</magtek-reader>
<script type="module">
  import '${entry}';
  const reader = document.querySelector('magtek-reader');
  reader.authorize = ({ transactionId, amount, currency, arqc }) => askHost({ transactionId, amount, currency, ksn: arqc.ksn });
  reader.reverse = ({ transactionId }) => giveBack(transactionId);
  reader.inquire = ({ transactionId }) => askAgain(transactionId);
  reader.addEventListener('magtek-transaction-resolved', ({ detail }) => tellResolved(detail));
</script>`;

export class Till {
  readonly page: Page;
  readonly link: GatedLink;
  readonly served: ServedReader;
  /** What the page has asked its host to decide, also before it was loaded anew. */
  readonly asked: Asked[] = [];
  /** Ids of the sales that the page has asked its host about again. */
  readonly inquired: string[] = [];
  readonly resolved: ResolvedTransaction[] = [];
  /** Ids of the sales whose money the host was told to give back, each time. */
  readonly toldToGiveBack: string[] = [];
  /** How the host decides. */
  decide: (asked: Asked) => Promise<boolean> = () => Promise.resolve(true);
  /** What the host says when it is told to give money back. */
  giveBack: () => Promise<boolean> = () => Promise.resolve(true);
  /** What the host says when it is asked again. */
  recall: Inquiry = { unknown: true };

  private constructor(page: Page, link: GatedLink, served: ServedReader) {
    this.page = page;
    this.link = link;
    this.served = served;
  }

  /** @param browser Each till has a storage and locks of its own there. */
  static async open(
    browser: Browser,
    origin: string,
    reader: SimulatedReader,
    { amount, requestTimeout = 60, flow = 'quick-chip' }: TillOptions,
  ): Promise<Till> {
    const link = new GatedLink(reader);
    const served = await serveSimulatedReader({ reader, through: link });
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 560, height: 900 });
    const till = new Till(page, link, served);
    await page.exposeFunction('askHost', (asked: Asked) => {
      till.asked.push(asked);
      return till.decide(asked);
    });
    await page.exposeFunction('askAgain', (transactionId: string) => {
      till.inquired.push(transactionId);
      return till.recall;
    });
    await page.exposeFunction('giveBack', (transactionId: string) => {
      till.toldToGiveBack.push(transactionId);
      return till.giveBack();
    });
    await page.exposeFunction('tellResolved', (detail: ResolvedTransaction) => {
      till.resolved.push(detail);
    });
    const given = { url: served.url, amount, flow, 'request-timeout': String(requestTimeout) };
    await page.goto(`${origin}/till?${new URLSearchParams(given).toString()}`);
    await till.isReady();
    return till;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isReady();
  }

  /** Presses a button, found by the name that assistive technology is given. */
  async press(name: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.locator(`::-p-aria([role="button"][name="${name}"])`).click();
  }

  /** Waits until the sale is in a phase, or has this outcome. */
  async is(wanted: string): Promise<void> {
    await expect
      .poll(() =>
        this.page.$eval(
          'magtek-transaction',
          (sale, state) => (sale.matches(`:state(${state})`) ? state : sale.phase),
          wanted,
        ),
      )
      .toBe(wanted);
  }

  private async isReady(): Promise<void> {
    await this.page.waitForSelector('magtek-reader[state=ready]');
  }
}
