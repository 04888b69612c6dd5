/**
 * A reader that sends card data in clear: the warning in status and log, and that the page's host, its authorize-url and its forms
 * get nothing of them unless the page says `allow-clear-data`.
 */
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { HostRequest } from '../../../src/elements/transaction/host.js';
import { MockReader } from '../../support/mock-reader.js';
import { startHost } from '../../support/host.js';
import { waitUntil } from '../../support/wait-until.js';

const PAN = '4111111111111111';
/** The digits of the card as bytes of text, as they stand in the card data. */
const PAN_AS_TEXT = '34' + '31'.repeat(15);

const readers: MockReader[] = [];

const textOf = (element: Element | null): string => element?.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

/** A sale at a reader that was set up wrongly, from the button to its end. */
async function sold(template: TemplateResult) {
  const reader = new MockReader();
  readers.push(reader);
  reader.reader.startFault('clear-card-data');
  const element = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${reader.transport()} lang="en">
      <magtek-status></magtek-status>
      ${template}
      <magtek-log></magtek-log>
    </magtek-reader>
  `);
  const asked: string[] = [];
  element.addEventListener('magtek-authorize', (event) => {
    // A listener that answers is asked instead of authorize-url.
    if (element.querySelector('[authorize-url]')) return;
    asked.push(event.detail.arqc.maskedPan);
    event.respondWith(true);
  });
  const errors: string[] = [];
  element.addEventListener('magtek-error', ({ detail }) => errors.push(detail.error.code));
  await element.connect();
  const sale = element.querySelector('magtek-transaction')!;
  await sale.updateComplete;
  sale.shadowRoot!.querySelector<HTMLElement>('[part~=pay]')!.click();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waits for a card');
  reader.reader.swipe('visa');
  await waitUntil(() => sale.outcome !== undefined, 'over', { timeout: 5_000 });
  await sale.updateComplete;
  return { element, sale, asked, errors };
}

afterEach(() => {
  for (const reader of readers.splice(0)) reader.stop();
});

describe('card data in clear', () => {
  it('raise an error, and a warning in status and log that shows nothing of them', async () => {
    const { element, errors } = await sold(
      html`<magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>`,
    );
    expect(errors).to.include('clear-card-data');
    const [status, log] = ['magtek-status', 'magtek-log'].map((name) => element.querySelector(name));
    await waitUntil(() => textOf(status!).includes('in clear'), 'the status warns');
    expect(status!.shadowRoot!.querySelector('[part=error]')!.getAttribute('role')).to.equal('alert');
    await waitUntil(() => textOf(log!).includes('in clear'), 'the log warns');
    for (const each of [status, log]) {
      expect(each!.shadowRoot!.innerHTML).not.to.contain(PAN);
      expect(each!.shadowRoot!.innerHTML).not.to.contain(PAN_AS_TEXT);
    }
    // The warning stays until the connection is opened anew.
    element.disconnect();
    await element.connect();
    await waitUntil(() => !textOf(status!).includes('in clear'), 'the warning is gone');
  });

  it('do not reach the host of the page', async () => {
    const { asked, sale } = await sold(html`<magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>`);
    expect(asked).to.deep.equal([]);
    expect(sale.outcome).not.to.equal('approved');
    expect(sale.shadowRoot!.innerHTML).not.to.contain(PAN);
  });

  it('do not reach authorize-url', async () => {
    const host = await startHost(200, '{"approved":true}');
    const { sale } = await sold(
      html`<magtek-transaction amount="4.60" currency="EUR" authorize-url=${host.address}></magtek-transaction>`,
    );
    expect(await host.received()).to.deep.equal([]);
    expect(sale.outcome).not.to.equal('approved');
  });

  it('do not reach a form', async () => {
    const { element, sale } = await sold(html`
      <form>
        <magtek-transaction name="payment" amount="4.60" currency="EUR" required></magtek-transaction>
      </form>
    `);
    const form = element.querySelector('form')!;
    expect(new FormData(form).get('payment')).to.equal(null);
    expect(sale.value).to.equal('');
    expect(form.checkValidity()).to.equal(false);
  });

  it('reach all of them where the page says allow-clear-data, and the warning stays', async () => {
    const host = await startHost(200, '{"approved":true}');
    const atAddress = await sold(html`
      <magtek-transaction amount="4.60" currency="EUR" authorize-url=${host.address} allow-clear-data>
      </magtek-transaction>
    `);
    expect(atAddress.sale.outcome).to.equal('approved');
    const [post] = await host.received();
    expect((JSON.parse(post?.body ?? '{}') as HostRequest).arqc).to.contain(PAN_AS_TEXT);
    expect(atAddress.errors).to.include('clear-card-data');

    const { asked, element, sale } = await sold(html`
      <form>
        <magtek-transaction name="payment" amount="4.60" currency="EUR" allow-clear-data></magtek-transaction>
      </form>
    `);
    // Also here only the digits that may be seen are in what is shown.
    expect(asked).to.deep.equal(['4111********1111']);
    expect(sale.outcome).to.equal('approved');
    expect(new FormData(element.querySelector('form')!).get('payment')).to.contain(PAN_AS_TEXT);
  });
});
