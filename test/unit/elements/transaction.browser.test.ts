/** One sale in one tag: what people press, what they are told, and what the page's host and forms get. */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import type { TransactionData } from '../../../src/transactions/transaction.js';
import type { HostRequest } from '../../../src/elements/transaction/host.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { selectionNotification } from '../../../src/simulator/outgoing.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { toHex } from '../../../src/mms/hex.js';
import { startHost } from '../../support/host.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

interface Shop {
  readonly reader: MockReader;
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
  readonly outcomes: string[];
}

async function shop(
  template = html`<magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>`,
  options = {},
) {
  const reader = new MockReader(options);
  readers.push(reader);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${reader.transport()} lang="en">${template}</magtek-reader>`,
  );
  const sale = element.querySelector('magtek-transaction')!;
  const outcomes: string[] = [];
  element.addEventListener('magtek-transaction-complete', ({ detail }) => outcomes.push(detail.outcome));
  await element.connect();
  await sale.updateComplete;
  return { reader, element, sale, outcomes } satisfies Shop;
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

const part = (sale: MagtekTransaction, name: string): HTMLElement | null =>
  sale.shadowRoot?.querySelector(`[part~=${name}]`) ?? null;

const pay = (sale: MagtekTransaction): void => part(sale, 'pay')!.click();

const startsIn = ({ received }: MockReader): number => received.filter((hex) => hex.slice(12, 16) === '1001').length;

const until = (sale: MagtekTransaction, phase: string): Promise<void> => waitUntil(() => sale.phase === phase, phase);

/** Waits until the sale is over and shown. */
async function over(sale: MagtekTransaction): Promise<void> {
  await waitUntil(() => sale.outcome !== undefined, 'over', { timeout: 5_000 });
  await sale.updateComplete;
}

describe('a sale', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  for (const act of ['insert', 'tap', 'swipe'] as const) {
    it(`by ${act}: the button, what to do, the outcome`, async () => {
      const { reader, sale, outcomes } = await shop();
      expect(textOf(sale)).to.contain('Pay €4.60');
      await expect(sale).to.be.accessible();
      pay(sale);
      await until(sale, 'waiting-for-card');
      await sale.updateComplete;
      expect(textOf(sale)).to.contain('Your card: insert, tap, or swipe');
      expect(textOf(sale)).to.match(/(59|60) seconds/);
      await expect(sale).to.be.accessible();
      reader.reader[act]('visa');
      await over(sale);
      expect(sale.outcome).to.equal('deferred');
      expect(textOf(sale)).to.contain('Card read');
      expect(outcomes).to.deep.equal(['deferred']);
      await expect(sale).to.be.accessible();
    });
  }

  it('shows an amount with too many decimals as it stands: rounded, it would be another sum', async () => {
    const { sale } = await shop(html`<magtek-transaction amount="4.605" currency="EUR"></magtek-transaction>`);
    expect(textOf(sale)).to.contain('Pay 4.605 EUR');
  });

  it('names on its button all that is charged, not the amount alone', async () => {
    const { sale } = await shop(
      html`<magtek-transaction
        amount="10.00"
        other-amount="2.00"
        tip="1.00"
        tax="0.8"
        surcharge="0.05"
        currency="USD"
      ></magtek-transaction>`,
    );
    expect(textOf(sale)).to.contain('Pay $11.85');
    sale.tax = '0.805';
    await sale.updateComplete;
    expect(textOf(sale)).to.contain('Pay $10.00');
  });

  it('keeps its own label where the page fills other slots only, and takes the label of the page', async () => {
    const { sale } = await shop(html`
      <magtek-transaction amount="4.60" currency="EUR">
        <span slot="approved">Thank you!</span>
      </magtek-transaction>
    `);
    expect(part(sale, 'pay')!.innerText).to.equal('Pay €4.60');
    sale.append('Pay by card');
    await waitUntil(() => !textOf(sale).includes('Pay €4.60'));
    await sale.updateComplete;
    expect(part(sale, 'pay')!.querySelector('slot')!.assignedNodes().at(-1)!.textContent).to.equal('Pay by card');
    expect(part(sale, 'pay')!.querySelector('slot')!.hidden).to.equal(false);
  });

  it('that was approved says nothing about a connection that was lost behind the answer', async () => {
    const { reader, element, sale } = await shop();
    element.addEventListener('magtek-authorize', (event) => {
      event.respondWith(true);
    });
    element.addEventListener('magtek-transaction-change', ({ detail }) => {
      if (detail.phase === 'finishing') reader.stop();
    });
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.tap('visa');
    await over(sale);
    expect(sale.outcome).to.equal('approved');
    expect(textOf(sale)).to.contain('Approved');
    expect(textOf(sale)).not.to.match(/power and network/);
  });

  it('is decided by the listener of the page', async () => {
    for (const [approved, outcome, words] of [
      [true, 'approved', 'Approved'],
      [false, 'declined', 'Declined'],
    ] as const) {
      const { reader, element, sale } = await shop();
      element.addEventListener('magtek-authorize', (event) => {
        expect(event.detail.amount).to.equal('4.60');
        event.respondWith({ approved, message: 'The host has spoken.' });
      });
      pay(sale);
      await until(sale, 'waiting-for-card');
      reader.reader.tap('mastercard');
      await over(sale);
      expect(sale.outcome).to.equal(outcome);
      expect(textOf(sale)).to.contain(words);
      expect(textOf(sale)).to.contain('The host has spoken.');
      // Only what charged nothing may be tried again.
      expect(part(sale, 'pay') !== null).to.equal(!approved);
    }
  });

  it('is cancelled by the button and by Escape', async () => {
    for (const press of [
      (sale: MagtekTransaction) => part(sale, 'cancel')?.click(),
      () => sendKeys({ press: 'Escape' }),
    ]) {
      const { sale } = await shop();
      pay(sale);
      await until(sale, 'waiting-for-card');
      await sale.updateComplete;
      await press(sale);
      await over(sale);
      expect(sale.outcome).to.equal('cancelled');
    }
  });

  it('is timed out where no card comes', async () => {
    const { sale } = await shop(html`<magtek-transaction amount="1" currency="JPY" timeout="1"></magtek-transaction>`);
    expect(textOf(sale)).to.contain('¥1');
    pay(sale);
    await over(sale);
    expect(sale.outcome).to.equal('timed-out');
    expect(textOf(sale)).to.contain('No card in time');
  });

  it('is unknown where the reader ends it without a reason that a source explains, and is not offered again', async () => {
    const { reader, sale } = await shop(undefined, { pace: 200 });
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.insert('visa');
    await until(sale, 'reading');
    reader.reader.remove();
    await over(sale);
    expect(sale.outcome).to.equal('unknown');
    expect(textOf(sale)).to.contain('ask the host before trying again');
    expect(part(sale, 'pay')).to.equal(null);
    await expect(sale).to.be.accessible();
  });

  it('is unknown where the connection is lost in the middle, and says what to do', async () => {
    const { reader, element, sale } = await shop(undefined, { pace: 300 });
    element.reconnect = 'off';
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.insert('visa');
    await until(sale, 'reading');
    reader.stop();
    await over(sale);
    expect(sale.outcome).to.equal('unknown');
    expect(textOf(sale)).to.contain('connection');
    expect(startsIn(reader)).to.equal(1);
  });

  it('fails where the reader refuses, and says why', async () => {
    const { reader, element, sale } = await shop();
    await element.send(
      'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000',
    );
    pay(sale);
    await over(sale);
    expect(sale.outcome).to.equal('failed');
    expect(textOf(sale)).to.contain('transaction already in progress');
    expect(startsIn(reader)).to.equal(2);
  });

  it('with a wrong amount is refused before anything is sent, beside the button', async () => {
    for (const [amount, currency] of [
      ['4.605', 'EUR'],
      ['4.6', 'JPY'],
      ['0', 'EUR'],
      ['', 'EUR'],
      ['4,60', 'EUR'],
      ['4.60', 'XXX'],
    ] as const) {
      const { reader, sale } = await shop(
        html`<magtek-transaction amount=${amount} currency=${currency}></magtek-transaction>`,
      );
      pay(sale);
      await waitUntil(() => part(sale, 'error') !== null);
      expect(textOf(sale)).to.contain('The amount cannot be charged');
      expect(reader.received).to.deep.equal([]);
      expect(await sale.start().catch((error: unknown) => (error as ReaderError).code)).to.equal('bad-amount');
    }
  });

  it('starts once, however often it is pressed', async () => {
    const { reader, sale } = await shop();
    pay(sale);
    part(sale, 'pay')?.click();
    const [first, second] = [sale.start(), sale.start()];
    await until(sale, 'waiting-for-card');
    expect(startsIn(reader)).to.equal(1);
    reader.reader.tap('visa');
    expect(await first).to.equal(await second);
  });

  it('starts once where two tags share a reader: the other says that a sale is running', async () => {
    const { reader, element, sale } = await shop(html`
      <magtek-transaction amount="1.00" currency="EUR"></magtek-transaction>
      <magtek-transaction amount="2.00" currency="EUR"></magtek-transaction>
    `);
    const other = element.querySelectorAll('magtek-transaction')[1]!;
    pay(sale);
    pay(other);
    await waitUntil(() => textOf(other).includes('Another sale or refund is running'));
    await until(sale, 'waiting-for-card');
    expect(startsIn(reader)).to.equal(1);
  });

  it('offers the choice that a reader without a display asks for', async () => {
    const { reader, sale } = await shop(undefined, { display: false });
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.insert('twoApplications');
    await waitUntil(() => part(sale, 'choices') !== null);
    expect(textOf(sale)).to.contain('Choose how to pay');
    await expect(sale).to.be.accessible();
    [...part(sale, 'choices')!.querySelectorAll('button')][1]!.click();
    await over(sale);
    expect(sale.outcome).to.equal('deferred');
    expect(reader.received.filter((hex) => hex.includes('84081802810100820101'))).to.have.length(1);
  });

  describe('the choice of a reader without a display', () => {
    /** A sale whose reader asks for a choice, and the answers that it got. */
    async function choosing(template?: TemplateResult, options = {}) {
      const counter = await shop(template, { display: false, ...options });
      pay(counter.sale);
      await until(counter.sale, 'waiting-for-card');
      counter.reader.reader.insert('twoApplications');
      await waitUntil(() => part(counter.sale, 'choices') !== null, 'choices');
      const answers = (): string[] =>
        counter.reader.received.filter((hex) => hex.slice(12, 16) === '1802').map((hex) => hex.slice(20));
      return { ...counter, answers };
    }

    /** The reader asks again, in other words and with another limit. */
    const ask = ({ reader }: Shop, seconds: number, ...items: string[]): void => {
      reader.send(toHex(selectionNotification('02FFFEFF', seconds, items)));
    };

    const focused = ({ shadowRoot }: MagtekTransaction): Element | null => shadowRoot!.activeElement;

    it('is made by keyboard: the list gets the focus, up and down go through it', async () => {
      const { sale, answers } = await choosing();
      await waitUntil(() => focused(sale) === part(sale, 'choices'), 'focus on the list');
      await sendKeys({ press: 'Enter' });
      expect(answers()).to.deep.equal([]);
      const buttons = [...part(sale, 'choices')!.querySelectorAll('button')];
      for (const [key, at] of [
        ['ArrowDown', 0],
        ['ArrowDown', 1],
        ['ArrowDown', 0],
        ['ArrowUp', 1],
      ] as const) {
        await sendKeys({ press: key });
        expect(focused(sale)).to.equal(buttons[at]);
      }
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => answers().length > 0);
      expect(answers()).to.deep.equal(['1802810100820101']);
      await over(sale);
      expect(sale.outcome).to.equal('deferred');
      expect(answers()).to.have.length(1);
    });

    it('shows the time that is left, and is answered as timed out when it is over', async () => {
      const { reader, sale, answers, ...rest } = await choosing();
      expect(part(sale, 'seconds')!.textContent).to.match(/(59|60) seconds/);
      ask({ reader, sale, ...rest }, 1, 'SELECT LANGUAGE', 'ENGLISH', 'DEUTSCH');
      await waitUntil(() => textOf(sale).includes('DEUTSCH'));
      expect(textOf(sale)).to.contain('SELECT LANGUAGE').and.to.contain('1 second');
      expect(textOf(sale)).not.to.contain('VISA');
      await expect(sale).to.be.accessible();
      await over(sale);
      expect(answers()).to.deep.equal(['1802810102']);
      expect(sale.outcome).to.equal('timed-out');
      expect(textOf(sale)).to.contain('Nothing was chosen in time');
      expect(part(sale, 'pay')).not.to.equal(null);
    });

    for (const way of ['button', 'key', 'method'] as const)
      it(`is cancelled by ${way}, and answered as cancelled`, async () => {
        const { reader, sale, answers } = await choosing();
        if (way === 'button') part(sale, 'cancel')!.click();
        else if (way === 'key') await sendKeys({ press: 'Escape' });
        else await sale.cancel();
        await over(sale);
        expect(sale.outcome).to.equal('cancelled');
        expect(answers()).to.deep.equal(['1802810101']);
        expect(reader.received.filter((hex) => hex.slice(12, 16) === '1008')).to.deep.equal([]);
      });

    it('is cancelled when its element leaves the page: nobody could choose any more', async () => {
      const { sale, answers, outcomes } = await choosing();
      sale.remove();
      await waitUntil(() => outcomes.length > 0, 'over', { timeout: 5_000 });
      expect(outcomes).to.deep.equal(['cancelled']);
      expect(answers()).to.deep.equal(['1802810101']);
    });

    it('cancels the sale where the reader waits for no choice any more', async () => {
      const { reader, sale, answers } = await choosing();
      reader.reader.refuseNext('02030D');
      part(sale, 'cancel')!.click();
      await over(sale);
      expect(sale.outcome).to.equal('cancelled');
      expect(answers()).to.have.length(1);
      expect(reader.received.filter((hex) => hex.slice(12, 16) === '1008')).to.have.length(1);
    });

    it('hides what looks like a card number in it', async () => {
      const counter = await choosing();
      ask(counter, 60, 'SELECT CARD', 'CARD 4111 1111 1111 1111');
      await waitUntil(() => textOf(counter.sale).includes('SELECT CARD'));
      expect(textOf(counter.sale)).to.contain('CARD 4').and.not.to.contain('1111 1111');
    });
  });

  it('starts by itself for a card at the idle reader', async () => {
    const { reader, element, sale } = await shop(
      html`<magtek-transaction amount="1.00" currency="EUR" auto-start="insert swipe"></magtek-transaction>`,
    );
    await element.send('AA0081040155D1118413D1118501018704020701028906C1049F000000');
    reader.reader.restart();
    await waitUntil(() => element.state === 'reconnecting');
    await waitUntil(() => reader.reader.face.clients === 1 && element.state === 'ready', 'again', { timeout: 20_000 });
    reader.reader.insert('visa');
    await over(sale);
    expect(sale.outcome).to.equal('deferred');
    expect(startsIn(reader)).to.equal(1);
  });

  it('speaks the language of its place', async () => {
    const { element, sale } = await shop();
    element.lang = 'de';
    await waitUntil(() => textOf(sale).includes('bezahlen'));
    expect(textOf(sale)).to.match(/4,60\s€ bezahlen/);
  });

  it('goes from key to key: focus, Enter, the way out', async () => {
    const { reader, sale } = await shop();
    sale.focus();
    await sendKeys({ press: 'Enter' });
    await until(sale, 'waiting-for-card');
    await waitUntil(() => sale.shadowRoot?.activeElement === part(sale, 'cancel'));
    reader.reader.tap('visa');
    await over(sale);
    await waitUntil(() => sale.shadowRoot?.activeElement === part(sale, 'outcome'));
    expect(startsIn(reader)).to.equal(1);
  });

  it('ends when the tag is taken out of the page while no card was read, and goes on when it is moved', async () => {
    const { reader, element, sale, outcomes } = await shop();
    pay(sale);
    await until(sale, 'waiting-for-card');
    const place = document.createElement('div');
    element.append(place);
    place.append(sale);
    await aTimeout(20);
    expect(outcomes).to.deep.equal([]);
    sale.remove();
    await waitUntil(() => outcomes.length === 1, 'cancelled', { timeout: 4_000 });
    expect(outcomes).to.deep.equal(['cancelled']);
    expect(startsIn(reader)).to.equal(1);
  });

  it('is not cancelled by the second half of a double click, nor by a key held down', async () => {
    const { sale } = await shop();
    pay(sale);
    await until(sale, 'waiting-for-card');
    await sale.updateComplete;
    part(sale, 'cancel')?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    const held = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true, bubbles: true });
    part(sale, 'cancel')?.dispatchEvent(held);
    expect(held.defaultPrevented).to.equal(true);
    await aTimeout(50);
    expect(sale.phase).to.equal('waiting-for-card');
    await sale.cancel();
  });

  it('is cancelled once by an Escape key that is held down', async () => {
    const { reader, sale } = await shop();
    // Until the reader answers, each further key would be another cancel.
    const cancels = (): number => reader.received.filter((hex) => hex.slice(12, 16) === '1008').length;
    pay(sale);
    await until(sale, 'waiting-for-card');
    await sale.updateComplete;
    for (let presses = 0; presses < 30; presses++)
      part(sale, 'cancel')?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', repeat: presses > 0, bubbles: true, composed: true }),
      );
    await over(sale);
    expect(sale.outcome).to.equal('cancelled');
    expect(cancels()).to.equal(1);
  });

  it('that cannot be started leaves nothing of the payment before in the form', async () => {
    const { reader, sale } = await shop(
      html`<form><magtek-transaction amount="4.60" currency="EUR" name="payment" required></magtek-transaction></form>`,
    );
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.tap('visa');
    await over(sale);
    expect(sale.value).not.to.equal('');
    reader.stop();
    await waitUntil(() => sale.closest('magtek-reader')!.state !== 'ready');
    const error = await sale.start().catch((cause: unknown) => cause);
    expect(error).to.have.property('code', 'not-connected');
    expect(sale.value).to.equal('');
    expect(new FormData(sale.form!).get('payment')).to.equal(null);
    expect(sale.checkValidity()).to.equal(false);
  });

  it('shows nothing of a card number, in any state, of any card', async () => {
    const sell = async (name: keyof typeof testCards): Promise<void> => {
      const { reader, sale } = await shop();
      const seen: string[] = [];
      const observer = new MutationObserver(() => seen.push(sale.shadowRoot?.innerHTML ?? ''));
      observer.observe(sale.shadowRoot!, { subtree: true, childList: true, characterData: true });
      pay(sale);
      await until(sale, 'waiting-for-card');
      reader.reader.swipe(name);
      await over(sale);
      observer.disconnect();
      expect(seen.length).to.be.greaterThan(2);
      expect(seen.join()).not.to.contain(testCards[name].pan);
      expect(sale.value).not.to.contain(testCards[name].pan);
    };
    await Promise.all((['visa', 'mastercard', 'amex', 'discover', 'stripeOnly', 'chipOnStripe'] as const).map(sell));
  });
});

describe('a sale and its host', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  const sold = async (template: ReturnType<typeof html>) => {
    const made = await shop(template);
    pay(made.sale);
    await until(made.sale, 'waiting-for-card');
    made.reader.reader.insert('visa');
    await over(made.sale);
    return made;
  };

  it('asks an address of the page once, with the sale’s id as idempotency key', async () => {
    const host = await startHost(200, '{"approved":true,"message":"Thank you"}');
    const { sale } = await sold(html`
      <magtek-transaction
        amount="4.60"
        currency="EUR"
        transaction-id="order-${String(Date.now())}"
        authorize-url=${host.address}
      ></magtek-transaction>
    `);
    expect(sale.outcome).to.equal('approved');
    const [post, ...more] = await host.received();
    expect(more).to.deep.equal([]);
    expect(post?.headers['idempotency-key']).to.equal(sale.transactionId);
    const request = JSON.parse(post?.body ?? '{}') as HostRequest;
    expect(request).to.include({ amount: '4.60', currency: 'EUR', transactionId: sale.transactionId, via: 'contact' });
    expect(request.arqc).to.match(/^[0-9A-F]{100,}$/);
    // What the host was asked is the value of the sale, as far as it was known then.
    const { emv, ...value } = JSON.parse(sale.value) as TransactionData;
    expect(emv?.aid).to.match(/^A0000000031010/);
    expect(value).to.deep.include(request);
    expect(request).to.deep.include({ schema: 1, type: 'purchase' });
    expect(post?.body).not.to.contain('4111111111111111');
    // The same id is never started again.
    expect(part(sale, 'pay')).to.equal(null);
  });

  it('shows in large letters what is missing where the host approves a part, and submits nothing by itself', async () => {
    const host = await startHost(200, '{"approved":true,"authorizedAmount":"2.30","message":"Approved for 2.30"}');
    const { element, sale } = await sold(html`
      <form action="about:blank">
        <magtek-transaction amount="4.60" currency="EUR" authorize-url=${host.address} auto-submit>
          <span slot="approved">Thank you!</span>
        </magtek-transaction>
      </form>
    `);
    let submits = 0;
    element.querySelector('form')!.addEventListener('submit', (event) => {
      event.preventDefault();
      submits++;
    });
    expect(sale.outcome).to.equal('approved');
    expect(textOf(sale)).to.contain('Only €2.30 approved').and.to.contain('Still to be paid: €2.30');
    expect(textOf(sale)).to.contain('Approved for 2.30');
    expect(sale.querySelector('[slot=approved]')!.checkVisibility()).to.equal(false);
    const title = sale.shadowRoot!.querySelector('.title')!;
    const quiet = sale.shadowRoot!.querySelector('.quiet')!;
    const size = (of: Element): number => parseFloat(getComputedStyle(of).fontSize);
    expect(size(title)).to.be.greaterThan(1.6 * size(quiet));
    expect((JSON.parse(sale.value) as TransactionData).approvedAmount).to.equal('2.30');
    await aTimeout(20);
    expect(submits).to.equal(0);
  });

  it('is unknown, never declined, where the host gives no answer that can be used', async () => {
    for (const [status, body] of [
      [500, '{"approved":false}'],
      [200, 'no JSON'],
      [200, '{"approved":"yes"}'],
    ] as const) {
      const host = await startHost(status, body);
      const { sale } = await sold(
        html`<magtek-transaction amount="4.60" currency="EUR" authorize-url=${host.address}></magtek-transaction>`,
      );
      expect(sale.outcome).to.equal('unknown');
      expect(await host.received()).to.have.length(1);
    }
  });

  it('asks no other origin because a <base> names one', async () => {
    const base = document.createElement('base');
    base.href = 'https://other.example/';
    document.head.append(base);
    try {
      const { reader, sale } = await shop(
        html`<magtek-transaction amount="4.60" currency="EUR" authorize-url="/authorize"></magtek-transaction>`,
      );
      const error = await sale.start().catch((cause: unknown) => cause);
      expect(error).to.have.property('code', 'bad-option');
      expect(startsIn(reader)).to.equal(0);
    } finally {
      base.remove();
    }
  });

  it('asks nobody else where a listener cancels the question', async () => {
    const host = await startHost(200, '{"approved":true}');
    const { element, reader, sale } = await shop(
      html`<magtek-transaction amount="4.60" currency="EUR" authorize-url=${host.address}></magtek-transaction>`,
    );
    let asked = 0;
    element.authorize = () => (asked++, true);
    element.addEventListener('magtek-authorize', (event) => {
      event.preventDefault();
    });
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.tap('visa');
    await over(sale);
    expect(sale.outcome).to.equal('deferred');
    expect(asked).to.equal(0);
    expect(await host.received()).to.deep.equal([]);
  });

  it('never sends card data to another origin: that is refused before anything is sent', async () => {
    const { reader, sale } = await shop(
      html`<magtek-transaction
        amount="4.60"
        currency="EUR"
        authorize-url="https://evil.example/take"
      ></magtek-transaction>`,
    );
    pay(sale);
    await waitUntil(() => part(sale, 'error') !== null);
    expect(textOf(sale)).to.contain('own origin');
    expect(reader.received).to.deep.equal([]);
  });

  it('is part of a form: not valid before, then the card data, submitted once', async () => {
    const host = await startHost(200, 'ok');
    const { reader, element, sale } = await shop(html`
      <form method="post" action=${host.address} target="frame">
        <input name="order" value="17" />
        <magtek-transaction name="payment" amount="4.60" currency="EUR" required auto-submit></magtek-transaction>
      </form>
      <iframe name="frame" title="answer"></iframe>
    `);
    const form = element.querySelector('form')!;
    expect(form.checkValidity()).to.equal(false);
    expect(sale.validity.valueMissing).to.equal(true);
    expect(sale.validationMessage).to.equal('Pay with a card first.');
    pay(sale);
    await until(sale, 'waiting-for-card');
    reader.reader.tap('amex');
    await over(sale);
    expect(form.checkValidity()).to.equal(true);
    await waitUntil(async () => (await host.received()).length > 0, 'posted', { timeout: 3_000 });
    await aTimeout(100);
    const posts = await host.received();
    expect(posts).to.have.length(1);
    const data = new URLSearchParams(posts[0]?.body);
    expect(data.get('order')).to.equal('17');
    const payment = JSON.parse(data.get('payment') ?? '{}') as HostRequest;
    expect(payment.amount).to.equal('4.60');
    expect(payment.arqc).to.match(/^[0-9A-F]{100,}$/);
    form.reset();
    expect(sale.value).to.equal('');
    expect(sale.phase).to.equal('idle');
  });

  it('is disabled and enabled by its property, as frameworks do it', async () => {
    const { sale } = await shop();
    for (const disabled of [true, false, true, false]) {
      sale.disabled = disabled;
      await waitUntil(() => part(sale, 'pay')!.matches(':disabled') === disabled, `disabled: ${disabled}`);
      expect(sale.matches(':disabled')).to.equal(disabled);
    }
  });

  it('is disabled with its form', async () => {
    const { reader, sale } = await shop(html`
      <form>
        <fieldset disabled><magtek-transaction amount="1.00" currency="EUR"></magtek-transaction></fieldset>
      </form>
    `);
    await sale.updateComplete;
    pay(sale);
    await aTimeout(20);
    expect(sale.phase).to.equal('idle');
    expect(reader.received).to.deep.equal([]);
  });
});
