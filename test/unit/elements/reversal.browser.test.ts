/**
 * Money that must be given back as people see it: what the element shows of it until it was given back, also after a reload, and what
 * they can do about it.
 */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import type { ResolvedTransaction, ReversalRequest } from '../../../src/transactions/transaction.js';
import { startHost } from '../../support/host.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const PATIENCE = { timeout: 20_000 };
const YES = '{"approved":true}';
const NO = '{"approved":false}';

const readers: MockReader[] = [];

interface Shop {
  readonly reader: MockReader;
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
  readonly needed: ReversalRequest[];
  readonly resolved: ResolvedTransaction[];
}

/** A page at a reader in full EMV whose host says yes to every sale; it gives money back at an address, or not at all. */
async function shop(reverseUrl: string, reader = new MockReader({ flow: 'full-emv' })): Promise<Shop> {
  readers.push(reader);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${reader.transport()} lang="en">
      <magtek-status></magtek-status>
      <magtek-transaction amount="4.60" currency="EUR" flow="full-emv" reverse-url=${reverseUrl}></magtek-transaction>
    </magtek-reader>`,
  );
  element.authorize = () => ({ approved: true, responseCode: '00' });
  const [needed, resolved]: [ReversalRequest[], ResolvedTransaction[]] = [[], []];
  element.addEventListener('magtek-reversal-needed', ({ detail }) => needed.push(detail));
  element.addEventListener('magtek-transaction-resolved', ({ detail }) => resolved.push(detail));
  const sale = element.querySelector('magtek-transaction')!;
  await element.connect();
  await sale.updateComplete;
  return { reader, element, sale, needed, resolved };
}

const part = (sale: Element, name: string): HTMLElement | null =>
  sale.shadowRoot?.querySelector(`[part~=${name}]`) ?? null;
const textOf = (element: Element | null): string => element?.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';
const statusOf = ({ element }: Shop): string => textOf(element.querySelector('magtek-status'));
const shows = (sale: Element, name: string): Promise<void> =>
  waitUntil(() => part(sale, name) !== null, name, PATIENCE);
const says = (sale: Element, words: string): Promise<void> =>
  waitUntil(() => textOf(sale).includes(words), words, PATIENCE);

/** A sale whose card refuses what the host has approved; its id. */
async function refused({ reader, sale }: Shop): Promise<string> {
  reader.reader.startFault('card-refuses');
  const over = sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting', PATIENCE);
  reader.reader.insert('visa');
  const { because, transactionId } = await over;
  expect(because?.code).to.equal('card-refused');
  reader.reader.remove();
  return transactionId;
}

/** The page is loaded anew. */
function reloaded({ element, reader }: Shop, reverseUrl: string): Promise<Shop> {
  window.dispatchEvent(new Event('pagehide'));
  element.remove();
  return shop(reverseUrl, reader);
}

describe('money that must be given back', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('is shown with amount and time, beside the button, until the host has given it back', async () => {
    const host = await startHost(200, NO);
    const opened = await shop(host.address);
    const { element, sale } = opened;
    await refused(opened);
    await shows(sale, 'reversal');
    const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    const { startedAt } = element.client!.unresolvedTransactions.find(({ reversalNeeded }) => reversalNeeded)!;
    for (const shown of [part(sale, 'reversal')!.textContent, statusOf(opened)])
      expect(shown).to.contain('€4.60').and.to.contain(time.format(startedAt));
    expect(statusOf(opened)).to.contain('To be given back').and.not.to.contain('Unresolved');
    expect(part(sale, 'recovery')).to.equal(null);
    expect(part(sale, 'pay')!.ariaDisabled).to.equal('false');
    await expect(element).to.be.accessible();
    await fetch(host.address, { method: 'PUT', body: JSON.stringify({ status: 200, body: YES }) });
    part(sale, 'reversal-again')!.focus();
    await sendKeys({ press: 'Enter' });
    await says(sale, 'Given back: €4.60');
    await waitUntil(() => sale.shadowRoot!.activeElement?.matches('[part=reversal-over]') === true, 'focus', PATIENCE);
    expect(part(sale, 'reversal')).to.equal(null);
    expect(statusOf(opened)).not.to.contain('To be given back');
    await expect(element).to.be.accessible();
    const posts = await host.received();
    expect(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size).to.equal(1);
  });

  it('says that the host has not confirmed it, or what is wrong with the address', async () => {
    const host = await startHost(200, NO);
    const opened = await shop(host.address);
    const { sale } = opened;
    const id = await refused(opened);
    await shows(sale, 'reversal-again');
    part(sale, 'reversal-again')!.click();
    await says(sale, 'The host has not confirmed it yet.');
    sale.reverseUrl = 'https://elsewhere.example/reverse';
    await sale.updateComplete;
    part(sale, 'reversal-again')!.click();
    await says(sale, 'reverse-url');
    opened.element.client!.resolveTransaction(id);
  });

  it('is taken up by the next page, under the same key, and told once more', async () => {
    const host = await startHost(200, NO);
    const opened = await shop(host.address);
    const id = await refused(opened);
    await shows(opened.sale, 'reversal');
    // The first page gets its no, and leaves the yes to the next one.
    await waitUntil(async () => (await host.received()).length > 0, 'the first try', PATIENCE);
    await fetch(host.address, { method: 'PUT', body: JSON.stringify({ status: 200, body: YES }) });
    const next = await reloaded(opened, host.address);
    await says(next.sale, 'Given back: €4.60');
    expect(next.needed).to.have.length(1);
    expect(next.needed[0]).to.include({ transactionId: id, amount: '4.60', again: true });
    expect(next.resolved[0]).to.include({ transactionId: id, via: 'host', approved: false, reversalNeeded: true });
    const posts = await host.received();
    expect(posts.map(({ headers }) => headers['idempotency-key'])).to.deep.equal(posts.map(() => `reverse-${id}`));
    // What was read from the card is gone with the page.
    expect(JSON.parse(posts.at(-1)!.body)).to.deep.equal({ transactionId: id, because: { code: 'card-refused' } });
    const last = await reloaded(next, host.address);
    await last.sale.updateComplete;
    expect(part(last.sale, 'reversal')).to.equal(null);
    expect(await host.received()).to.have.length(posts.length);
  });

  it('stays where no host can be told, over each load, until a person settles it', async () => {
    const opened = await shop('');
    await refused(opened);
    const next = await reloaded(opened, '');
    const { sale, resolved } = next;
    await shows(sale, 'reversal');
    const hand = part(sale, 'reversal-hand')!;
    hand.querySelector('summary')!.focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Ana' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: ' ' });
    await says(sale, 'Enter your name and how you know.');
    expect(resolved).to.deep.equal([]);
    await expect(sale).to.be.accessible();
    hand.querySelector<HTMLInputElement>('[name=how]')!.value = 'Portal of the provider';
    part(sale, 'reversal-given-back')!.click();
    await says(sale, 'Given back: €4.60');
    expect(textOf(sale)).to.contain('Ana: Portal of the provider');
    expect(resolved[0]).to.include({ via: 'hand', approved: false, by: 'Ana', how: 'Portal of the provider' });
    const last = await reloaded(next, '');
    await last.sale.updateComplete;
    expect(part(last.sale, 'reversal')).to.equal(null);
  });

  it('keeps nobody from paying with another card meanwhile, and counts what waits behind it', async () => {
    const opened = await shop('');
    const { sale, reader, element } = opened;
    const ids = [await refused(opened), await refused(opened)];
    await says(sale, 'Others to be given back: 1');
    reader.reader.endFault();
    const over = sale.start();
    await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting', PATIENCE);
    reader.reader.insert('mastercard');
    expect((await over).outcome).to.equal('approved');
    await sale.updateComplete;
    expect(part(sale, 'reversal')).not.to.equal(null);
    for (const id of ids) element.client!.resolveTransaction(id);
  });

  it('says that only this page knows where nothing can be stored', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const opened = await shop('');
      const id = await refused(opened);
      await says(opened.sale, 'Only this page knows of it: leave it open until this is settled.');
      await expect(opened.sale).to.be.accessible();
      opened.element.client!.resolveTransaction(id);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it('speaks the languages of the elements', async () => {
    const opened = await shop('');
    const { element, sale } = opened;
    const id = await refused(opened);
    for (const [lang, title, again, line] of [
      ['de', 'Dieses Geld muss zurückgegeben werden', 'Zahlungsdienst erneut beauftragen', 'Zurückzugeben'],
      ['fr', 'Cet argent doit être rendu', 'Redemander au service de paiement', 'À rendre'],
      ['es', 'Este dinero debe devolverse', 'Volver a pedirlo al servicio de pago', 'Por devolver'],
    ] as const) {
      element.lang = lang;
      await says(sale, title);
      expect(part(sale, 'reversal-again')!.textContent.trim()).to.equal(again);
      await waitUntil(() => statusOf(opened).includes(line), line, PATIENCE);
      expect(textOf(sale)).not.to.match(/\{|reversal\./);
    }
    element.client!.resolveTransaction(id);
  });

  it('is settled by hand for one sale at a time, also by a double click', async () => {
    const host = await startHost(200, NO);
    const opened = await shop(host.address);
    const { element, sale, resolved } = opened;
    const ids = [await refused(opened), await refused(opened)];
    await shows(sale, 'reversal');
    part(sale, 'reversal-hand')!.toggleAttribute('open', true);
    const field = (name: string): HTMLInputElement =>
      part(sale, 'reversal')!.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field('by').value = 'Ana';
    field('how').value = 'Voided at the processor';
    const button = part(sale, 'reversal-given-back')!;
    button.scrollIntoView();
    const { left, top } = button.getBoundingClientRect();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    await waitUntil(() => resolved.length > 0, 'the first', PATIENCE);
    await sale.updateComplete;
    const under = sale.shadowRoot!.elementFromPoint(left + 5, top + 5)!;
    under.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    await sale.updateComplete;
    expect(resolved.map(({ transactionId }) => transactionId)).to.deep.equal(ids.slice(0, 1));
    expect(part(sale, 'reversal-incomplete')).to.equal(null);
    // How it is known of one sale says nothing of the next.
    expect([field('by').value, field('how').value]).to.deep.equal(['Ana', '']);
    button.click();
    await sale.updateComplete;
    expect(resolved).to.have.length(1);
    element.client!.resolveTransaction(ids[1]!);
  });
});
