/**
 * A reader element in the life of a page: moved, removed, put back, given another address, twice in a page, in two tabs.
 */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../../../src/index.js';
import type { ConnectOptions } from '../../../../src/connection/connection.js';
import { browserEnvironment } from '../../../../src/page/browser-environment.js';
import type { MagtekReader } from '../../../../src/elements/reader/reader.js';
import type { MagtekStatus } from '../../../../src/elements/status/status.js';
import { startReader, startSocket, type RemoteServer, type RemoteSocket } from '../../../support/servers.js';
import { codeOf } from '../../../support/code-of.js';
import { waitUntil } from '../../../support/wait-until.js';

const cancel = 'AA0081040101100884021008';
const servers: RemoteServer[] = [];
const keep = <S extends RemoteServer>(server: S): S => {
  servers.push(server);
  return server;
};
const answering = async (): Promise<RemoteSocket> => keep(await startSocket('answer'));
const openOn = async (server: RemoteSocket): Promise<number> => (await server.connections()).open;

async function connected(url: string): Promise<MagtekReader> {
  const element = await fixture<MagtekReader>(
    html`<magtek-reader url=${url}><magtek-status></magtek-status></magtek-reader>`,
  );
  await element.connect();
  return element;
}

afterEach(async () => {
  for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('a reader element that is', () => {
  it('moved in the page keeps its connection and what waits', async () => {
    const server = await answering();
    const element = await connected(server.url);
    const { client } = element;
    const waiting = element.send(cancel);
    const elsewhere = await fixture(html`<section></section>`);
    elsewhere.append(element);
    expect((await waiting).status.ok).to.equal(true);
    await element.updateComplete;
    expect(element.client).to.equal(client);
    expect(element.state).to.equal('ready');
    expect(await server.connections()).to.deep.equal({ attempts: 1, open: 1 });
  });

  it('given a value that cannot be used keeps its connection, says so, and refuses the next one', async () => {
    const server = await answering();
    const element = await connected(server.url);
    const { client } = element;
    const codes: string[] = [];
    element.addEventListener('magtek-error', ({ detail }) => codes.push(detail.error.code));
    const waiting = element.send(cancel);
    element.setAttribute('keep-alive', 'often');
    await element.updateComplete;
    expect((await waiting).status.ok).to.equal(true);
    expect(element.client).to.equal(client);
    element.requestUpdate();
    await element.updateComplete;
    expect(codes).to.deep.equal(['bad-option']);
    expect(await server.connections()).to.deep.equal({ attempts: 1, open: 1 });
    element.disconnect();
    element.requestUpdate();
    await element.updateComplete;
    expect(await codeOf(element.connect())).to.equal('bad-option');
    element.removeAttribute('keep-alive');
    await element.updateComplete;
    await element.connect();
    expect(element.state).to.equal('ready');
  });

  it('moved with moveBefore keeps it as well', async function () {
    if (!('moveBefore' in Element.prototype)) this.skip();
    const server = await answering();
    const element = await connected(server.url);
    const home = element.parentNode!;
    const first = document.createElement('p');
    home.append(first);
    home.moveBefore(element, null);
    await element.updateComplete;
    expect((await element.send(cancel)).status.ok).to.equal(true);
    expect(element.state).to.equal('ready');
  });

  it('removed ends its connection and rejects what waits', async () => {
    const server = keep(await startSocket('mute'));
    const element = await connected(server.url);
    const waiting = codeOf(element.send(cancel));
    element.remove();
    expect(await waiting).to.equal('connection-lost');
    expect(element.state).to.equal('closed');
    while ((await openOn(server)) > 0);
  });

  it('put back connects again where it does so by itself, else when it is told to', async () => {
    const server = await answering();
    const element = await connected(server.url);
    const home = element.parentNode!;
    element.remove();
    await aTimeout(0);
    home.append(element);
    await element.updateComplete;
    expect(element.state).to.equal('closed');
    await element.connect();
    expect(element.state).to.equal('ready');
    element.autoConnect = true;
    element.remove();
    await aTimeout(0);
    home.append(element);
    await waitUntil(() => element.state === 'ready');
    expect((await server.connections()).open).to.equal(1);
  });

  it('given another address while it is open closes the old connection and opens the new one', async () => {
    const [first, second] = [keep(await startSocket('mute')), await answering()];
    const element = await connected(first.url);
    const before = element.client;
    const waiting = codeOf(element.send(cancel));
    element.url = second.url;
    expect(await waiting).to.equal('connection-lost');
    await waitUntil(() => element.state === 'ready');
    expect(element.client).not.to.equal(before);
    expect((await element.send(cancel)).status.ok).to.equal(true);
    // The status inside follows the new client.
    const status = element.querySelector<MagtekStatus>('magtek-status')!;
    await status.updateComplete;
    expect(status.shadowRoot?.textContent).to.contain('Connected');
    while ((await openOn(first)) > 0);
    expect(await openOn(second)).to.equal(1);
    expect(await second.received()).to.have.length(1);
  });

  it('given another address while it is closed opens nothing', async () => {
    const [first, second] = [await answering(), await answering()];
    const element = await connected(first.url);
    element.disconnect();
    element.url = second.url;
    await element.updateComplete;
    await aTimeout(0);
    expect(element.state).to.equal('idle');
    expect((await second.connections()).attempts).to.equal(0);
  });

  it('moved in the middle of a sale goes on with it; removed leaves it unknown', async () => {
    const server = keep(await startReader());
    const element = await connected(server.url);
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR' });
    await waitUntil(() => sale.phase === 'waiting-for-card');
    (await fixture(html`<section></section>`)).append(element);
    await element.updateComplete;
    expect(element.transaction).to.equal(sale);
    element.remove();
    expect((await sale.result).outcome).to.equal('unknown');
    expect(element.client?.unresolvedTransactions.map(({ transactionId }) => transactionId)).to.include(
      sale.transactionId,
    );
    element.client?.resolveTransaction(sale.transactionId);
  });
});

describe('a reader element that connects by itself', () => {
  it('never makes the browser ask: only a person does', async () => {
    const element = await fixture<MagtekReader>(html`<magtek-reader url="ws://127.0.0.1:9"></magtek-reader>`);
    const { client } = element;
    const asked: (ConnectOptions | undefined)[] = [];
    client!.connect = async (options) => void asked.push(options);
    element.autoConnect = true;
    await element.updateComplete;
    await element.connect();
    expect(asked).to.deep.equal([{ persist: true, unattended: true }, undefined]);
  });

  it('leaves no listener and no socket behind, however often it was cut off', async () => {
    const server = await answering();
    const counted = ['visibilitychange', 'online', 'offline'];
    let listening = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const { random } = Math;
    EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest: [never]) {
      if (counted.includes(type)) listening++;
      addEventListener.call(this, type, ...rest);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, type: string, ...rest: [never]) {
      if (counted.includes(type)) listening--;
      removeEventListener.call(this, type, ...rest);
    };
    // No wait between two tries.
    Math.random = () => 0;
    try {
      const element = await connected(server.url);
      const before = listening;
      for (let count = 0; count < 100; count++) {
        const back = new Promise<void>((resolve) => {
          const unsubscribe = element.client!.subscribe('state', ({ state }) => {
            if (state !== 'ready') return;
            unsubscribe();
            resolve();
          });
        });
        await server.act('cut');
        await back;
      }
      expect(listening).to.equal(before);
      expect(await server.connections()).to.deep.equal({ attempts: 101, open: 1 });
      element.remove();
      await aTimeout(0);
      expect(listening).to.equal(0);
    } finally {
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
      Math.random = random;
    }
  }).timeout(30_000);
});

describe('the host', () => {
  it('decides through the event, and the reader shows what it said', async () => {
    const server = keep(await startReader({ pace: 10 }));
    const element = await connected(server.url);
    element.addEventListener('magtek-authorize', (event) => {
      const { detail } = event;
      expect(detail).to.include({ amount: '4.60', currency: 'EUR' });
      expect(detail.arqc.maskedPan).to.match(/^\d{4,6}[*]+\d{4}$/);
      event.respondWith({ approved: false, message: 'Not enough funds.' });
    });
    const shown: string[] = [];
    element.addEventListener('magtek-display', ({ detail }) => shown.push(detail.text));
    const sale = element.startTransaction({ amount: '4.60', currency: 'EUR', showOutcome: true });
    await waitUntil(() => sale.phase === 'waiting-for-card');
    await server.act('tap');
    expect(await sale.result).to.include({ outcome: 'declined', reason: 'Not enough funds.' });
    await waitUntil(() => shown.includes('DECLINED'));
  });
});

describe('a second reader element of a page with the same address', () => {
  it('opens nothing, says so, and can connect once the first has closed', async () => {
    const server = await answering();
    const first = await connected(server.url);
    const second = await fixture<MagtekReader>(html`<magtek-reader url=${server.url}></magtek-reader>`);
    expect(await codeOf(second.connect())).to.equal('in-use');
    expect(second.error?.help).to.contain('for attribute');
    expect(second.error?.canTakeOver).to.equal(undefined);
    expect(await codeOf(second.connect({ takeOver: true }))).to.equal('in-use');
    expect((await server.connections()).attempts).to.equal(1);
    expect(first.state).to.equal('ready');
    first.disconnect();
    await second.connect();
    expect(second.state).to.equal('ready');
  });
});

describe('another tab', () => {
  /** A frame has globals of its own and the same origin: for locks and channels it is another tab. */
  async function otherTab(url: string): Promise<MagtekReader> {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another tab"></iframe>`);
    const other = frame.contentDocument!;
    const script = other.createElement('script');
    script.type = 'module';
    script.src = new URL('../../../../src/index.ts', import.meta.url).href;
    other.head.append(script);
    await frame.contentWindow!.customElements.whenDefined('magtek-reader');
    const element = other.createElement('magtek-reader');
    element.url = url;
    other.body.append(element);
    return element;
  }

  it('is told that the reader is in use, and may take it over; the first tab is told and does not fight', async () => {
    const server = await answering();
    const here = await connected(server.url);
    const there = await otherTab(server.url);
    const waiting = codeOf(there.connect());
    expect(await waiting).to.equal('in-use');
    expect(there.error?.canTakeOver).to.equal(true);
    expect((await server.connections()).attempts).to.equal(1);

    await there.connect({ takeOver: true });
    expect(there.state).to.equal('ready');
    expect(here.state).to.equal('closed');
    expect(here.error).to.include({ code: 'in-use', canTakeOver: true });
    expect(here.error?.detail).to.contain('taken it over');
    expect((await there.send(cancel)).status.ok).to.equal(true);
    while ((await openOn(server)) > 1);

    // The status offers to take it back.
    const status = here.querySelector<MagtekStatus>('magtek-status')!;
    await status.updateComplete;
    const button = status.shadowRoot!.querySelector('button')!;
    expect(button.textContent).to.contain('Take over');
    button.click();
    await waitUntil(() => here.state === 'ready', 'taken back');
    expect(there.state).to.equal('closed');
  });

  it('is refused in the middle of a sale', async () => {
    const server = keep(await startReader());
    const here = await connected(server.url);
    const sale = here.startTransaction({ amount: '4.60', currency: 'EUR' });
    await waitUntil(() => sale.phase === 'waiting-for-card');
    const there = await otherTab(server.url);
    expect(await codeOf(there.connect({ takeOver: true }))).to.equal('in-use');
    expect(there.error?.detail).to.contain('sale');
    expect(sale.phase).to.equal('waiting-for-card');
    expect(here.state).to.equal('ready');
    await sale.cancel();
  });

  it('can connect once this one has closed', async () => {
    const server = await answering();
    const here = await connected(server.url);
    const there = await otherTab(server.url);
    here.disconnect();
    await waitUntil(async () => (await codeOf(there.connect())) === 'resolved');
    expect(there.state).to.equal('ready');
  });

  it('simply connects where the platform has no locks', async () => {
    const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
    const server = await answering();
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined, configurable: true });
    try {
      expect((await connected(server.url)).state).to.equal('ready');
    } finally {
      Object.defineProperty(Navigator.prototype, 'locks', locks);
    }
  });
});

describe('what the client needs of a page', () => {
  const environment = browserEnvironment();

  it('the permission for the local network is looked up, never asked for', async () => {
    const permission = await environment.localNetworkPermission!({ url: 'wss://192.168.1.7/', isLoopback: false });
    // This page comes from the computer itself, which needs none.
    expect(permission).to.equal('unknown');
  });

  it('the permission for the local network has the name that the browser gives it', async function () {
    const { permissions } = navigator;
    const status = await permissions.query({ name: 'local-network' as PermissionName }).catch((error: unknown) => {
      // A browser that asks for no such permission does not know its name.
      if (error instanceof TypeError) this.skip();
      throw error;
    });
    expect(['granted', 'prompt', 'denied']).to.include(status.state);
  });

  it('the screen stays on during a sale, also after the page was hidden meanwhile', async () => {
    const locks: { released: boolean; release(): Promise<void> }[] = [];
    const request = async (type: string) => {
      expect(type).to.equal('screen');
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
        },
      };
      locks.push(lock);
      return lock;
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    try {
      const release = environment.keepAwake!();
      await aTimeout(0);
      expect(locks.map(({ released }) => released)).to.deep.equal([false]);
      document.dispatchEvent(new Event('visibilitychange'));
      await aTimeout(0);
      expect(locks).to.have.length(1);
      // The platform takes it away while the page is hidden.
      locks[0]!.released = true;
      document.dispatchEvent(new Event('visibilitychange'));
      await aTimeout(0);
      expect(locks.map(({ released }) => released)).to.deep.equal([true, false]);
      release();
      document.dispatchEvent(new Event('visibilitychange'));
      await aTimeout(0);
      expect(locks.map(({ released }) => released)).to.deep.equal([true, true]);
    } finally {
      Reflect.deleteProperty(navigator, 'wakeLock');
    }
  });
});
