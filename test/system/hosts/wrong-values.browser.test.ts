/** Wrong values of attributes and properties: the element that has one says so, and nothing else of the page is affected. */
import { expect, fixture, html } from '@open-wc/testing';
import { ContextConsumer } from '@lit/context';
import '../../../src/index.js';
import { clientContext } from '../../../src/elements/context/contexts.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { takeUncaught } from '../../support/uncaught.js';
import { closeShops, openShop, sell } from '../../support/shop.js';
import { waitUntil } from '../../support/wait-until.js';

afterEach(closeShops);

const circle: Record<string, unknown> = {};
circle['itself'] = circle;

describe('a wrong value of a sale', () => {
  const wrong: [property: keyof MagtekTransaction, value: unknown, names: string][] = [
    ['autoStart', 'insert;tap', 'auto-start'],
    ['autoStart', 'manual', 'auto-start'],
    ['autoStart', ['insert'], 'auto-start'],
    ['accept', 'phone', 'accept'],
    ['accept', 7, 'accept'],
    ['type', 'gift', 'type'],
    ['type', {}, 'type'],
    ['timeout', Number.NaN, 'timeout'],
    ['timeout', 0, 'timeout'],
    ['timeout', 256, 'timeout'],
    ['timeout', '60', 'timeout'],
    ['amount', 4.6, 'amount'],
    ['currency', { code: 'EUR' }, 'currency'],
    ['transactionId', 17, 'transaction-id'],
    ['authorizeUrl', circle, 'authorize-url'],
  ];
  for (const [property, value, name] of wrong) {
    it(`${property} ${typeof value === 'object' ? 'of another shape' : JSON.stringify(value)}: it says so, and the other one sells`, async () => {
      const failures = takeUncaught();
      try {
        const sales = html`
          <magtek-transaction lang="en" amount="1.00" currency="EUR"></magtek-transaction>
          <magtek-status></magtek-status>
          <magtek-transaction amount="2.00" currency="EUR"></magtek-transaction>
        `;
        const { reader, element } = await openShop(sales);
        const [bad, good] = element.querySelectorAll('magtek-transaction');
        Reflect.set(bad!, property, value);
        await bad!.updateComplete;
        const error = bad!.shadowRoot!.querySelector('[part=error]')!;
        expect(error.textContent).to.contain('An option cannot be used').and.to.contain(name);
        expect((await sell(reader, good!)).outcome).to.equal('deferred');
        expect(element.querySelector('magtek-status')!.shadowRoot!.querySelector('.lamp.ready')).not.to.equal(null);
      } finally {
        expect(failures()).to.equal(0);
      }
    });
  }

  it('from the start: the reader connects all the same', async () => {
    const element = await fixture<MagtekReader>(html`
      <magtek-reader simulated auto-connect>
        <magtek-transaction auto-start="insert;tap" amount="1.00" currency="EUR"></magtek-transaction>
        <magtek-status></magtek-status>
      </magtek-reader>
    `);
    await waitUntil(() => element.state === 'ready', 'ready', { timeout: 10_000 });
    await waitUntil(() => element.querySelector('magtek-status')!.shadowRoot!.querySelector('.lamp.ready') !== null);
    element.disconnect();
  });
});

describe('a wrong value of a reader', () => {
  const wrong: [property: keyof MagtekReader, value: unknown, name: string][] = [
    ['url', 7, 'url'],
    ['device', {}, 'device'],
    ['frames', 'octal', 'frames'],
    ['reconnect', 'never', 'reconnect'],
    ['requestTimeout', 'soon', 'request-timeout'],
    ['requestTimeout', -1, 'request-timeout'],
    ['journalSize', 1.5, 'journal-size'],
    ['transport', {}, 'transport'],
    ['transport', () => undefined, 'transport'],
    ['credentials', circle, 'credentials'],
    ['topics', 1n, 'topics'],
    ['authorize', 'https://host.example', 'authorize'],
    ['sink', {}, 'sink'],
    ['keepAlive', 'often', 'keep-alive'],
    ['allowHosts', ['reader.example'], 'allow-hosts'],
  ];
  for (const [property, value, name] of wrong) {
    it(`${property} ${typeof value === 'object' ? 'of another shape' : typeof value}: refused with its name`, async () => {
      const failures = takeUncaught();
      try {
        const element = document.createElement('magtek-reader');
        element.url = 'ws://127.0.0.1:9';
        Reflect.set(element, property, value);
        const place = await fixture<HTMLElement>(html`<div></div>`);
        place.append(element);
        await element.updateComplete;
        const error = await element.connect().then(
          () => undefined,
          (cause: unknown) => cause as ReaderError,
        );
        expect(error?.code).to.equal('bad-option');
        expect(error?.detail).to.contain(name);
        expect(element.state).to.equal('failed');
      } finally {
        expect(failures()).to.equal(0);
      }
    });
  }

  it('a URL object is an address', () => {
    const element = document.createElement('magtek-reader');
    Reflect.set(element, 'url', new URL('wss://reader.example'));
    expect(element.client).not.to.equal(undefined);
  });
});

describe('an error of one that listens', () => {
  it('to the client of a reader reaches neither the reader nor the others', async () => {
    const failures = takeUncaught();
    const element = await fixture<MagtekReader>(html`
      <magtek-reader><magtek-transaction amount="1" currency="JPY"></magtek-transaction></magtek-reader>
    `);
    const sale = element.querySelector('magtek-transaction')!;
    new ContextConsumer(sale, {
      context: clientContext,
      subscribe: true,
      callback: (client) => {
        if (client) throw new Error('on purpose');
      },
    });
    const status = document.createElement('magtek-status');
    element.append(status);
    element.simulated = true;
    await element.connect();
    await waitUntil(() => status.shadowRoot!.querySelector('.lamp.ready') !== null);
    await new Promise((resolve) => setTimeout(resolve));
    expect(failures()).to.be.greaterThan(0);
    element.disconnect();
  });
});
