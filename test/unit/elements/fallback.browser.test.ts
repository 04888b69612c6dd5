/** `<magtek-transaction fallback="host">`: what the cardholder is told between the attempts, and what comes of them. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/elements/receipt/define.js';
import type { AuthorizeRequest } from '../../../src/transactions/contract.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { loadWords } from '../../../src/language/catalogue.js';
import { toHex } from '../../../src/mms/hex.js';
import { selectionNotification } from '../../../src/simulator/outgoing.js';
import { MockReader } from '../../support/mock-reader.js';
import { rested } from '../../support/rested.js';
import { waitUntil } from '../../support/wait-until.js';

const PATIENCE = { timeout: 20_000 };
const readers: MockReader[] = [];

async function counter({ lang = 'en', fallback = 'host', pace = 1 } = {}) {
  const mock = new MockReader({ fallback: 'host', pace });
  readers.push(mock);
  const element = await fixture<MagtekReader>(
    html`<magtek-reader .transport=${mock.transport()} lang=${lang}
      ><magtek-transaction amount="4.60" currency="EUR" fallback=${fallback}></magtek-transaction
      ><magtek-display></magtek-display
    ></magtek-reader>`,
  );
  const asked: AuthorizeRequest[] = [];
  element.authorize = (request) => {
    asked.push(request);
    return true;
  };
  const sale = element.querySelector('magtek-transaction')!;
  const display = element.querySelector('magtek-display')!;
  await element.connect();
  const starts = (): number => mock.received.filter((hex) => hex.slice(12, 16) === '1001').length;
  return { mock, reader: mock.reader, element, sale, display, asked, starts };
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot!.textContent.replace(/\s+/g, ' ');

const shows = (element: Element, text: string): Promise<void> =>
  waitUntil(() => textOf(element).includes(text), `${text} in ${textOf(element)}`, PATIENCE);

const drawn = (sale: Element): string[] =>
  [...sale.shadowRoot!.querySelectorAll('svg')].map((picture) => picture.getAttribute('class') ?? '');

const attempt = (sale: MagtekTransaction, starts: () => number, number: number): Promise<void> =>
  waitUntil(
    () => sale.phase === 'waiting-for-card' && starts() === number,
    `attempt ${String(number)}, not ${String(starts())} in ${sale.phase}`,
    PATIENCE,
  );

describe('fallback="host"', () => {
  before(() => Promise.all(['de', 'fr', 'es'].map(loadWords)));

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  for (const [lang, chip, unreadable, remove] of [
    ['de', 'Diese Karte hat einen Chip', 'konnte nicht gelesen werden', 'Karte entnehmen'],
    ['fr', 'Cette carte a une puce', 'n’a pas pu être lue', 'Retirez votre carte'],
    ['es', 'Esta tarjeta tiene chip', 'No se pudo leer la tarjeta', 'Retire su tarjeta'],
  ] as const)
    it(`asks for the chip, and for the card again (${lang})`, async () => {
      const { reader, sale, starts } = await counter({ lang });
      const started = sale.start();
      await attempt(sale, starts, 1);
      reader.swipe('brokenChip');
      await shows(sale, chip);
      await attempt(sale, starts, 2);
      reader.insert('brokenChip');
      await shows(sale, remove);
      reader.remove();
      await shows(sale, unreadable);
      await sale.cancel();
      await started;
    }).timeout(60_000);

  it('shows no choice of the attempt before', async () => {
    const { mock, reader, sale, starts } = await counter();
    const started = sale.start();
    await attempt(sale, starts, 1);
    mock.send(toHex(selectionNotification('02FFFEFF', 30, ['Debit', 'Credit'])));
    const isOffered = (): boolean => sale.shadowRoot!.querySelector('[part~=choices]') !== null;
    await waitUntil(isOffered, 'the choice', PATIENCE);
    reader.swipe('brokenChip');
    await attempt(sale, starts, 2);
    await rested(sale);
    expect(isOffered()).to.equal(false);
    await sale.cancel();
    await started;
  }).timeout(60_000);

  it('asks for the chip, has it tried again, and takes the stripe in the end', async () => {
    const { reader, element, sale, display, asked, starts } = await counter();
    const started = sale.start();
    await attempt(sale, starts, 1);
    reader.swipe('brokenChip');
    await shows(sale, 'This card has a chip: insert it');
    await shows(display, 'This card has a chip: insert it');
    expect(drawn(sale)).to.deep.equal(['insert']);
    await attempt(sale, starts, 2);
    await rested(sale);
    expect(textOf(sale)).to.contain('This card has a chip: insert it');
    await expect(sale).to.be.accessible();
    for (const next of [3, 4, 5]) {
      const asks = next < 5 ? 'The card could not be read' : 'Swipe your card instead';
      reader.insert('brokenChip');
      await shows(sale, 'Remove your card');
      expect(drawn(sale)).to.deep.equal(['remove']);
      expect(starts(), 'nothing is started while the card is in the slot').to.equal(next - 1);
      reader.remove();
      await shows(sale, asks);
      await attempt(sale, starts, next);
      await rested(sale);
      expect(textOf(sale)).to.contain(asks);
    }
    expect(drawn(sale)).to.deep.equal(['swipe']);
    expect(textOf(display)).to.contain('Swipe your card instead');
    expect(asked).to.have.length(0);
    reader.swipe('brokenChip');
    const result = await started;
    const expected = { kind: 'technical', saidBy: 'page' };
    expect(result.outcome).to.equal('approved');
    expect(result.fallback).to.deep.equal(expected);
    expect(asked.map(({ fallback, attempts }) => [fallback, attempts?.count])).to.deep.equal([[expected, 5]]);
    expect(JSON.parse(sale.value)).to.deep.include({
      fallback: expected,
      attempts: { count: 5, because: ['chip-swiped', ...Array<string>(3).fill('chip-unreadable')] },
    });
    const receipt = document.createElement('magtek-receipt');
    receipt.result = result;
    element.append(receipt);
    await shows(receipt, 'Magnetic stripe, chip unreadable');
  }).timeout(60_000);

  it('charges the chip after a swipe, and asks the host once', async () => {
    const { reader, sale, asked, starts } = await counter();
    const started = sale.start();
    await attempt(sale, starts, 1);
    reader.swipe('visa');
    await attempt(sale, starts, 2);
    reader.insert('visa');
    expect((await started).card?.entryMode).to.equal('contact');
    expect(asked.map(({ arqc }) => arqc.via)).to.deep.equal(['contact']);
    // Nothing of the attempts is left beside the next sale.
    reader.remove();
    sale.reset();
    const next = sale.start();
    await attempt(sale, starts, 3);
    await shows(sale, 'Your card: insert, tap, or swipe');
    await sale.cancel();
    expect((await next).outcome).to.equal('cancelled');
  }).timeout(60_000);

  it('starts nothing after a cancel between the attempts, and sells again', async () => {
    const { reader, sale, asked, starts } = await counter();
    const started = sale.start();
    await attempt(sale, starts, 1);
    reader.insert('brokenChip');
    await shows(sale, 'Remove your card');
    sale.shadowRoot!.querySelector<HTMLButtonElement>('.cancel')!.click();
    expect((await started).outcome).to.equal('cancelled');
    reader.remove();
    await rested(sale);
    expect(starts()).to.equal(1);
    const next = sale.start();
    await attempt(sale, starts, 2);
    reader.insert('visa');
    expect((await next).outcome).to.equal('approved');
    expect(asked).to.have.length(1);
  }).timeout(60_000);

  it('starts nothing after the element is gone', async () => {
    for (const present of ['between', 'reading'] as const) {
      const { reader, element, sale, starts } = await counter({ pace: 500 });
      const started = sale.start();
      await attempt(sale, starts, 1);
      reader.insert('brokenChip');
      if (present === 'between') await shows(sale, 'Remove your card');
      else await waitUntil(() => sale.phase === 'reading', 'reading', PATIENCE);
      sale.remove();
      reader.remove();
      const { outcome } = await started;
      expect(['cancelled', 'failed']).to.contain(outcome);
      expect(starts()).to.equal(1);
      expect(element.client!.unresolvedTransactions).to.deep.equal([]);
    }
  }).timeout(60_000);

  it('is refused where it is not known, and off where it is not given', async () => {
    const { reader, sale, asked, starts } = await counter({ fallback: 'page' });
    await shows(sale, 'fallback');
    const [error] = await Promise.allSettled([sale.start()]);
    expect(error).to.have.nested.property('reason.code', 'bad-option');
    sale.removeAttribute('fallback');
    expect(sale.fallback).to.equal('off');
    const started = sale.start();
    await attempt(sale, starts, 1);
    reader.swipe('visa');
    const result = await started;
    expect(result.outcome).to.equal('approved');
    expect(result).not.to.have.any.keys('attempts', 'fallback');
    expect(asked).to.have.length(1);
  });
});
