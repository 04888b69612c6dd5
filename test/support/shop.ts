/** A page with a reader, something inside, and a simulated reader behind a mocked socket, for tests of what pages do to elements. */
import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import type { MagtekReader } from '../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../src/elements/transaction/transaction.js';
import { MockReader } from './mock-reader.js';
import { waitUntil } from './wait-until.js';

export interface Shop {
  readonly reader: MockReader;
  readonly element: MagtekReader;
}

const readers: MockReader[] = [];

/** A connected reader element with `inside` in it. */
export async function openShop(inside: TemplateResult, options = {}): Promise<Shop> {
  const reader = new MockReader(options);
  readers.push(reader);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${reader.transport()} lang="en">${inside}</magtek-reader>`,
  );
  await element.connect();
  return { reader, element };
}

/** To be called after each test. */
export function closeShops(): void {
  for (const reader of readers.splice(0)) reader.stop();
}

/** Sells to one card, from the start of the sale to the end of its task. */
export async function sell(reader: MockReader, sale: MagtekTransaction, card: 'visa' | 'mastercard' = 'visa') {
  const over = sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting for a card');
  reader.reader.tap(card);
  return over;
}
