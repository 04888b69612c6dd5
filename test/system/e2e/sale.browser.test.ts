/** A sale in one tag over a real WebSocket: every way to pay, every way to end. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { startReader, type RemoteServer } from '../../support/servers.js';
import { waitUntil } from '../../support/wait-until.js';

const servers: RemoteServer[] = [];

interface Counter {
  readonly server: RemoteServer;
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
}

async function counter(options = {}, timeout = 60): Promise<Counter> {
  const server = await startReader({ pace: 60, ...options });
  servers.push(server);
  const element = await fixture<MagtekReader>(html`
    <magtek-reader url=${server.url} reconnect="off" lang="en">
      <magtek-transaction amount="4.60" currency="EUR" timeout=${timeout}></magtek-transaction>
      <magtek-display></magtek-display>
    </magtek-reader>
  `);
  await element.connect();
  return { server, element, sale: element.querySelector('magtek-transaction')! };
}

/** Starts and, once the reader waits for a card, acts; resolves with the outcome. */
async function sell({ server, sale }: Counter, ...acts: readonly (readonly [string, ...unknown[]])[]) {
  const result = sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card');
  for (const [action, ...values] of acts) await server.act(action, ...values);
  return (await result).outcome;
}

const decide = (element: MagtekReader, approved: boolean): void => {
  element.addEventListener('magtek-authorize', (event) => {
    event.respondWith(approved);
  });
};

describe('a sale over a real WebSocket', () => {
  afterEach(async () => {
    for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  for (const act of ['insert', 'tap', 'swipe']) {
    it(`is approved by the host: ${act}`, async () => {
      const made = await counter();
      decide(made.element, true);
      expect(await sell(made, [act, 'visa'])).to.equal('approved');
    });
  }

  it('is declined by the host', async () => {
    const made = await counter();
    decide(made.element, false);
    expect(await sell(made, ['tap', 'mastercard'])).to.equal('declined');
  });

  it('is cancelled by the page, and by the cardholder without a reason that a source explains', async () => {
    const made = await counter();
    const result = made.sale.start();
    await waitUntil(() => made.sale.phase === 'waiting-for-card');
    await made.sale.cancel();
    expect((await result).outcome).to.equal('cancelled');
    expect(await sell(await counter(), ['cancel'])).to.equal('unknown');
  });

  it('is timed out', async () => {
    expect(await sell(await counter({}, 1))).to.equal('timed-out');
  });

  it('lets the cardholder choose between two applications', async () => {
    const made = await counter({ display: false });
    made.element.addEventListener('magtek-selection-request', ({ detail }) => {
      void detail.select(1);
    });
    expect(await sell(made, ['insert', 'twoApplications'])).to.equal('deferred');
  });

  it('falls back to the stripe of a card whose chip is broken', async () => {
    const made = await counter();
    const via: string[] = [];
    made.element.addEventListener('magtek-card-data', ({ detail }) => via.push(`${detail.kind} ${detail.via}`));
    const outcome = sell(made);
    await waitUntil(() => made.sale.phase === 'waiting-for-card');
    // The reader asks for the stripe after some tries with the chip.
    for (let tries = 0; tries < 3; tries++) {
      await made.server.act('insert', 'brokenChip');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await made.server.act('remove');
    }
    await made.server.act('swipe', 'brokenChip');
    expect(await outcome).to.equal('deferred');
    expect(via).to.deep.equal(['arqc swipe', 'batch swipe']);
  });

  it('is unknown where the reader is pulled out in the middle, and nothing is sent again', async () => {
    const made = await counter({ pace: 2_000 });
    const starts: string[] = [];
    made.element.addEventListener('magtek-message', ({ detail }) => {
      if (detail.direction === 'to-reader') starts.push(detail.message.kind);
    });
    const result = made.sale.start();
    await waitUntil(() => made.sale.phase === 'waiting-for-card');
    await made.server.act('insert', 'visa');
    await waitUntil(() => made.sale.phase === 'reading');
    await servers.pop()?.close();
    expect((await result).outcome).to.equal('unknown');
    expect(starts).to.deep.equal(['request']);
    expect(made.element.state).to.equal('closed');
  });
});
