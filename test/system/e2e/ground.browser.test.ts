/**
 * The main job on a real page: elements in Chromium, a real WebSocket, a reader that speaks MMS bytes.
 */
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../src/index.js';
import type { CardDataDetail, CardDetail } from '../../../src/transactions/card.js';
import type { StateDetail } from '../../../src/client/client-events.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { ReaderError } from '../../../src/connection/reader-error.js';
import { seedTable } from '../../support/seed-table.js';
import { startReader, startSocket, type RemoteServer } from '../../support/servers.js';
import { codeOf } from '../../support/code-of.js';

const servers: RemoteServer[] = [];
const failures: unknown[] = [];
const onFailure = (event: Event): void => {
  failures.push(event instanceof ErrorEvent ? event.error : (event as PromiseRejectionEvent).reason);
};

async function reader(options = {}): Promise<RemoteServer> {
  const server = await startReader(options);
  servers.push(server);
  return server;
}

async function connected(url: string): Promise<MagtekReader> {
  const element = await fixture<MagtekReader>(html`
    <magtek-reader url=${url}>
      <magtek-status></magtek-status>
      <magtek-command-panel></magtek-command-panel>
      <magtek-log></magtek-log>
    </magtek-reader>
  `);
  await element.connect();
  return element;
}

/** Waits for an event on the document whose detail fits. */
function heard<Detail>(name: string, fits: (detail: Detail) => boolean): Promise<Detail> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      const { detail } = event as CustomEvent<Detail>;
      if (!fits(detail)) return;
      document.removeEventListener(name, listener);
      resolve(detail);
    };
    document.addEventListener(name, listener);
  });
}

describe('a page with a reader', () => {
  beforeEach(() => {
    failures.length = 0;
    window.addEventListener('error', onFailure);
    window.addEventListener('unhandledrejection', onFailure);
  });

  afterEach(async () => {
    for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
    await Promise.all(servers.splice(0).map((server) => server.close()));
    window.removeEventListener('error', onFailure);
    window.removeEventListener('unhandledrejection', onFailure);
    expect(failures).to.deep.equal([]);
  });

  it('connects and closes, and says so', async () => {
    const { url } = await reader();
    const element = await fixture<MagtekReader>(html`<magtek-reader url=${url}></magtek-reader>`);
    const states: string[] = [];
    element.addEventListener('magtek-state-change', (event) =>
      states.push((event as CustomEvent<StateDetail>).detail.state),
    );
    expect(element.state).to.equal('idle');
    await element.connect();
    expect(element.getAttribute('state')).to.equal('ready');
    element.disconnect();
    expect(element.getAttribute('state')).to.equal('closed');
    expect(states).to.deep.equal(['connecting', 'ready', 'closed']);
  });

  it('connects by itself where it is asked to', async () => {
    const { url } = await reader();
    const ready = heard<StateDetail>('magtek-state-change', ({ state }) => state === 'ready');
    await fixture(html`<magtek-reader url=${url} auto-connect></magtek-reader>`);
    expect((await ready).previous).to.equal('connecting');
  });

  for (const [name, hex] of seedTable) {
    it(`sends “${name}” as it stands and gets its answer`, async () => {
      const { url } = await reader();
      const element = await connected(url);
      const response = await element.send(`SENDCOMMAND,${hex}`);
      const entries = element.client?.journal.entries ?? [];
      expect(response.kind).to.equal('response');
      expect(response.reference).to.equal(parseInt(hex.slice(10, 12), 16));
      expect(response.id).to.equal(parseInt(hex.slice(12, 16), 16));
      expect(entries.filter(({ direction }) => direction === 'to-reader')).to.have.length(1);
    });
  }

  const ways = [
    { act: 'insert', via: 'contact', action: 'inserted' },
    { act: 'tap', via: 'contactless', action: 'detected' },
    { act: 'swipe', via: 'swipe', action: 'swiped' },
  ] as const;
  for (const { act, via, action } of ways) {
    it(`runs a sale by ${act} from Start to batch`, async () => {
      const server = await reader();
      const element = await connected(server.url);
      const card = heard<CardDetail>('magtek-card', (detail) => detail.action === action);
      const arqc = heard<CardDataDetail>('magtek-card-data', ({ kind }) => kind === 'arqc');
      const batch = heard<CardDataDetail>('magtek-card-data', ({ kind }) => kind === 'batch');
      const started = await element.send(seedTable[0][1]);
      expect(started.status.running).to.equal(true);
      await server.act(act);
      expect(await card).to.include({ via, during: 'transaction' });
      const data = await arqc;
      expect(data.via).to.equal(via);
      expect(data.maskedPan).to.match(/^\d{4,6}[*]+\d{4}$/);
      expect(data.serialNumber).to.match(/^[0-9A-F]+$/);
      expect(data.tlv[0]?.tag).to.equal('F9');
      expect((await batch).via).to.equal(via);
      await server.act('remove');
      const shown = document.querySelector('magtek-log')?.shadowRoot?.textContent ?? '';
      expect(shown).not.to.contain('4111111111111111');
    });
  }

  it('shows a refused connection as an error with what to do', async () => {
    const server = await startSocket('refuse');
    servers.push(server);
    const element = await fixture<MagtekReader>(
      html`<magtek-reader url=${server.url}><magtek-status></magtek-status></magtek-reader>`,
    );
    const told = oneEvent(element, 'magtek-error');
    expect(await codeOf(element.connect())).to.equal('unreachable');
    const { error } = (await told).detail as { error: ReaderError };
    expect(error.help).to.contain('Check the address');
    expect(element.state).to.equal('failed');
    const status = element.querySelector('magtek-status');
    await status?.updateComplete;
    expect(status?.shadowRoot?.textContent).to.contain('Check the address');
  });

  it('keeps two readers apart', async () => {
    const [first, second] = [await reader({ serialNumber: 'B000001' }), await reader({ serialNumber: 'B000002' })];
    const one = await connected(first.url);
    const two = await connected(second.url);
    const heardByTwo: unknown[] = [];
    two.addEventListener('magtek-message', (event) => heardByTwo.push(event));
    const answers = await Promise.all(Array.from({ length: 5 }, () => one.send(seedTable[9][1])));
    expect(answers).to.have.length(5);
    expect(heardByTwo).to.deep.equal([]);
  });

  it('gives ten concurrent commands their own answers, also with foreign answers and answers given twice between', async () => {
    for (const mode of ['answer', 'binary', 'foreign', 'twice'] as const) {
      const server = await startSocket(mode);
      servers.push(server);
      const element = await connected(server.url);
      const { client } = element;
      if (!client) throw new Error('no client');
      const references: number[] = [];
      client.subscribe('response', ({ request }) => references.push(request.reference));
      const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => element.send(cancel(i + 1))));
      expect(answers.map(({ reference }) => reference)).to.deep.equal(Array.from({ length: 10 }, (_, i) => i + 1));
      expect(references).to.deep.equal(Array.from({ length: 10 }, (_, i) => i + 1));
    }
  });

  it('ends an unanswered command in a time-out and goes on', async () => {
    const server = await startSocket('mute');
    servers.push(server);
    const element = await connected(server.url);
    expect(await codeOf(element.send(seedTable[1][1], { timeout: 0.05 }))).to.equal('timeout');
    expect(element.state).to.equal('stale');
    const cancels = (await server.received()).filter(({ data }) => data === seedTable[1][1]);
    expect(cancels).to.have.length(1);
  });

  it('rejects what waits when the socket is cut', async () => {
    const server = await startSocket('drop');
    servers.push(server);
    const element = await connected(server.url);
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(element.send(seedTable[1][1]))));
    expect(codes).to.deep.equal(['connection-lost', 'connection-lost', 'connection-lost']);
    expect(await server.received()).to.have.length(1);
  });

  it('survives frames that are no messages', async () => {
    const server = await startSocket('garbage');
    servers.push(server);
    const element = await connected(server.url);
    const errors: string[] = [];
    element.addEventListener('magtek-error', (event) =>
      errors.push((event as CustomEvent<{ error: ReaderError }>).detail.error.code),
    );
    const response = await element.send(seedTable[1][1]);
    expect(response.status.ok).to.equal(true);
    expect(new Set(errors)).to.deep.equal(new Set(['bad-message']));
    expect(element.state).to.equal('ready');
  });

  for (const bad of [
    'AA0',
    'AAxx',
    '',
    'hello',
    'AA0081040113100884031008',
    'A'.repeat(1_000_000),
    '00'.repeat(500_000),
  ]) {
    it(`sends nothing for ${bad.length > 30 ? `${String(bad.length)} characters` : JSON.stringify(bad)}`, async () => {
      const server = await startSocket('mute');
      servers.push(server);
      const element = await connected(server.url);
      expect(['bad-hex', 'bad-message']).to.include(await codeOf(element.send(bad)));
      expect(await server.received()).to.deep.equal([]);
      expect(element.state).to.equal('ready');
    });
  }
});

/** A cancel typed by hand under a reference of its own. */
function cancel(reference: number): string {
  return `AA00810401${reference.toString(16).padStart(2, '0')}100884021008`;
}
