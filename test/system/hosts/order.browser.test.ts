/**
 * The order of notifications: first everything is in place, then events are dispatched, then promises resolve. What a listener does
 * then holds.
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import { toHex } from '../../../src/mms/hex.js';
import type { MagtekSignature } from '../../../src/elements/signature/signature.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { closeShops, openShop, sell } from '../../support/shop.js';
import { waitUntil } from '../../support/wait-until.js';

afterEach(closeShops);

async function form(
  inner = html`<magtek-transaction name="payment" required amount="4.60" currency="EUR"></magtek-transaction>`,
) {
  const shop = await openShop(html`<form action="/nowhere">${inner}</form>`);
  const page = shop.element.querySelector('form')!;
  const sale = shop.element.querySelector('magtek-transaction')!;
  /** What each submission would have sent. */
  const sent: FormDataEntryValue[] = [];
  page.addEventListener('submit', (event) => {
    event.preventDefault();
    sent.push(new FormData(page).get('payment') ?? '');
  });
  return { ...shop, page, sale, sent };
}

const stateOf = (sale: MagtekTransaction) => ({
  phase: sale.phase,
  outcome: sale.outcome,
  isFilled: sale.value !== '',
  isValid: sale.validity.valid,
});

const OVER = { phase: 'done', outcome: 'deferred', isFilled: true, isValid: true };

describe('what a sale is when the page is told', () => {
  it('is complete in every event and when the promise resolves', async () => {
    const { reader, element, sale } = await form();
    const seen: unknown[] = [];
    element.addEventListener('magtek-transaction-change', ({ detail }) => {
      expect(sale.phase).to.equal(detail.phase);
      if (detail.phase === 'done') seen.push(stateOf(sale));
    });
    element.addEventListener('magtek-transaction-complete', () => seen.push(stateOf(sale)));
    await sell(reader, sale);
    seen.push(stateOf(sale));
    expect(seen).to.deep.equal([OVER, OVER, OVER]);
  });

  it('can be submitted by the listener, with the payment', async () => {
    const { reader, element, page, sale, sent } = await form();
    element.addEventListener('magtek-transaction-complete', () => {
      page.requestSubmit();
    });
    await sell(reader, sale);
    expect(sent).to.have.length(1);
    expect(JSON.parse(sent[0] as string)).to.include({ amount: '4.60', currency: 'EUR' });
  });

  for (const name of ['magtek-transaction-change', 'magtek-transaction-complete'] as const) {
    it(`stays reset where a listener of ${name} resets it`, async () => {
      const { reader, element, sale, sent } = await form(
        html`<magtek-transaction name="payment" auto-submit amount="4.60" currency="EUR"></magtek-transaction>`,
      );
      element.addEventListener(name, () => {
        if (sale.phase === 'done') sale.reset();
      });
      await sell(reader, sale);
      await sale.updateComplete;
      expect(stateOf(sale)).to.include({ phase: 'idle', outcome: undefined, isFilled: false });
      expect(sent).to.deep.equal([]);
    });

    it(`runs the next sale where a listener of ${name} starts it`, async () => {
      const { reader, element, sale } = await form();
      let next: Promise<unknown> | undefined;
      element.addEventListener(name, () => {
        if (sale.phase === 'done') next ??= sale.start();
      });
      await sell(reader, sale);
      await waitUntil(() => sale.phase === 'waiting-for-card', 'the next sale');
      expect(stateOf(sale)).to.include({ outcome: undefined, isFilled: false });
      reader.reader.tap('mastercard');
      await next;
      expect(sale.value).to.contain('"maskedPan":"5555');
    });
  }

  it('is submitted once by itself, after the listeners', async () => {
    const { reader, element, sale, sent } = await form(
      html`<magtek-transaction name="payment" auto-submit amount="4.60" currency="EUR"></magtek-transaction>`,
    );
    const before: number[] = [];
    element.addEventListener('magtek-transaction-complete', () => before.push(sent.length));
    await sell(reader, sale);
    expect([before, sent.length]).to.deep.equal([[0], 1]);
  });

  it('is told as input and change when the value comes and when it goes, once each', async () => {
    const { reader, element, sale } = await form();
    const told: string[] = [];
    for (const name of ['input', 'change', 'magtek-transaction-complete'])
      element.addEventListener(name, () => told.push(`${name} ${sale.value === '' ? 'empty' : 'filled'}`));
    await sell(reader, sale);
    expect(told).to.deep.equal(['magtek-transaction-complete filled', 'input filled', 'change filled']);
    told.length = 0;
    sale.amount = '5.00';
    await Promise.resolve();
    expect(told).to.deep.equal(['input empty', 'change empty']);
    told.length = 0;
    sale.reset();
    await Promise.resolve();
    expect(told).to.deep.equal([]);
  });
});

describe('what other elements are when the page is told', () => {
  it('a signature is there', async () => {
    const { reader, element } = await openShop(html`<magtek-signature></magtek-signature>`);
    const signature = element.querySelector<MagtekSignature>('magtek-signature')!;
    let seen: unknown;
    element.addEventListener('magtek-signature', () => {
      seen = signature.signature;
    });
    const asked = element.requestSignature();
    await waitUntil(() => reader.reader.face.state === 'signature');
    reader.reader.sign([
      [
        { x: 1, y: 1 },
        { x: 9, y: 9 },
      ],
    ]);
    await asked;
    expect(seen).to.equal(signature.signature);
    expect(seen).not.to.equal(undefined);
  });

  it('the state of the connection is in the attribute, the property and the elements inside', async () => {
    const { reader, element } = await openShop(html`<magtek-status></magtek-status>`);
    element.reconnect = 'off';
    await element.updateComplete;
    const seen: unknown[] = [];
    element.addEventListener('magtek-state-change', ({ detail }) =>
      seen.push([detail.state, element.state, element.getAttribute('state'), element.client?.state]),
    );
    reader.stop();
    await waitUntil(() => seen.length > 0);
    expect(seen).to.deep.equal([['closed', 'closed', 'closed', 'closed']]);
  });
});

describe('a finished sale belongs to its values', () => {
  const others: Record<string, [property: 'amount' | 'currency' | 'type' | 'transactionId', value: string]> = {
    amount: ['amount', '5.00'],
    currency: ['currency', 'USD'],
    type: ['type', 'refund'],
    'transaction-id': ['transactionId', ''],
  };
  for (const [attribute, [property, value]] of Object.entries(others)) {
    for (const way of ['property', 'attribute'] as const) {
      it(`another ${attribute}, as ${way}: idle, empty, not valid, and it sells again`, async () => {
        const { reader, sale, page } = await form();
        await sell(reader, sale);
        expect(page.checkValidity()).to.equal(true);
        const other = value === '' ? crypto.randomUUID() : value;
        if (way === 'property') Reflect.set(sale, property, other);
        else sale.setAttribute(attribute, other);
        // At once: a form may be submitted in the same task.
        expect(stateOf(sale)).to.deep.equal({ phase: 'idle', outcome: undefined, isFilled: false, isValid: false });
        expect(page.checkValidity()).to.equal(false);
        await sale.updateComplete;
        expect(sale.shadowRoot!.querySelector('.pay')).not.to.equal(null);
        await sell(reader, sale);
        expect(page.checkValidity()).to.equal(true);
      });
    }
  }

  it('the same values again change nothing', async () => {
    const { reader, sale } = await form();
    await sell(reader, sale);
    for (const [property] of Object.values(others)) Reflect.set(sale, property, sale[property]);
    sale.setAttribute('amount', '4.60');
    await sale.updateComplete;
    expect(stateOf(sale)).to.deep.equal(OVER);
  });

  it('another amount while a sale runs leaves that sale alone', async () => {
    const { reader, sale } = await form();
    const over = sale.start();
    await waitUntil(() => sale.phase === 'waiting-for-card');
    sale.amount = '9.00';
    sale.reset();
    expect(sale.phase).to.equal('waiting-for-card');
    reader.reader.tap('visa');
    await over;
    expect(JSON.parse(sale.value)).to.include({ amount: '4.60' });
  });

  it('takes away what was wrong with the values before', async () => {
    const { sale } = await form();
    sale.amount = '4.605';
    await sale.start().catch(() => undefined);
    await sale.updateComplete;
    expect(sale.shadowRoot!.querySelector('[part=error]')).not.to.equal(null);
    sale.amount = '4.60';
    await sale.updateComplete;
    expect(sale.shadowRoot!.querySelector('[part=error]')).to.equal(null);
  });

  it('sells to card after card where cards start it', async () => {
    const { reader, element } = await openShop(
      html`<magtek-transaction amount="1.00" currency="EUR" auto-start="insert, tap"></magtek-transaction>`,
    );
    // Idle readers report cards only where they are told to.
    await element.send('AA0081040155D1118413D1118501018704020701028906C1049F000000');
    const sale = element.querySelector('magtek-transaction')!;
    let sales = 0;
    element.addEventListener('magtek-transaction-complete', () => sales++);
    element.addEventListener('magtek-authorize', (event) => {
      event.respondWith({ approved: sales !== 1 });
    });
    reader.reader.restart();
    await waitUntil(() => element.state === 'reconnecting');
    // A reader that is still restarting may take the connection and end it at once: one that answers is there.
    const answers = () => element.client!.getDeviceInfo().then(Boolean, () => false);
    await waitUntil(answers, 'ready again', { timeout: 20_000 });
    for (const [count, outcome] of ['approved', 'declined', 'approved'].entries()) {
      await waitUntil(() => reader.reader.face.phase === undefined);
      reader.reader.insert('visa');
      await waitUntil(() => sales === count + 1, `sale ${String(count + 1)}`, { timeout: 20_000 });
      expect(sale.outcome).to.equal(outcome);
      reader.reader.remove();
    }
  }).timeout(60_000);
});

describe('what the sale and the journal use is theirs alone', () => {
  it('whatever listeners do to the bytes that they get', async () => {
    const wipe = (value: unknown): void => {
      if (value instanceof Uint8Array) value.fill(0);
      else if (typeof value === 'object' && value !== null) {
        for (const key in value) wipe((value as Record<string, unknown>)[key]);
      }
    };
    const plain = await form();
    await sell(plain.reader, plain.sale);
    const wiped = await form();
    for (const name of ['message', 'notification', 'response', 'card-data', 'authorize', 'transaction-complete']) {
      wiped.element.addEventListener(`magtek-${name}`, (event) => {
        const { detail } = event as CustomEvent<unknown>;
        wipe(detail);
        // Messages have their bytes behind getters.
        for (const part of [detail, ...Object.values(detail as object)] as { bytes?: unknown }[]) wipe(part.bytes);
      });
    }
    const errors: string[] = [];
    wiped.element.addEventListener('magtek-error', ({ detail }) => errors.push(detail.error.message));
    await sell(wiped.reader, wiped.sale);
    expect(errors).to.deep.equal([]);
    expect(wiped.sale.outcome).to.equal('deferred');
    const length = (sale: MagtekTransaction): number => (JSON.parse(sale.value) as { arqc: string }).arqc.length;
    expect(length(wiped.sale)).to.equal(length(plain.sale));
    expect(wiped.sale.value).not.to.match(/"arqc":"0+"/);
    const texts = (shop: typeof plain) =>
      shop.element.client!.journal.entries.map(({ text }) => text.replace(/ref \d+/, 'ref'));
    expect(texts(wiped)).to.deep.equal(texts(plain));
    for (const { message } of wiped.element.client!.journal.entries)
      if (message) expect(toHex(message.bytes).slice(0, 2)).to.equal('AA');
  });

  it('whatever the page does to bytes that it has sent', async () => {
    const { reader, element } = await openShop(html``);
    const bytes = Uint8Array.from([0xaa, 0x00, 0x81, 0x04, 0x01, 0x00, 0xd1, 0x01, 0x84, 0x02, 0xd1, 0x01]);
    const first = element.send('AA00810401011F0184021F01').catch(() => undefined);
    const second = element.send(bytes).catch(() => undefined);
    bytes.fill(0);
    await Promise.all([first, second]);
    expect(reader.received.at(-1)?.slice(0, 4)).to.equal('AA00');
  });
});

describe('a button', () => {
  const labels: [name: string, content: string, isLabel: boolean][] = [
    ['a line break', '<br>', false],
    ['an empty paragraph', '<p></p>', false],
    ['a paragraph with a line break and spaces', '<p><br>  </p>', false],
    ['a comment and a template', '<!-- x --><template>Pay</template>', false],
    ['a script', '<script type="application/json">{"a": 1}</script>', false],
    ['what is hidden', '<span hidden>Pay</span>', false],
    ['only another slot', '<span slot="approved">Thank you</span>', false],
    ['words', 'Pay', true],
    ['words within words', '<span><b>Pay</b></span>', true],
    ['a picture', '<img alt="Pay" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', true],
    ['a drawing', '<svg viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>', true],
    ['what is read aloud', '<span aria-label="Pay"></span>', true],
    ['an icon that a style draws', '<i style="display:inline-block;inline-size:9px;block-size:9px"></i>', true],
  ];
  for (const [name, content, isLabel] of labels) {
    it(`${isLabel ? 'takes' : 'is not blank for'} ${name}`, async () => {
      const sale = await fixture<MagtekTransaction>(
        html`<magtek-transaction lang="en" amount="4.60" currency="EUR"></magtek-transaction>`,
      );
      sale.innerHTML = content;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await sale.updateComplete;
      await sale.updateComplete;
      const button = sale.shadowRoot!.querySelector<HTMLElement>('.pay')!;
      expect(button.textContent.includes('€4.60')).to.equal(!isLabel);
    });
  }

  it('takes words that come later into what was there', async () => {
    const sale = await fixture<MagtekTransaction>(
      html`<magtek-transaction lang="en" amount="4.60" currency="EUR"><span></span></magtek-transaction>`,
    );
    const button = sale.shadowRoot!.querySelector<HTMLElement>('.pay')!;
    expect(button.textContent).to.contain('€4.60');
    sale.querySelector('span')!.textContent = 'Buy';
    await waitUntil(() => !button.textContent.includes('€4.60'));
    sale.querySelector('span')!.textContent = '';
    await waitUntil(() => button.textContent.includes('€4.60'));
  });
});
