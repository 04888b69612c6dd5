/** The card data in a page: every kind of card, by keyboard, and never a number, name or ciphertext. */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import fc from 'fast-check';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/card-data/define.js';
import type { CardDataDetail } from '../../../src/transactions/card.js';
import type { MagtekCardData } from '../../../src/elements/card-data/card-data.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { encodeTlv } from '../../../src/mms/tlv.js';
import { testCards, type TestCard } from '../../../src/simulator/test-cards.js';
import { cardNumber } from '../../support/card-number.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

const readers: MockReader[] = [];

interface Page {
  readonly mock: MockReader;
  readonly reader: MagtekReader;
  readonly view: MagtekCardData;
}

async function page(): Promise<Page> {
  const mock = new MockReader();
  readers.push(mock);
  const reader = await fixture<MagtekReader>(html`
    <magtek-reader .transport=${mock.transport()}><magtek-card-data></magtek-card-data></magtek-reader>
  `);
  await reader.connect();
  return { mock, reader, view: reader.querySelector('magtek-card-data')! };
}

/** Everything in the DOM of the element: texts and attributes. */
const domOf = ({ shadowRoot }: MagtekCardData): string => shadowRoot!.innerHTML.replace(/<!--.*?-->/g, '');
const textOf = ({ shadowRoot }: MagtekCardData): string => shadowRoot!.textContent.replace(/\s+/g, ' ');
const inside = (view: MagtekCardData, selector: string): HTMLElement =>
  view.shadowRoot!.querySelector<HTMLElement>(selector)!;

/** Sells by a card in one way; resolves with what the reader sent. */
async function sell(
  { mock, reader, view }: Page,
  card: TestCard,
  via: 'insert' | 'tap' | 'swipe',
): Promise<{ readonly arqc: CardDataDetail; readonly shown: string; readonly text: string }> {
  const arrived = new Promise<CardDataDetail>((resolve) => {
    reader.addEventListener('magtek-card-data', ({ detail }) => resolve(detail), { once: true });
  });
  const sale = reader.startTransaction({ amount: '4.60', currency: 'EUR', accept: 'insert tap swipe' });
  await waitUntil(() => sale.phase === 'waiting-for-card');
  mock.reader[via](card);
  const arqc = await arrived;
  await view.updateComplete;
  const shown = domOf(view);
  const text = textOf(view);
  mock.reader.remove();
  // What the reader sends at the end is shown instead of the ARQC.
  await sale.result;
  await view.updateComplete;
  return { arqc, shown, text };
}

/** The longest run of digits that may be seen of a card number: the first six or the last four. */
function expectHidden(shown: string, pan: string): void {
  for (let at = 0; at + 7 <= pan.length; at++) expect(shown).not.to.contain(pan.slice(at, at + 7));
}

async function clipboardDuring(action: () => Promise<void>): Promise<string> {
  const { clipboard } = navigator;
  const original = clipboard.writeText.bind(clipboard);
  let copied = '';
  clipboard.writeText = (text) => {
    copied = text;
    return Promise.resolve();
  };
  try {
    await action();
  } finally {
    clipboard.writeText = original;
  }
  return copied;
}

describe('the card data in a page', () => {
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('are a tree with names and readings, and empty before and after', async () => {
    const all = await page();
    const { view } = all;
    expect(textOf(view)).to.contain('No card yet');
    await expect(view).to.be.accessible();
    const { text } = await sell(all, testCards.visa, 'insert');
    expect(text).to.contain('ARQC, chip').and.to.contain('Masked track 2');
    expect(textOf(view)).to.contain('Batch, chip').and.to.contain('Transaction results');
    await expect(view).to.be.accessible();
    view.clear();
    await view.updateComplete;
    expect(textOf(view)).to.contain('No card yet');
  });

  const cards = fc.sample(fc.record({ pan: cardNumber, expiry: fc.constantFrom('2712', '3401') }), 6);
  for (const [index, card] of cards.entries()) {
    const via = (['insert', 'tap', 'swipe'] as const)[index % 3] ?? 'tap';
    it(`hide what is sensitive of arbitrary card ${String(index + 1)} by ${via}, also in what is copied`, async () => {
      const all = await page();
      const known = via === 'swipe' ? testCards.stripeOnly : testCards.visa;
      const { arqc, shown } = await sell(all, { ...known, ...card }, via);
      const ciphertexts = arqc.tlv.flatMap(function secrets({ tag, value, children }): string[] {
        if (children) return children.flatMap(secrets);
        return tag === 'DFDF59' ? [toHex(value).slice(0, 24)] : [];
      });
      expect(ciphertexts).to.have.length(1);
      inside(all.view, '[tabindex="0"]').focus();
      const hex = await clipboardDuring(async () => {
        inside(all.view, '[part=copy-hex]').click();
        await waitUntil(() => textOf(all.view).includes('Copied.'));
      });
      expect(hex).to.match(/^84/);
      for (const text of [shown, domOf(all.view), hex]) {
        expectHidden(text, card.pan);
        expect(text).not.to.contain(ciphertexts[0]);
      }
    });
  }

  it('walk by keyboard, and copy the chosen branch only', async () => {
    const all = await page();
    const { view } = all;
    await sell(all, testCards.mastercard, 'tap');
    inside(view, '[tabindex="0"]').focus();
    const chosen = (): string => inside(view, '[aria-selected=true]').id.slice('node-'.length);
    const press = async (key: string): Promise<void> => {
      await sendKeys({ press: key });
      await view.updateComplete;
    };
    await press('ArrowRight');
    expect(chosen()).to.equal('0.0');
    await press('ArrowDown');
    expect(chosen()).to.equal('0.1');
    expect(inside(view, '[role=tree]').getAttribute('aria-activedescendant')).to.equal('node-0.1');
    await press('ArrowLeft');
    expect(inside(view, '[id="node-0.1"]').getAttribute('aria-expanded')).to.equal('false');
    expect(inside(view, '[id="node-0.1.0"]')).to.equal(null);
    await press('ArrowRight');
    await press('ArrowRight');
    expect(chosen()).to.equal('0.1.0');
    const label = inside(view, '[id="node-0.1.0"]').getAttribute('aria-label')!;
    const json = await clipboardDuring(async () => {
      inside(view, '[part=copy-json]').click();
      await waitUntil(() => textOf(view).includes('Copied.'));
    });
    expect(label.startsWith((JSON.parse(json) as { tag: string }).tag)).to.equal(true);
    await press('Home');
    expect(chosen()).to.equal('0');
    await expect(view).to.be.accessible();
  });

  it('are empty after data that are not whole: what was shown is of another card', async () => {
    const all = await page();
    await sell(all, testCards.visa, 'insert');
    expect(textOf(all.view)).to.contain('Masked');
    const payload = new Uint8Array([0x01, 0x01, ...encodeTlv([{ tag: '84', value: parseHex('0040F900') }])]);
    const bytes = encodeTlv([
      { tag: '81', value: parseHex('03000101') },
      { tag: '82', value: parseHex('10080202') },
      { tag: '84', value: payload },
    ]);
    all.mock.send(toHex(new Uint8Array([0xaa, 0x00, ...bytes])));
    await waitUntil(() => textOf(all.view).includes('No card yet'), undefined, { timeout: 20_000 });
    expect(inside(all.view, '[part=copy-hex]')).to.equal(null);
  });

  it('hide names and numbers that stand in clear in them', async () => {
    const { mock, view } = await page();
    const name = '444F452F4A414E45'; // DOE/JANE
    const clear = [
      { tag: '5F20', value: parseHex(name) },
      { tag: '5A', value: parseHex('4111111111111111') },
      { tag: '57', value: parseHex('4111111111111111D30122010000') },
      { tag: '95', value: parseHex('0000008000') },
    ];
    const container = encodeTlv([{ tag: 'F9', children: [{ tag: 'FA', children: clear }] }]);
    const blob = new Uint8Array([0, container.length, ...container, 0, 0, 0, 0]);
    const payload = new Uint8Array([0x01, 0x01, ...encodeTlv([{ tag: '84', value: blob }])]);
    const bytes = encodeTlv([
      { tag: '81', value: parseHex('03000101') },
      { tag: '82', value: parseHex('10080202') },
      { tag: '84', value: payload },
    ]);
    const message = decodeMessage(new Uint8Array([0xaa, 0x00, ...bytes]));
    expect(message.kind).to.equal('notification');
    mock.send(toHex(message.bytes));
    await waitUntil(() => textOf(view).includes('5F20'));
    expect(domOf(view)).not.to.contain('DOE').and.not.to.contain(name);
    expectHidden(domOf(view), '4111111111111111');
    expect(textOf(view), 'bits in words').to.match(/floor limit exceeded/);
  });
});
