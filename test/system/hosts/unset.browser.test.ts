/**
 * Properties and attributes that a framework does not know yet, or not any more: null, undefined, taken away. It is
 * as if nothing had been set, and a sale that lacks something is refused instead of guessed.
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { MockReader } from '../../support/mock-reader.js';
import { waitUntil } from '../../support/wait-until.js';

/** The ways in which a framework unsets something. */
const ways: Record<string, (element: Element, attribute: string, property: string) => void> = {
  'set to undefined': (element, _, property) => Reflect.set(element, property, undefined),
  'set to null': (element, _, property) => Reflect.set(element, property, null),
  'taken away': (element, attribute) => element.removeAttribute(attribute),
};

for (const [way, unset] of Object.entries(ways)) {
  describe(`what is ${way}`, () => {
    const readers: MockReader[] = [];

    async function shop() {
      const reader = new MockReader();
      readers.push(reader);
      const element = await fixture<MagtekReader>(html`
        <magtek-reader .transport=${reader.transport()}>
          <magtek-transaction
            for=""
            amount="4.60"
            currency="EUR"
            accept="tap"
            authorize-url="/authorize"
            auto-start="tap"
            transaction-id="order-1"
          ></magtek-transaction>
        </magtek-reader>
      `);
      await element.connect();
      return { reader, sale: element.querySelector('magtek-transaction')! };
    }

    const codeOf = (sale: MagtekTransaction): Promise<string> =>
      sale.start().then(
        () => 'started',
        (error: unknown) => (error as ReaderError).code,
      );

    afterEach(() => {
      for (const reader of readers.splice(0)) reader.stop();
    });

    for (const [attribute, code] of [
      ['amount', 'bad-amount'],
      ['currency', 'bad-amount'],
      ['accept', 'bad-option'],
    ] as const) {
      it(`${attribute}: no sale, and nothing is sent`, async () => {
        const { reader, sale } = await shop();
        const before = reader.received.length;
        unset(sale, attribute, attribute);
        await sale.updateComplete;
        expect(await codeOf(sale)).to.equal(code);
        expect(reader.received).to.have.lengthOf(before);
      });
    }

    it('what need not be there: the sale goes on without it', async () => {
      const { reader, sale } = await shop();
      for (const [attribute, property] of [
        ['for', 'for'],
        ['authorize-url', 'authorizeUrl'],
        ['auto-start', 'autoStart'],
        ['transaction-id', 'transactionId'],
      ] as const) {
        unset(sale, attribute, property);
      }
      await sale.updateComplete;
      const result = sale.start();
      await waitUntil(() => sale.phase === 'waiting-for-card', 'waiting for a card');
      reader.reader.tap('visa');
      const { outcome, transactionId } = await result;
      // Nobody was asked to decide, and the sale has a name of its own.
      expect(outcome).to.equal('deferred');
      expect(['', 'order-1', undefined]).not.to.include(transactionId);
    });

    it('the address of a reader: there is none, and nothing fails', async () => {
      const errors: string[] = [];
      const element = await fixture<MagtekReader>(html`
        <magtek-reader
          url="wss://reader.example"
          device="2020"
          @magtek-error=${({ detail }: HTMLElementEventMap['magtek-error']) => errors.push(detail.error.code)}
        ></magtek-reader>
      `);
      unset(element, 'url', 'url');
      unset(element, 'device', 'device');
      element.autoConnect = true;
      await element.updateComplete;
      expect(element.client).to.equal(undefined);
      expect(element.state).to.equal('idle');
      expect(errors).to.deep.equal([]);
    });
  });
}
