/** `<magtek-receipt>`: what it shows, in which languages, what it prints and copies, and what it never shows. */
import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '../../../../src/index.js';
import '../../../../src/elements/receipt/define.js';
import { defineWords, loadWords } from '../../../../src/language/catalogue.js';
import type { MagtekReader } from '../../../../src/elements/reader/reader.js';
import type { MagtekReceipt } from '../../../../src/elements/receipt/receipt.js';
import type { TransactionData } from '../../../../src/transactions/contract.js';
import { MockReader } from '../../../support/mock-reader.js';
import { waitUntil } from '../../../support/wait-until.js';

const sale: TransactionData = {
  schema: 1,
  transactionId: 'A-1',
  type: 'purchase',
  dateTime: '2026-11-28T10:41:00.000Z',
  amount: '12.80',
  currency: 'EUR',
  amounts: { base: '10.00', tip: '1.00', tax: '1.80', surcharge: '0.00', cashback: '0.00', total: '12.80' },
  card: { maskedPan: '4111********1111', last4: '1111', brand: 'visa', entryMode: 'contact' },
  emv: {
    ...{ aid: 'A0000000031010', label: 'VISA CREDIT', tvr: '0000008000', tsi: 'E800', cvm: '5E0300' },
    ...{ cryptogram: '1122334455667788', cryptogramType: 'TC' },
  },
  outcome: 'approved',
  reason: 'The host approved the transaction.',
  because: { code: 'host-approved' },
  approvedAmount: '12.80',
  responseCode: '00',
  authorizationCode: 'A1B2C3',
  reference: 'R-1001',
};

const readers: MockReader[] = [];

async function receipt(result: unknown = sale, { copy = 'customer', lang = 'en', paper = '', note = '' } = {}) {
  const place = await fixture<HTMLElement>(html`
    <div lang=${lang}>
      <magtek-receipt copy=${copy} paper=${paper} note=${note}>
        <div slot="head">Corner bakery<br />1 Market Square</div>
        <div slot="foot">Thank you!</div>
      </magtek-receipt>
    </div>
  `);
  const element = place.querySelector('magtek-receipt')!;
  element.result = result as TransactionData;
  await element.updateComplete;
  return element;
}

const textOf = ({ shadowRoot }: Element): string => shadowRoot!.textContent.replace(/\s+/g, ' ').trim();
/** Without spaces that keep words together: languages have them in amounts. */
const plain = (text: string): string => text.replace(/\u00a0|\u202f/g, ' ');
const part = (element: MagtekReceipt, name: string): HTMLElement | null =>
  element.shadowRoot!.querySelector(`[part=${name}]`);

describe('a receipt', () => {
  before(() => Promise.all(['de', 'fr', 'es'].map(loadWords)));

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.stop();
  });

  it('of a refund names the sale that it gives back', async () => {
    const element = await receipt({ ...sale, type: 'refund', transactionId: 'A-2', originalReference: 'A-1' });
    expect(textOf(element)).to.include('Refund').and.include('Transaction A-2').and.include('Refund of A-1');
    expect(textOf(await receipt())).not.to.include('Refund of');
  });

  it('has amounts, card, outcome and the objects of the chip', async () => {
    const element = await receipt();
    const text = textOf(element);
    for (const words of [
      ...['Sale, Customer copy', 'Nov 28, 2026', 'Amount €10.00', 'Tax €1.80', 'Tip €1.00', 'Total €12.80', 'Approved'],
      ...['Card Visa **** **** **** 1111', 'Entry mode Chip', 'Application VISA CREDIT', 'Verification Signature'],
      ...['Authorisation code A1B2C3', 'Response code 00', 'Reference R-1001', 'Transaction A-1'],
      ...['AID A0000000031010', 'TC 1122334455667788', 'TVR 00 00 00 80 00', 'TSI E8 00', 'CVM 5E 03 00'],
    ])
      expect(text).to.contain(words);
    expect(text).not.to.contain('Surcharge').and.not.to.contain('4111').and.not.to.contain('The host approved');
    await expect(element).to.be.accessible();
  });

  it('has a line to sign on for the merchant alone, where the card wants a signature and the sale is approved', async () => {
    for (const [copy, changed, isThere] of [
      ['customer', {}, false],
      ['merchant', {}, true],
      ['merchant', { outcome: 'declined' }, false],
      ['merchant', { emv: { cvm: '420300' } }, false],
    ] as const) {
      const element = await receipt({ ...sale, ...changed }, { copy });
      expect(part(element, 'sign') !== null).to.equal(isThere);
      await expect(element).to.be.accessible();
    }
  });

  it('says in large letters that a part was approved, and why a sale was declined', async () => {
    const inPart = await receipt({ ...sale, approvedAmount: '5.00' });
    expect(textOf(inPart)).to.contain('Approved amount €5.00');
    const { because, ...host } = sale;
    expect(because).to.be.an('object');
    const declined = await receipt({ ...host, outcome: 'declined', reason: 'Insufficient funds', responseCode: '51' });
    expect(textOf(declined)).to.contain('Declined Insufficient funds').and.to.contain('Response code 51');
    const cancelled = await receipt(
      { ...sale, outcome: 'cancelled', because: { code: 'cancelled' }, reason: '' },
      { lang: 'de' },
    );
    expect(textOf(cancelled)).to.contain('Abgebrochen');
  });

  for (const [lang, words] of [
    [
      'de',
      ['Kartenzahlung, Kundenbeleg', 'Summe 12,80 €', 'Erfassungsart Chip', 'Genehmigungsnummer A1B2C3', 'Drucken'],
    ],
    [
      'fr',
      ['Paiement, Ticket client', 'Total 12,80 €', 'Mode de saisie Puce', 'Numéro d’autorisation A1B2C3', 'Imprimer'],
    ],
    [
      'es',
      [
        'Venta, Copia para el cliente',
        'Total 12,80 €',
        'Modo de entrada Chip',
        'Código de autorización A1B2C3',
        'Imprimir',
      ],
    ],
  ] as const)
    it(`speaks ${lang}, on the screen and as text`, async () => {
      const element = await receipt(sale, { lang });
      for (const word of words) expect(plain(textOf(element))).to.contain(word);
      expect(plain(element.text)).to.contain(words[1].replace(' ', lang === 'fr' ? ' : ' : ': '));
      await expect(element).to.be.accessible();
    });

  it('reads from right to left, codes and amounts the right way round', async () => {
    defineWords('ar', { 'receipt.total': 'المجموع' });
    const element = await receipt(sale, { lang: 'ar' });
    element.parentElement!.dir = 'rtl';
    await element.updateComplete;
    expect(textOf(element)).to.contain('المجموع');
    const [name, value] = element.shadowRoot!.querySelector('[part=details] > div')!.children;
    expect(name!.getBoundingClientRect().left).to.be.greaterThan(value!.getBoundingClientRect().left);
    expect(getComputedStyle(element.shadowRoot!.querySelector('code')!).direction).to.equal('ltr');
    await expect(element).to.be.accessible();
  });

  it('has its buttons one after the other for the keyboard', async () => {
    const element = await receipt();
    part(element, 'print')!.focus();
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'copy'));
  });

  it('is there when a sale of its reader is over, and forgets what was copied before', async () => {
    const mock = new MockReader();
    readers.push(mock);
    const reader = await fixture<MagtekReader>(html`
      <magtek-reader .transport=${mock.transport()} lang="en"><magtek-receipt></magtek-receipt></magtek-reader>
    `);
    const element = reader.querySelector('magtek-receipt')!;
    await reader.connect();
    expect(textOf(element)).to.equal('Nothing yet.');
    expect(element.data).to.equal(undefined);
    expect(element.text).to.equal('');
    reader.authorize = () => ({ approved: true, authorizationCode: 'XYZ123' });
    const started = reader.startTransaction({ amount: '4.60', currency: 'EUR' });
    await waitUntil(() => started.phase === 'waiting-for-card');
    mock.reader.insert('mastercard');
    const result = await started.result;
    await element.updateComplete;
    expect(element.result).to.equal(result);
    expect(textOf(element)).to.contain('Mastercard **** **** **** 4444').and.to.contain('Authorisation code XYZ123');
    expect(element.data).to.deep.include({ outcome: 'approved', amounts: { total: '4.60' } });
    // The same from its JSON.
    const before = element.data;
    element.result = JSON.parse(JSON.stringify(result)) as TransactionData;
    expect(element.data).to.deep.equal(before);
  });

  describe('of a sale whose outcome was unknown', () => {
    async function unknownSale() {
      const mock = new MockReader();
      readers.push(mock);
      const reader = await fixture<MagtekReader>(html`
        <magtek-reader .transport=${mock.transport()} lang="en"><magtek-receipt></magtek-receipt></magtek-reader>
      `);
      await reader.connect();
      reader.authorize = () => Promise.reject(new Error('no answer'));
      const started = reader.startTransaction({ amount: '4.60', tip: '0.40', currency: 'EUR' });
      await waitUntil(() => started.phase === 'waiting-for-card');
      mock.reader.insert('mastercard');
      const { outcome, transactionId } = await started.result;
      expect(outcome).to.equal('unknown');
      const element = reader.querySelector('magtek-receipt')!;
      await element.updateComplete;
      expect(textOf(element)).to.contain('Outcome unknown');
      const client = reader.client!;
      return { element, client, transactionId };
    }

    it('says what the host said later', async () => {
      const { element, client, transactionId } = await unknownSale();
      await client.inquireTransaction(transactionId, {
        inquire: () => ({ approved: true, authorizationCode: 'LATER1', emv: { label: 'DEBIT' } }),
      });
      await element.updateComplete;
      const text = textOf(element);
      expect(text).to.contain('Tip €0.40 Total €5.00 Approved Card Mastercard **** **** **** 4444');
      expect(text).to.contain('Authorisation code LATER1').and.to.contain('DEBIT').and.to.contain('A0000000041010');
      expect(text).not.to.contain('unknown');
      expect(JSON.stringify(element.result)).not.to.contain('bytes');
    });

    it('says that a person has settled it, and nothing where nobody knows', async () => {
      for (const [approved, outcome] of [
        [true, 'approved'],
        [false, 'declined'],
        [undefined, 'unknown'],
      ] as const) {
        const { element, client, transactionId } = await unknownSale();
        const how = { by: 'Ann', how: 'Portal' };
        client.resolveTransaction(transactionId, {
          via: approved === undefined ? 'page' : 'hand',
          ...how,
          ...(approved === undefined ? {} : { approved }),
        });
        await element.updateComplete;
        expect(element.data).to.deep.include({ outcome, card: element.data!.card });
        expect(element.data!.card!.number).to.contain('4444');
      }
    });

    it('stays away from the receipt of another sale, and is there where none is', async () => {
      const { element, client, transactionId } = await unknownSale();
      element.result = { ...sale };
      client.resolveTransaction(transactionId, { via: 'hand', by: 'Ann', how: 'Portal', approved: true });
      expect(element.data!.transactionId).to.equal('A-1');
      const other = await unknownSale();
      other.element.result = undefined;
      other.client.resolveTransaction(other.transactionId, { via: 'hand', by: 'Ann', how: 'Portal', approved: true });
      expect(other.element.data).to.deep.include({ transactionId: other.transactionId, outcome: 'approved' });
    });
  });

  it('is copied as text, with the shop’s head and foot', async () => {
    const element = await receipt(sale, { copy: 'merchant', note: 'Table 4' });
    expect(element.text).to.equal(
      [
        ...[
          ...['Corner bakery', '1 Market Square'],
          '',
          'Sale, Merchant copy',
          part(element, 'title')!.nextElementSibling!.textContent,
        ],
        ...['', 'Amount: €10.00', 'Tax: €1.80', 'Tip: €1.00', 'Total: €12.80', '', 'Approved', ''],
        ...[
          'Card: Visa **** **** **** 1111',
          'Entry mode: Chip',
          'Application: VISA CREDIT',
          'Verification: Signature',
          '',
        ],
        ...['Authorisation code: A1B2C3', 'Response code: 00', 'Reference: R-1001', 'Transaction: A-1'],
        ...['AID: A0000000031010', 'TC: 1122334455667788', 'TVR: 00 00 00 80 00', 'TSI: E8 00', 'CVM: 5E 03 00'],
        ...['Note: Table 4', '', 'Signature of the cardholder: ____________________', '', 'Thank you!'],
      ].join('\n'),
    );
    await element.copyText();
    await element.updateComplete;
    expect(textOf(element)).to.match(/Copied\.|does not allow/);
  });

  it('shows no card number, wherever one is', async () => {
    const number = '4111 1111 1111 1111';
    const values = {
      reason: `Call about ${number}`,
      reference: number,
      authorizationCode: number,
      transactionId: number,
    };
    const emv = { label: number, preferredName: number, aid: '4111111111111111', cryptogram: '4111111111111111' };
    const because = { code: 'ended-with-code', values: { code: number } };
    for (const more of [
      {},
      { because, outcome: 'unknown' },
      { because: { code: number } },
      { because: null, card: null },
    ]) {
      const element = await receipt(
        { ...sale, because: undefined, ...values, emv, card: { ...sale.card, last4: '9999' }, ...more },
        { note: `Card ${number}` },
      );
      for (const text of [textOf(element), element.text, JSON.stringify(element.data)])
        expect(text.replace(/[\s-]/g, '')).not.to.match(/1111/);
    }
  });

  it('says what is wrong with a paper or a copy that does not exist, and prints nothing', async () => {
    for (const wrong of [{ paper: 'a7' }, { copy: 'everybody' }]) {
      const element = await receipt(sale, wrong);
      expect(part(element, 'error')!.textContent).to.contain('must be one of');
      let code = '';
      await element.print().catch((error: unknown) => {
        ({ code } = error as { code: string });
      });
      expect(code).to.equal('bad-option');
      await expect(element).to.be.accessible();
    }
  });

  describe('on paper', () => {
    const print = window.print;
    afterEach(() => {
      window.print = print;
      window.dispatchEvent(new Event('afterprint'));
    });

    /** What the page is when the browser prints it. */
    const printed = async (element: MagtekReceipt): Promise<{ twin: MagtekReceipt; rules: string }> => {
      let found: { twin: MagtekReceipt; rules: string } | undefined;
      window.print = () => {
        const rules = document.adoptedStyleSheets.flatMap(({ cssRules }) =>
          [...cssRules].map(({ cssText }) => cssText),
        );
        found = { twin: document.querySelector<MagtekReceipt>('[data-magtek-print]')!, rules: rules.join('\n') };
      };
      await element.print();
      return found!;
    };

    it('is alone: everything else of the page is not printed', async function () {
      // The runner cannot show a page of Firefox as it is printed.
      if (navigator.userAgent.includes('Firefox')) this.skip();
      const element = await receipt(sale, { copy: 'merchant', lang: 'de', note: 'Tisch 4', paper: 'a4' });
      const { twin, rules } = await printed(element);
      expect(textOf(twin)).to.contain('Händlerbeleg').and.to.contain('Tisch 4').and.to.contain('12,80');
      expect(twin.querySelector('[slot=head]')!.textContent).to.contain('Corner bakery');
      expect(twin.parentElement).to.equal(document.body);
      expect(rules)
        .to.contain('size: a4')
        .and.to.match(/body > :not\(\[data-magtek-print\]\) \{ display: none/i);
      await emulateMedia({ media: 'print' });
      try {
        expect(getComputedStyle(twin).visibility).to.equal('visible');
        expect(getComputedStyle(twin.shadowRoot!.querySelector('.buttons')!).display).to.equal('none');
        for (const other of document.body.children)
          expect(getComputedStyle(other).display === 'none').to.equal(other !== twin);
      } finally {
        await emulateMedia({ media: 'screen' });
      }
      window.dispatchEvent(new Event('afterprint'));
      expect(document.querySelector('[data-magtek-print]')).to.equal(null);
      expect(document.adoptedStyleSheets).to.have.length(0);
    });

    it('is as long as it is on a roll of 80 mm', async () => {
      const short = await receipt({ ...sale, emv: undefined, amounts: undefined }, { paper: '80mm' });
      const long = await receipt(sale, {
        paper: '80mm',
        copy: 'merchant',
        note: 'A long note of the cashier. '.repeat(12),
      });
      const [one, other] = [await printed(short), await printed(long)].map(({ rules }) => {
        const [, height] = /size: 80mm ([0-9]+)mm/.exec(rules) ?? [];
        return Number(height);
      });
      expect(one).to.be.greaterThan(50);
      expect(other).to.be.greaterThan(one! + 30);
      expect(document.querySelectorAll('[data-magtek-print]')).to.have.length(1);
    });

    it('is printed by its button, and nothing where there is no sale', async () => {
      let count = 0;
      const element = await receipt();
      window.print = () => {
        count++;
      };
      part(element, 'print')!.click();
      await waitUntil(() => count === 1);
      element.result = undefined;
      await element.print();
      expect(count).to.equal(1);
    });
  });
});
