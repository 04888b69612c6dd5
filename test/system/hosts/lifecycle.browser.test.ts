/**
 * Operations of pages on elements: move, copy, cache, morph, adopt, hide. One rule for each, over every element; the
 * table is in docs/frameworks.md.
 */
import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/elements/receipt/define.js';
import '../../../src/elements/setup/define.js';
import '../../../src/elements/simulator/define.js';
import '../../../src/elements/updater/define.js';
import type { MagtekFleet } from '../../../src/elements/fleet/fleet.js';
import type { MagtekLog } from '../../../src/elements/log/log.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { ReaderHost } from '../../../src/elements/context/reader-controller.js';
import { commands } from '../../../src/mms/commands/index.js';
import { startSocket, type RemoteSocket } from '../../support/servers.js';
import { closeShops, openShop } from '../../support/shop.js';
import { waitUntil } from '../../support/wait-until.js';

const servers: RemoteSocket[] = [];
async function answering(): Promise<RemoteSocket> {
  const server = await startSocket('answer');
  servers.push(server);
  return server;
}

afterEach(async () => {
  closeShops();
  for (const element of document.querySelectorAll('magtek-reader')) element.disconnect();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const tags = [
  'magtek-status',
  'magtek-transaction',
  'magtek-display',
  'magtek-card-data',
  'magtek-device-info',
  'magtek-signature',
  'magtek-command-panel',
  'magtek-log',
  'magtek-fleet',
  'magtek-receipt',
  'magtek-setup',
  'magtek-updater',
  'magtek-simulator',
] as const;

/** Out of the page for as long as frameworks take: some microtasks. */
async function move(element: Element, place: Element): Promise<void> {
  element.remove();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  place.append(element);
}

describe('a move within a task', () => {
  it('keeps the connection and the sale', async () => {
    const { reader, element } = await openShop(
      html`<magtek-transaction amount="1" currency="JPY"></magtek-transaction>`,
    );
    const sale = element.querySelector('magtek-transaction')!;
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const over = sale.start();
    await waitUntil(() => sale.phase === 'waiting-for-card');
    await move(element, place);
    await aTimeout(0);
    expect([element.state, sale.phase]).to.deep.equal(['ready', 'waiting-for-card']);
    await move(sale, element);
    await aTimeout(0);
    reader.reader.tap('visa');
    expect((await over).outcome).to.equal('deferred');
  });

  for (const tag of tags) {
    it(`<${tag}> shows the same before and after`, async () => {
      const { element } = await openShop(html`<div></div>`);
      await element.send(commands.getProperty({ oid: '1.2.7.1.2.1' }));
      const inner = document.createElement(tag);
      element.append(inner);
      await aTimeout(50);
      await inner.updateComplete;
      const shown = (): string => inner.shadowRoot!.textContent.replace(/\s+/g, ' ');
      const before = shown();
      await move(inner, element.querySelector('div')!);
      await inner.updateComplete;
      expect(shown()).to.equal(before);
    });
  }

  it('a removal ends the connection, and a return opens it again', async () => {
    const server = await answering();
    const element = await fixture<MagtekReader>(html`<magtek-reader url=${server.url} auto-connect></magtek-reader>`);
    const home = element.parentNode!;
    await waitUntil(() => element.state === 'ready');
    element.remove();
    await waitUntil(() => element.state === 'closed');
    home.append(element);
    await waitUntil(() => element.state === 'ready');
  });
});

describe('a reader that is made anew', () => {
  const orders: Record<string, (old: Element, made: Element) => void> = {
    'after the old one went': (old, made) => {
      const home = old.parentNode!;
      old.remove();
      home.append(made);
    },
    'before the old one goes': (old, made) => {
      old.after(made);
      old.remove();
    },
    'in its place': (old, made) => {
      old.replaceWith(made);
    },
    'a while before the old one goes': (old, made) => {
      old.after(made);
      setTimeout(() => {
        old.remove();
      }, 100);
    },
  };
  for (const [order, replace] of Object.entries(orders)) {
    for (const [when, turns] of Object.entries({ 'at once': 0, 'in a microtask': 3, 'when it is ready': -1 })) {
      it(`${order}, ${when}: gets the connection`, async () => {
        const server = await answering();
        const make = (): MagtekReader => {
          const made = document.createElement('magtek-reader');
          made.url = server.url;
          made.autoConnect = true;
          return made;
        };
        const place = await fixture<HTMLElement>(html`<div></div>`);
        let old = make();
        place.append(old);
        for (let again = 0; again < 3; again++) {
          if (turns < 0) await waitUntil(() => old.state === 'ready', 'ready before');
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          const made = make();
          replace(old, made);
          if (order.startsWith('a while'))
            await waitUntil(() => made.state === 'ready', 'ready after', { timeout: 10_000 });
          old = made;
        }
        await waitUntil(() => old.state === 'ready', 'ready at last', { timeout: 10_000 });
        expect(old.error).to.equal(undefined);
        old.remove();
      }).timeout(60_000);
    }
  }
});

describe('markup of others', () => {
  it('does not take the state away, and is not believed', async () => {
    const { element } = await openShop(html``);
    element.removeAttribute('state');
    expect(element.getAttribute('state')).to.equal('ready');
    element.setAttribute('state', 'failed');
    expect(element.getAttribute('state')).to.equal('ready');
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = '<magtek-reader state="ready"></magtek-reader><magtek-fleet state="ready"></magtek-fleet>';
    for (const made of place.querySelectorAll<MagtekReader | MagtekFleet>('magtek-reader, magtek-fleet')) {
      await made.updateComplete;
      expect(made.getAttribute('state')).to.equal('idle');
      made.removeAttribute('state');
      expect(made.getAttribute('state')).to.equal('idle');
    }
  });

  it('does not undo what a person chose', async () => {
    const { element } = await openShop(html`<magtek-log></magtek-log>`);
    const log = element.querySelector<MagtekLog>('magtek-log')!;
    for (const button of [...log.shadowRoot!.querySelectorAll<HTMLElement>('.toolbar button')].slice(0, 2))
      button.click();
    await log.updateComplete;
    const chosen = [log.paused, log.hideHex];
    expect(chosen).to.deep.equal([true, true]);
    for (const name of log.getAttributeNames()) log.removeAttribute(name);
    await log.updateComplete;
    expect([log.paused, log.hideHex]).to.deep.equal(chosen);
  });

  it('a copy of an element is one of its own: idle and empty', async () => {
    const { element } = await openShop(html`<magtek-transaction amount="1" currency="JPY"></magtek-transaction>`);
    const copy = document.importNode(element, true);
    element.after(copy);
    await copy.updateComplete;
    expect([copy.state, copy.getAttribute('state'), copy.querySelector('magtek-transaction')!.value]).to.deep.equal([
      'idle',
      'idle',
      '',
    ]);
    copy.remove();
  });
});

describe('another document', () => {
  async function frame(): Promise<Document> {
    const element = await fixture<HTMLIFrameElement>(html`<iframe title="another document"></iframe>`);
    return element.contentDocument!;
  }
  const paddingOf = (element: Element): string =>
    element.ownerDocument.defaultView!.getComputedStyle(
      element.shadowRoot!.querySelector('button, .simulated, slot, p, div')!,
    ).boxSizing;

  for (const tag of ['magtek-reader', ...tags] as const) {
    it(`<${tag}> has its styles there, when it is back, and where it was made for it`, async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const other = await frame();
      const element = document.createElement(tag);
      place.append(element);
      await element.updateComplete;
      const count = element.shadowRoot!.adoptedStyleSheets.length;
      const display = getComputedStyle(element).display;
      other.body.append(element);
      await element.updateComplete;
      expect(element.shadowRoot!.adoptedStyleSheets.length).to.equal(count);
      expect(other.defaultView!.getComputedStyle(element).display).to.equal(display);
      place.append(element);
      await element.updateComplete;
      expect(element.shadowRoot!.adoptedStyleSheets.length).to.equal(count);
      expect(getComputedStyle(element).display).to.equal(display);
      const made = document.createElement(tag);
      other.body.append(made);
      await made.updateComplete;
      expect(other.defaultView!.getComputedStyle(made).display).to.equal(display);
      expect(paddingOf(made)).to.be.a('string');
      made.remove();
    });
  }
});

describe('a name in `for`', () => {
  it('is looked for outwards, root by root, also when it comes later, by every element', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const outer = place.attachShadow({ mode: 'open' });
    const host = document.createElement('div');
    outer.append(host);
    // Pages close them too.
    // eslint-disable-next-line wc/no-closed-shadow-root
    const inner = host.attachShadow({ mode: 'closed' });
    const made = tags
      .filter((tag) => tag !== 'magtek-fleet')
      .map((tag) => document.createElement(tag) as HTMLElement & ReaderHost);
    for (const element of made) element.for = 'till';
    inner.append(...made);
    await nextFrame();
    const reader = document.createElement('magtek-reader');
    reader.simulated = true;
    outer.prepend(reader);
    await reader.updateComplete;
    reader.id = 'till';
    const status = made[0]!;
    await waitUntil(() => !status.shadowRoot!.textContent.includes('No reader'));
    await reader.connect();
    await waitUntil(() => status.shadowRoot!.querySelector('.lamp.ready') !== null);
    const simulator = made.at(-1)!;
    await waitUntil(() => simulator.shadowRoot!.querySelector('.device') !== null);
    reader.id = '';
    await waitUntil(() => status.shadowRoot!.querySelector('.lamp.ready') === null);
    reader.disconnect();
  });
});

describe('a list', () => {
  const hides: Record<string, (log: HTMLElement) => Promise<void>> = {
    'is hidden and shown': async (log) => {
      log.style.display = 'none';
      await aTimeout(50);
      log.style.display = '';
    },
    'is in what is hidden and shown': async (log) => {
      log.parentElement!.hidden = true;
      await aTimeout(50);
      log.parentElement!.hidden = false;
    },
    'is moved': async (log) => {
      await move(log, log.parentElement!);
    },
    'is cached out of the page': async (log) => {
      const home = log.parentElement!;
      log.remove();
      await aTimeout(50);
      home.append(log);
    },
  };
  for (const [name, hide] of Object.entries(hides)) {
    for (const isAtEnd of [true, false]) {
      it(`that ${name} keeps its place ${isAtEnd ? 'at the end' : 'in the middle'}`, async () => {
        const { element } = await openShop(html`<magtek-log></magtek-log>`);
        const log = element.querySelector<MagtekLog>('magtek-log')!;
        for (let count = 0; count < 60; count++) await element.send(commands.getProperty({ oid: '1.2.7.1.2.1' }));
        const rows = log.shadowRoot!.querySelector<HTMLElement>('.rows')!;
        await waitUntil(() => rows.scrollHeight > rows.clientHeight * 2);
        const visible = (): string[] => {
          const box = rows.getBoundingClientRect();
          return [...rows.querySelectorAll<HTMLElement>('[data-position]')]
            .filter(
              (row) =>
                row.getBoundingClientRect().top < box.bottom && row.getBoundingClientRect().bottom > box.top + 30,
            )
            .map((row) => row.dataset.position!);
        };
        /** Rows are drawn and measured some frames after the list was scrolled. */
        const atRest = async (): Promise<string[]> => {
          let last = '';
          let calm = 0;
          await waitUntil(
            () => {
              const now = visible().join();
              calm = now === last ? calm + 1 : 0;
              last = now;
              return visible().length > 3 && calm >= 3;
            },
            'rows at rest',
            { timeout: 5_000 },
          );
          return visible();
        };
        const atEnd = await atRest();
        if (!isAtEnd) rows.scrollTop = Math.round(rows.scrollHeight / 2);
        const before = await atRest();
        expect(before.join() === atEnd.join()).to.equal(isAtEnd);
        await hide(log);
        await waitUntil(() => visible().join() === before.join(), `${visible().join()} instead of ${before.join()}`);
      });
    }
  }
});
