/**
 * A sale without an outcome as people see it: what the element shows of it instead of the button, what they can do about it, and
 * what the page is told.
 */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import type { ResolvedTransaction } from '../../../src/transactions/transaction.js';
import { readerName } from '../../../src/connection/reader-name.js';
import { browserEnvironment } from '../../../src/page/browser-environment.js';
import { startHost } from '../../support/host.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

interface Shop {
  readonly reader: MockReader;
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
  readonly resolved: ResolvedTransaction[];
}

/** A shop with a reader of its own. */
async function shop(template?: TemplateResult, reader = new MockReader({ pace: 200 })): Promise<Shop> {
  readers.push(reader);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${reader.transport()} lang="en" reconnect="off">
      ${template ?? html`<magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>`}
    </magtek-reader>`,
  );
  const resolved: ResolvedTransaction[] = [];
  element.addEventListener('magtek-transaction-resolved', ({ detail }) => resolved.push(detail));
  await element.connect();
  const sale = element.querySelector('magtek-transaction')!;
  await sale.updateComplete;
  return { reader, element, sale, resolved };
}

const part = (sale: Element, name: string): HTMLElement | null =>
  sale.shadowRoot?.querySelector(`[part~=${name}]`) ?? null;
const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';
const press = (sale: Element, name: string): void => {
  part(sale, name)!.click();
};
const shows = (sale: Element, name: string): Promise<void> =>
  waitUntil(() => part(sale, name) !== null, name, { timeout: 5_000 });

/** A sale that ends unknown: its connection breaks while the card is being read, and is there again. */
async function cutOff({ reader, element, sale }: Shop): Promise<string> {
  press(sale, 'pay');
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting');
  reader.reader.insert('visa');
  await waitUntil(() => sale.phase === 'reading', 'reading');
  const { transactionId } = element.transaction!;
  element.disconnect();
  await waitUntil(() => sale.outcome === 'unknown', 'unknown');
  await element.connect();
  await shows(sale, 'recovery');
  return transactionId;
}

/** Waits until what has changed is drawn. */
async function drawn(element: MagtekReader): Promise<void> {
  for (const view of element.querySelectorAll('magtek-transaction, magtek-status')) {
    const { updateComplete } = view as Element & { readonly updateComplete: Promise<unknown> };
    await updateComplete;
  }
}

/** Types into the two fields of who settles by hand. */
function fillIn(sale: Element, by: string, how: string): void {
  part(sale, 'recovery-hand')!.toggleAttribute('open', true);
  sale.shadowRoot!.querySelector<HTMLInputElement>('[name=by]')!.value = by;
  sale.shadowRoot!.querySelector<HTMLInputElement>('[name=how]')!.value = how;
}

describe('a sale without an outcome', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('is shown with amount and time, instead of the button, and in the status', async () => {
    const opened = await shop(
      html`<magtek-status></magtek-status><magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>`,
    );
    const { element, sale } = opened;
    await cutOff(opened);
    const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    const { startedAt } = element.client!.unresolvedTransactions.at(-1)!;
    for (const shown of [textOf(sale), textOf(element.querySelector('magtek-status')!)]) {
      expect(shown).to.contain('€4.60');
      expect(shown).to.contain(time.format(startedAt));
    }
    expect(part(sale, 'pay')).to.equal(null);
    expect(part(element.querySelector('magtek-status')!, 'unresolved')!.role).to.equal('status');
    await expect(element).to.be.accessible();
    element.client!.resolveTransaction(element.client!.unresolvedTransactions.at(-1)!.transactionId);
    await drawn(element);
    expect(part(element.querySelector('magtek-status')!, 'unresolved')!.textContent.trim()).to.equal('');
  });

  it('is there again in a new page, for the same reader only, and nothing is sold before', async () => {
    const opened = await shop();
    const { element, reader } = opened;
    const id = await cutOff(opened);
    element.remove();
    const again = await shop(undefined, reader);
    await shows(again.sale, 'recovery');
    expect(again.sale.outcome).to.equal(undefined);
    expect(part(again.sale, 'pay')).to.equal(null);
    const refused = await again.sale.start().catch((cause: unknown) => cause);
    expect(refused).to.include({ code: 'unresolved-transaction', detail: `Its id is ${id}.` });
    const other = await shop();
    expect(part(other.sale, 'pay')).not.to.equal(null);
    expect(part(other.sale, 'recovery')).to.equal(null);
    again.element.client!.resolveTransaction(id);
  });

  it('stays when the form is reset, and when the amount is another one', async () => {
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const opened = await shop();
    form.append(opened.element);
    const id = await cutOff(opened);
    form.reset();
    opened.sale.amount = '5.00';
    await drawn(opened.element);
    expect(opened.sale.phase).to.equal('idle');
    expect(part(opened.sale, 'recovery')!.textContent).to.contain('€4.60');
    expect(part(opened.sale, 'pay')).to.equal(null);
    opened.element.client!.resolveTransaction(id);
    await shows(opened.sale, 'pay');
  });

  it('is not forgotten because the element comes to another reader, and is settled there too', async () => {
    const opened = await shop();
    const { sale } = opened;
    const id = await cutOff(opened);
    const other = await shop();
    other.element.append(sale);
    await waitUntil(() => sale.matches(':state(unknown)'), 'unknown');
    await drawn(other.element);
    expect(sale.outcome).to.equal('unknown');
    expect(part(sale, 'pay')).to.equal(null);
    expect(part(sale, 'recovery')!.textContent).to.contain('€4.60');
    // It is not this reader that could be stopped.
    expect(part(sale, 'recovery-cancel')!.getAttribute('aria-disabled')).to.equal('true');
    fillIn(sale, 'Ada', 'Asked the host');
    press(sale, 'recovery-not-paid');
    await shows(sale, 'pay');
    expect(other.element.client!.unresolvedTransactions.map(({ transactionId }) => transactionId)).not.to.include(id);
  });

  it('is shown by its name at another reader, and not as settled', async () => {
    const opened = await shop(
      html`<magtek-transaction amount="4.60" currency="EUR" transaction-id="cut-4711"></magtek-transaction>`,
    );
    await cutOff(opened);
    const other = await shop(
      html`<magtek-transaction amount="4.60" currency="EUR" transaction-id="cut-4711"></magtek-transaction>`,
    );
    await shows(other.sale, 'recovery');
    expect(part(other.sale, 'pay')).to.equal(null);
    expect(part(other.sale, 'outcome')).to.equal(null);
    other.element.client!.resolveTransaction('cut-4711');
    await waitUntil(() => part(other.sale, 'recovery') === null, 'settled');
  });

  it('is not forgotten because a card starts sales by itself', async () => {
    const opened = await shop(
      html`<magtek-transaction amount="4.60" currency="EUR" auto-start="insert"></magtek-transaction>`,
    );
    const id = await cutOff(opened);
    const startsBefore = opened.reader.received.filter((hex) => hex.slice(12, 16) === '1001').length;
    opened.sale.reset();
    opened.reader.reader.remove();
    opened.reader.reader.insert('visa');
    await drawn(opened.element);
    expect(opened.reader.received.filter((hex) => hex.slice(12, 16) === '1001')).to.have.length(startsBefore);
    opened.element.client!.resolveTransaction(id);
  });

  describe('and the host', () => {
    it('is asked at status-url, by id, and its yes is the outcome: the form gets the card data that were read', async () => {
      const host = await startHost(200, '{"approved":true,"message":"Thank you"}');
      const opened = await shop(
        html`<form>
          <magtek-transaction
            amount="4.60"
            currency="EUR"
            name="payment"
            required
            status-url=${host.address}
          ></magtek-transaction>
        </form>`,
      );
      const { element, reader, sale, resolved } = opened;
      element.authorize = () => Promise.reject(new Error('no line'));
      press(sale, 'pay');
      await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting');
      reader.reader.tap('visa');
      await shows(sale, 'recovery');
      expect(sale.checkValidity()).to.equal(false);
      const id = element.client!.snapshot.unresolved![0]!.transactionId;
      press(sale, 'recovery-ask');
      await waitUntil(() => sale.outcome === 'approved', 'approved');
      await drawn(element);
      expect(await host.asked()).to.deep.equal([`/${id}`]);
      expect(resolved).to.have.length(1);
      expect(resolved[0]).to.include({ transactionId: id, via: 'host', approved: true });
      expect(resolved[0]!.decision).to.deep.equal({ approved: true, message: 'Thank you' });
      expect(textOf(sale)).to.contain('Approved').and.contain('Thank you');
      expect((JSON.parse(sale.value) as { transactionId: string }).transactionId).to.equal(id);
      expect(sale.checkValidity()).to.equal(true);
      // Paid: another one is sold when somebody goes on.
      expect(part(sale, 'pay')).to.equal(null);
      press(sale, 'next');
      await shows(sale, 'pay');
    });

    it('says no: the sale can be tried again', async () => {
      const host = await startHost(200, '{"approved":false}');
      const opened = await shop(
        html`<magtek-transaction amount="4.60" currency="EUR" status-url=${host.address}></magtek-transaction>`,
      );
      await cutOff(opened);
      press(opened.sale, 'recovery-ask');
      await waitUntil(() => opened.sale.outcome === 'declined', 'declined');
      await drawn(opened.element);
      expect(opened.resolved[0]).to.include({ via: 'host', approved: false });
      expect(part(opened.sale, 'pay')).not.to.equal(null);
      expect(part(opened.sale, 'recovery')).to.equal(null);
    });

    for (const [answer, status, body, text] of [
      ['does not know yet', 202, '{"outcome":"unknown"}', 'no outcome for it yet'],
      ['has never heard of it', 404, '{"error":{"code":"not-found"}}', 'no outcome for it yet'],
      ['fails', 500, '', 'could not be asked'],
      ['says true alone', 200, 'true', 'says neither'],
    ] as const) {
      it(`${answer}: nothing is decided, and it can be asked again`, async () => {
        const host = await startHost(status, body);
        const opened = await shop(
          html`<magtek-transaction amount="4.60" currency="EUR" status-url=${host.address}></magtek-transaction>`,
        );
        const id = await cutOff(opened);
        press(opened.sale, 'recovery-ask');
        await waitUntil(() => textOf(opened.sale).includes(text), text);
        expect(opened.resolved).to.deep.equal([]);
        expect(part(opened.sale, 'recovery-ask')!.ariaDisabled).to.equal('false');
        expect(part(opened.sale, 'pay')).to.equal(null);
        await expect(opened.sale).to.be.accessible();
        opened.element.client!.resolveTransaction(id);
      });
    }

    it('says yes to a sale that the card had refused: declined, and the money is given back at reverse-url', async () => {
      const yes = '{"approved":true}';
      const [status, reverse] = [await startHost(200, yes), await startHost(200, yes)];
      const transactionId = crypto.randomUUID();
      // From before a reload, and of this reader alone: other pages of the run share the storage.
      const counter = new MockReader({ pace: 200 });
      const name = readerName(counter.transport(), browserEnvironment());
      const kept = { amount: '4.60', currency: 'EUR', startedAt: Date.now(), phase: 'completing', arqc: true };
      localStorage.setItem(
        `magtek-elements/unresolved/${transactionId}`,
        JSON.stringify({ transactionId, ...kept, card: 'refused', reader: name }),
      );
      const { element, sale } = await shop(
        html`<magtek-transaction
          amount="4.60"
          currency="EUR"
          status-url=${status.address}
          reverse-url=${reverse.address}
        ></magtek-transaction>`,
        counter,
      );
      await shows(sale, 'recovery');
      press(sale, 'recovery-ask');
      await waitUntil(() => sale.outcome === 'declined', 'declined');
      const isListed = (): boolean =>
        element.client!.unresolvedTransactions.some((each) => each.transactionId === transactionId);
      await waitUntil(() => !isListed(), 'given back', { timeout: 20_000 });
      const posted = await reverse.received();
      expect(posted.map(({ headers }) => headers['idempotency-key'])).to.deep.equal([`reverse-${transactionId}`]);
      expect(JSON.parse(posted[0]!.body)).to.deep.include({ transactionId, because: { code: 'card-refused' } });
    });

    it('of another origin is not asked', async () => {
      const opened = await shop(
        html`<magtek-transaction
          amount="4.60"
          currency="EUR"
          status-url="https://other.example/status"
        ></magtek-transaction>`,
      );
      const id = await cutOff(opened);
      press(opened.sale, 'recovery-ask');
      await waitUntil(() => textOf(opened.sale).includes('own origin'), 'refused');
      opened.element.client!.resolveTransaction(id);
    });

    it('is asked by a listener before all others; one that cancels forbids it', async () => {
      const host = await startHost(200, '{"approved":true}');
      const opened = await shop(
        html`<magtek-transaction amount="4.60" currency="EUR" status-url=${host.address}></magtek-transaction>`,
      );
      const { element, sale } = opened;
      let asked = 0;
      element.inquire = () => (asked++, true);
      await cutOff(opened);
      element.addEventListener('magtek-inquire', (event) => event.preventDefault(), { once: true });
      press(sale, 'recovery-ask');
      await waitUntil(() => textOf(sale).includes('Nobody in this page asks a host'), 'forbidden');
      element.addEventListener('magtek-inquire', (event) => {
        expect(event.detail).to.include({ amount: '4.60', currency: 'EUR' });
        event.respondWith(Promise.resolve({ approved: false, message: 'No' }));
      });
      press(sale, 'recovery-ask');
      await waitUntil(() => sale.outcome === 'declined', 'declined');
      expect(asked).to.equal(0);
      expect(await host.asked()).to.deep.equal([]);
    });
  });

  it('of which no card was seen is over when the reader has stopped, or has nothing to stop', async () => {
    const opened = await shop();
    const { element, sale, resolved } = opened;
    press(sale, 'pay');
    await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting');
    element.disconnect();
    await element.connect();
    await shows(sale, 'recovery');
    expect(textOf(sale)).to.contain('No card data had been read');
    press(sale, 'recovery-cancel');
    await waitUntil(() => resolved.length === 1, 'resolved');
    expect(resolved[0]).to.include({ via: 'reader', approved: false });
    await drawn(element);
    expect(textOf(sale)).to.contain('No card had been read');
    expect(part(sale, 'pay')).not.to.equal(null);
  });

  it('whose card was read is not over because the reader has stopped', async () => {
    const opened = await shop();
    const id = await cutOff(opened);
    press(opened.sale, 'recovery-cancel');
    await waitUntil(() => (part(opened.sale, 'recovery-note')?.textContent ?? '').includes('Ask the host'), 'note');
    expect(opened.resolved).to.deep.equal([]);
    expect(part(opened.sale, 'pay')).to.equal(null);
    opened.element.client!.resolveTransaction(id);
  });

  it('is settled by hand, by keyboard: with who and how, shown, told and recorded', async () => {
    const opened = await shop();
    const { element, sale, resolved } = opened;
    const id = await cutOff(opened);
    part(sale, 'recovery-hand')!.querySelector('summary')!.focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Ana' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await shows(sale, 'recovery');
    await waitUntil(() => textOf(sale).includes('Enter your name and how you know.'), 'incomplete');
    expect(resolved).to.deep.equal([]);
    expect(sale.shadowRoot!.querySelector('[name=how]')!.ariaInvalid).to.equal('true');
    await expect(sale).to.be.accessible();
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'Receipt of the host' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: ' ' });
    await waitUntil(() => resolved.length === 1, 'resolved');
    expect(resolved[0]).to.deep.include({
      transactionId: id,
      via: 'hand',
      approved: true,
      by: 'Ana',
      how: 'Receipt of the host',
    });
    await waitUntil(() => sale.shadowRoot!.activeElement?.matches('.outcome') === true, 'focus');
    expect(textOf(sale)).to.contain('Settled as paid').and.contain('Ana: Receipt of the host');
    expect(element.client!.journal.entries.map(({ text }) => text).join('\n')).to.contain('paid, by hand (Ana');
    expect(part(sale, 'pay')).to.equal(null);
    await expect(sale).to.be.accessible();
    press(sale, 'next');
    await shows(sale, 'pay');
    expect(sale.shadowRoot!.activeElement?.matches('.pay')).to.equal(true);
  });

  it('that was not paid makes room for the next', async () => {
    const opened = await shop();
    await cutOff(opened);
    fillIn(opened.sale, 'Ana', 'The host has nothing');
    press(opened.sale, 'recovery-not-paid');
    await shows(opened.sale, 'pay');
    expect(opened.resolved[0]).to.include({ via: 'hand', approved: false });
    expect(textOf(opened.sale)).to.contain('Settled as not paid');
  });

  it('that was not paid and had an id of the page is not offered again under that id, which is never charged twice', async () => {
    const id = crypto.randomUUID();
    const opened = await shop(
      html`<magtek-transaction amount="4.60" currency="EUR" transaction-id=${id}></magtek-transaction>`,
    );
    const { sale } = opened;
    await cutOff(opened);
    fillIn(sale, 'Ana', 'The host has nothing');
    press(sale, 'recovery-not-paid');
    await waitUntil(() => textOf(sale).includes('Settled as not paid'), 'settled');
    await sale.updateComplete;
    expect(part(sale, 'pay')).to.equal(null);
    sale.transactionId = crypto.randomUUID();
    await shows(sale, 'pay');
  });

  it('that is settled elsewhere leaves no outcome behind', async () => {
    const opened = await shop();
    const id = await cutOff(opened);
    // As another tab does it.
    for (const key of Object.keys(localStorage))
      if (key.startsWith('magtek-elements/unresolved')) localStorage.removeItem(key);
    window.dispatchEvent(new StorageEvent('storage'));
    await shows(opened.sale, 'pay');
    expect(opened.sale.outcome).to.equal(undefined);
    expect(opened.element.client!.unresolvedTransactions.map(({ transactionId }) => transactionId)).not.to.include(id);
  });

  it('that had an id of the page and is settled elsewhere is not offered again under that id, also after a reload', async () => {
    const id = crypto.randomUUID();
    const template = html`<magtek-transaction amount="4.60" currency="EUR" transaction-id=${id}></magtek-transaction>`;
    const opened = await shop(template);
    await cutOff(opened);
    opened.element.remove();
    const { sale } = await shop(template, opened.reader);
    await shows(sale, 'recovery');
    // As another tab does it.
    localStorage.removeItem(`magtek-elements/unresolved/${id}`);
    window.dispatchEvent(new StorageEvent('storage'));
    await waitUntil(() => textOf(sale).includes('Settled'), 'settled', { timeout: 20_000 });
    expect(part(sale, 'pay')).to.equal(null);
    expect(part(sale, 'recovery')).to.equal(null);
    sale.reset();
    await sale.updateComplete;
    expect(part(sale, 'pay')).to.equal(null);
    sale.transactionId = crypto.randomUUID();
    await shows(sale, 'pay');
    expect(textOf(sale)).not.to.contain('Settled');
  });

  it('that is a refund is offered, shown and settled as one, in all languages', async () => {
    const opened = await shop(
      html`<magtek-transaction
        amount="4.60"
        currency="EUR"
        type="refund"
        original-reference="order-1"
        required
      ></magtek-transaction>`,
    );
    const { element, sale, resolved } = opened;
    const asked: (string | undefined)[] = [];
    element.inquire = ({ originalReference }) => (asked.push(originalReference), { unknown: true });
    expect(sale.validationMessage).to.equal('Refund to a card first.');
    for (const [lang, label] of [
      ['de', /^4,60\s€ erstatten$/],
      ['fr', /^Rembourser 4,60\s€$/],
      ['es', /^Devolver 4,60\s€$/],
      ['en', /^Refund €4\.60$/],
    ] as const) {
      element.lang = lang;
      await waitUntil(() => label.test(part(sale, 'pay')?.innerText.trim() ?? ''), lang, { timeout: 20_000 });
    }
    await cutOff(opened);
    press(sale, 'recovery-ask');
    await waitUntil(() => textOf(sale).includes('no outcome for it yet'), 'asked', { timeout: 20_000 });
    expect(asked).to.deep.equal(['order-1']);
    fillIn(sale, 'Ana', 'Portal');
    press(sale, 'recovery-not-refunded');
    await waitUntil(() => textOf(sale).includes('Settled as not refunded'), 'settled', { timeout: 20_000 });
    expect(resolved[0]).to.include({ type: 'refund', approved: false });
    await shows(sale, 'pay');
    sale.type = 'purchase';
    sale.originalReference = '';
    await sale.updateComplete;
    expect(part(sale, 'pay')!.innerText.trim()).to.equal('Pay €4.60');
    expect(sale.validationMessage).to.equal('Pay with a card first.');
  });

  it('speaks the languages of the elements', async () => {
    const opened = await shop();
    const id = await cutOff(opened);
    for (const [lang, title, ask] of [
      ['de', 'Wie ist dieser Vorgang ausgegangen?', 'Zahlungsdienst fragen'],
      ['fr', 'Comment cette opération s’est-elle terminée ?', 'Interroger le service de paiement'],
      ['es', '¿Cómo terminó esta operación?', 'Preguntar al servicio de pago'],
    ] as const) {
      opened.element.lang = lang;
      await waitUntil(() => textOf(opened.sale).includes(title), lang);
      expect(part(opened.sale, 'recovery-ask')!.textContent.trim()).to.equal(ask);
      expect(textOf(opened.sale)).not.to.match(/\{|recovery\./);
    }
    opened.element.client!.resolveTransaction(id);
  });
});

describe('a reader that runs a sale of somebody else', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('offers to cancel it, and then to pay', async () => {
    const reader = new MockReader({ clients: 2 });
    const opened = await shop(undefined, reader);
    const other = await fixture<MagtekReader>(html`<magtek-reader .transport=${reader.transport()}></magtek-reader>`);
    await other.connect();
    const running = other.startTransaction({ amount: '1.00', currency: 'EUR' });
    await waitUntil(() => running.phase === 'waiting-for-card', 'waiting');
    press(opened.sale, 'pay');
    await shows(opened.sale, 'cancel-other');
    await expect(opened.sale).to.be.accessible();
    press(opened.sale, 'cancel-other');
    await waitUntil(() => part(opened.sale, 'cancel-other') === null, 'cancelled');
    await shows(opened.sale, 'pay');
    expect(opened.sale.outcome).to.equal(undefined);
    expect(opened.sale.shadowRoot!.activeElement?.matches('.pay')).to.equal(true);
  });
});
