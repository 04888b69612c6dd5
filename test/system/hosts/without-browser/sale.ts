/**
 * Every tag in a page without a browser, as shops run their own tests, with a sale in a form. It asks of the page only what such
 * pages have; which one it is, the test says.
 */
import { expect } from 'vitest';
import type { MagtekReader } from '../../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../../src/elements/transaction/transaction.js';
import { parts } from '../../../../src/loader/parts.js';
import { tags } from '../../../support/pages.js';

/** Puts every tag into the page; resolves with those that were rendered. */
export async function renderEveryTag(): Promise<string[]> {
  for (const load of Object.values(parts)) await load();
  const inside = tags.filter((tag) => tag !== 'magtek-reader').map((tag) => `<${tag}></${tag}>`);
  document.body.innerHTML = `<magtek-reader simulated>${inside.join('')}</magtek-reader>`;
  const rendered: string[] = [];
  for (const element of document.querySelectorAll<MagtekReader>(tags.join())) {
    await element.updateComplete;
    if (element.shadowRoot?.firstElementChild) rendered.push(element.localName);
  }
  document.body.replaceChildren();
  return rendered.sort();
}

/** Sells once in a form that requires a payment. */
export async function sell(): Promise<void> {
  document.body.innerHTML = `
    <form>
      <magtek-reader simulated>
        <magtek-transaction name="payment" amount="4.60" currency="EUR" required></magtek-transaction>
      </magtek-reader>
    </form>`;
  const reader = document.querySelector('magtek-reader') as MagtekReader;
  const sale = document.querySelector('magtek-transaction') as MagtekTransaction;
  await reader.connect();
  await sale.updateComplete;
  expect(reader.getAttribute('state')).toBe('ready');
  expect(sale.form).toBe(document.querySelector('form'));
  expect([sale.checkValidity(), sale.validity.valueMissing, sale.willValidate]).toEqual([false, true, true]);
  expect(sale.validationMessage).not.toBe('');

  const waiting = new Promise<void>((resolve) => {
    reader.addEventListener('magtek-transaction-change', ({ detail }) => {
      if (detail.phase === 'waiting-for-card') resolve();
    });
  });
  const over = sale.start();
  await waiting;
  (await reader.simulatedReader)?.tap('visa');
  expect((await over).outcome).toBe('deferred');
  await sale.updateComplete;
  expect((JSON.parse(sale.value) as { maskedPan: string }).maskedPan).toMatch(/1111$/);
  expect([sale.reportValidity(), sale.validity.valid, sale.validationMessage]).toEqual([true, true, '']);
  expect(sale.shadowRoot?.textContent).toContain('Card read');
  reader.disconnect();
  document.body.replaceChildren();
}
