/** The instructions of `<magtek-transaction>` to the cardholder, in words and pictures, in every language. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import { loadWords } from '../../../src/language/catalogue.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { toHex } from '../../../src/mms/hex.js';
import { notification } from '../../../src/simulator/outgoing.js';
import { MockReader } from '../../support/mock-reader.js';
import { rested } from '../../support/rested.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

async function counter(options = {}, { accept = 'insert tap swipe', lang = 'en' } = {}) {
  const mock = new MockReader(options);
  readers.push(mock);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${mock.transport()} lang=${lang}
      ><magtek-transaction amount="4.60" currency="EUR" accept=${accept}></magtek-transaction
    ></magtek-reader>`,
  );
  const sale = element.querySelector('magtek-transaction')!;
  await element.connect();
  const started = sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting', { timeout: 5_000 });
  return { mock, reader: mock.reader, element, sale, started };
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot!.textContent.replace(/\s+/g, ' ');

const shows = (sale: MagtekTransaction, text: string): Promise<void> =>
  waitUntil(() => textOf(sale).includes(text), `${text} in ${textOf(sale)}`, { timeout: 5_000 });

const drawn = (sale: MagtekTransaction): string[] =>
  [...sale.shadowRoot!.querySelectorAll('svg')].map((picture) => picture.getAttribute('class') ?? '');

describe('what the cardholder is to do', () => {
  before(() => Promise.all(['de', 'fr', 'es'].map(loadWords)));

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('is drawn for each way of presenting a card', async () => {
    const { sale, started } = await counter({}, { accept: 'insert tap' });
    await shows(sale, 'Your card: insert or tap');
    expect(drawn(sale)).to.deep.equal(['insert', 'tap']);
    await sale.cancel();
    await started;
  });

  for (const [lang, collision, remove] of [
    ['en', 'Present one card only', 'Remove your card'],
    ['de', 'Bitte nur eine Karte', 'Karte entnehmen'],
    ['fr', 'Présentez une seule carte', 'Retirez votre carte'],
    ['es', 'Presente una sola tarjeta', 'Retire su tarjeta'],
  ] as const)
    it(`is one card only after a collision, and to remove the card when the sale is over (${lang})`, async () => {
      const { mock, reader, sale, started } = await counter({}, { lang });
      reader.collide();
      await shows(sale, collision);
      expect(drawn(sale)).to.deep.equal(['again']);
      reader.insert('visa');
      await started;
      await shows(sale, remove);
      expect(drawn(sale)).to.deep.equal(['remove']);
      await rested(sale);
      await expect(sale).to.be.accessible();
      // The reader reports the removal as an idle one does.
      mock.send(toHex(notification(0x1001, '01030000')));
      await waitUntil(() => !textOf(sale).includes(remove), 'removed');
      expect(drawn(sale)).to.deep.equal([]);
    });

  it('is to take the last card out before the next sale is sent, where the reader reports that', async () => {
    const { mock, reader, sale, started } = await counter();
    const idle = (code: string): void => {
      mock.send(toHex(notification(0x1001, code)));
    };
    const starts = (): number => mock.received.filter((hex) => hex.slice(12, 16) === '1001').length;
    idle('01030000');
    reader.insert('visa');
    await started;
    sale.reset();
    const next = sale.start();
    await shows(sale, 'Remove your card');
    expect(drawn(sale)).to.deep.equal(['remove']);
    expect(sale.phase).to.equal('starting');
    expect(starts()).to.equal(1);
    reader.remove();
    idle('01030000');
    await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting', { timeout: 5_000 });
    expect(starts()).to.equal(2);
    reader.insert('mastercard');
    expect((await next).arqc?.last4).to.equal('4444');
    // Whoever does not want to wait cancels: nothing was sent.
    sale.reset();
    const unwanted = sale.start();
    await shows(sale, 'Remove your card');
    await sale.cancel();
    expect((await unwanted).because?.code).to.equal('not-sent');
    expect(starts()).to.equal(2);
  });

  it('does not use up the id of a sale that was not sent: Pay is offered again, for the same', async () => {
    const { mock, reader, sale, started } = await counter();
    mock.send(toHex(notification(0x1001, '01030000')));
    reader.insert('visa');
    await started;
    sale.transactionId = `order-${String(Date.now())}`;
    const unwanted = sale.start();
    await shows(sale, 'Remove your card');
    await sale.cancel();
    expect((await unwanted).because?.code).to.equal('not-sent');
    await rested(sale);
    reader.remove();
    mock.send(toHex(notification(0x1001, '01030000')));
    sale.shadowRoot!.querySelector<HTMLButtonElement>('.pay')!.click();
    await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting', { timeout: 20_000 });
    reader.insert('mastercard');
    await waitUntil(() => sale.outcome !== undefined, 'ended', { timeout: 20_000 });
    expect(sale.outcome).to.equal('deferred');
    // What was sent is not offered again.
    await rested(sale);
    expect(sale.shadowRoot!.querySelector('.pay')).to.equal(null);
  });

  it('is the fallback as it goes, at a reader without a display', async () => {
    const { reader, element, sale, started } = await counter({ display: false });
    const said: string[] = [];
    element.addEventListener('magtek-display', ({ detail }) => said.push(detail.text));
    for (const [words, prompt] of [
      ['CARD ERROR', 'The card could not be read'],
      ['CARD ERROR', 'The card could not be read'],
      ['USE MAGSTRIPE', 'Swipe your card instead'],
    ] as const) {
      const before = said.length;
      reader.insert('brokenChip');
      await waitUntil(() => said.slice(before).includes(words), words, { timeout: 5_000 });
      await shows(sale, prompt);
      reader.remove();
      await rested(sale);
      expect(textOf(sale)).to.contain(prompt);
      await expect(sale).to.be.accessible();
    }
    expect(drawn(sale)).to.deep.equal(['swipe']);
    reader.swipe('brokenChip');
    expect((await started).arqc?.fallback).to.equal('technical');
  });

  it('is to try again where the card was taken out before it was read', async () => {
    const { reader, sale, started } = await counter();
    reader.insert('brokenChip');
    await waitUntil(() => reader.face.display.includes('CARD ERROR'), 'card error');
    reader.remove();
    await shows(sale, 'Please try again');
    reader.tap('visa');
    await started;
  });

  it('is to turn a card around whose stripe was not read, and to insert one with a chip', async () => {
    for (const [fault, card, hint, picture] of [
      ['bad-track', 'stripeOnly', 'turn the card around', 'side'],
      [undefined, 'chipOnStripe', 'This card has a chip: insert it', 'insert'],
    ] as const) {
      const { reader, element, sale, started } = await counter();
      element.addEventListener('magtek-authorize', (event) => {
        event.respondWith({ approved: false });
      });
      if (fault) reader.startFault(fault);
      reader.swipe(card);
      await started;
      await shows(sale, hint);
      expect(drawn(sale)).to.deep.equal([picture]);
    }
  });

  for (const [accept, lang, prompt] of [
    ['manual', 'en', 'Type in the card number at the reader'],
    ['manual', 'de', 'Bitte die Kartennummer am Lesegerät eintippen'],
    ['manual', 'fr', 'Saisissez le numéro de la carte sur le lecteur'],
    ['manual', 'es', 'Teclee el número de la tarjeta en el lector'],
    ['barcode', 'en', 'Show the barcode to the reader'],
    ['barcode', 'de', 'Bitte den Barcode vor das Lesegerät halten'],
    ['barcode', 'fr', 'Présentez le code-barres au lecteur'],
    ['barcode', 'es', 'Muestre el código de barras al lector'],
    ['insert manual', 'en', 'Your card: insert or type in its number'],
  ] as const)
    it(`has a prompt of its own for ${accept} (${lang})`, async () => {
      const { sale, started } = await counter({}, { accept, lang });
      await shows(sale, prompt);
      expect(drawn(sale)).to.deep.equal(accept.split(' '));
      await sale.cancel();
      await started;
    });
});
