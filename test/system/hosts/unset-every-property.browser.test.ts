/**
 * Every property of every element set to undefined and to null, as frameworks do with what is not known yet: it is as if it had
 * never been set. The properties are those of the manifest, so a new one is looked at without a line here.
 */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../../src/index.js';
import '../../../src/elements/receipt/define.js';
import '../../../src/elements/setup/define.js';
import '../../../src/elements/simulator/define.js';
import '../../../src/elements/updater/define.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { commands } from '../../../src/mms/commands/index.js';
import { MockReader } from '../../support/mock-reader.js';
import { startReader, type RemoteServer } from '../../support/servers.js';

interface Declaration {
  readonly tagName?: string;
  readonly members?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly privacy?: string;
    readonly static?: boolean;
    readonly readonly?: boolean;
  }[];
}

/** The properties of each element that can be set. */
const manifest = (await (await fetch('/custom-elements.json')).json()) as {
  readonly modules: readonly { readonly declarations: readonly Declaration[] }[];
};
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .flatMap(({ tagName, members = [] }) => {
    if (tagName === undefined) return [];
    const fields = members.filter((member) => member.kind === 'field' && !member.privacy && !member.static);
    return [{ tag: tagName, properties: fields.filter((field) => !field.readonly).map(({ name }) => name) }];
  });

const make = (tag: string): LitElement => document.createElement(tag as 'magtek-log');

/** What an element shows; what Lit notes in comments is left out. */
const shown = (element: Element): string => element.shadowRoot!.innerHTML.replace(/<!--.*?-->/g, '');

describe('a property that is not set any more', () => {
  const failures: unknown[] = [];
  const failed = (event: ErrorEvent | PromiseRejectionEvent): void => {
    failures.push('reason' in event ? event.reason : event.error);
  };
  let reader: MockReader;
  let place: MagtekReader;
  let server: RemoteServer;

  before(async () => {
    server = await startReader();
  });

  after(() => server.close());

  beforeEach(async () => {
    failures.length = 0;
    window.addEventListener('error', failed);
    window.addEventListener('unhandledrejection', failed);
    reader = new MockReader();
    place = await fixture<MagtekReader>(html`<magtek-reader .transport=${reader.transport()}></magtek-reader>`);
    await place.connect();
  });

  afterEach(() => {
    window.removeEventListener('error', failed);
    window.removeEventListener('unhandledrejection', failed);
    place.disconnect();
    reader.stop();
  });

  it('is looked for in every element', () => {
    expect(elements.map(({ tag }) => tag)).to.include.members(['magtek-reader', 'magtek-log', 'magtek-fleet']);
    expect(elements.filter(({ properties }) => properties.length === 0)).to.deep.equal([]);
  });

  /** One element that was left alone, and one whose property is set: before it is in the page or when it was shown already. */
  async function pair(
    tag: string,
    property: string,
    value: unknown,
    isEarly: boolean,
  ): Promise<[LitElement, LitElement]> {
    const [plain, unset] = [make(tag), make(tag)];
    if (isEarly) Reflect.set(unset, property, value);
    place.append(plain, unset);
    await Promise.all([plain.updateComplete, unset.updateComplete]);
    if (!isEarly) Reflect.set(unset, property, value);
    // Something to be shown.
    await place.send(commands.getProperty({ oid: '1.2.7.1.2.1' }));
    await nextFrame();
    await nextFrame();
    await Promise.all([plain.updateComplete, unset.updateComplete]);
    return [plain, unset];
  }

  for (const { tag, properties } of elements) {
    for (const property of properties) {
      for (const value of [undefined, null]) {
        it(`<${tag}> shows the same with ${property} set to ${String(value)}`, async () => {
          for (const isEarly of [true, false]) {
            const [plain, unset] = await pair(tag, property, value, isEarly);
            expect(shown(unset)).to.equal(shown(plain));
            plain.remove();
            unset.remove();
          }
          expect(failures).to.deep.equal([]);
        });
      }
    }
  }

  for (const property of elements.find(({ tag }) => tag === 'magtek-reader')!.properties) {
    if (property === 'url') continue;
    for (const value of [undefined, null]) {
      it(`<magtek-reader> talks to its reader with ${property} set to ${String(value)}`, async () => {
        const element = document.createElement('magtek-reader');
        element.url = server.url;
        Reflect.set(element, property, value);
        place.replaceWith(element);
        await element.connect();
        const { status } = await element.send(commands.getProperty({ oid: '1.2.7.1.2.1' }));
        expect(status.ok).to.equal(true);
        expect(element.client!.reconnect).to.equal('auto');
        expect(element.client!.journal.size).to.equal(10_000);
        element.remove();
        expect(failures).to.deep.equal([]);
      });
    }
  }

  it('has what it had at first, also after something else', () => {
    const element = document.createElement('magtek-reader');
    for (const unset of [
      () => Reflect.set(element, 'requestTimeout', undefined),
      () => {
        element.removeAttribute('request-timeout');
      },
    ]) {
      element.setAttribute('request-timeout', '9');
      expect(element.requestTimeout).to.equal(9);
      unset();
      expect(element.requestTimeout).to.equal(5);
    }
  });

  /** The request that starts a sale, without its reference number. */
  async function startOf(sale: MagtekTransaction): Promise<string> {
    const before = reader.received.length;
    const over = sale.start();
    await new Promise((resolve) => setTimeout(resolve));
    while (sale.phase !== 'waiting-for-card') await nextFrame();
    const [start] = reader.received.slice(before).filter((hex) => hex.slice(12, 16) === '1001');
    await sale.cancel();
    await over;
    return start!.slice(16);
  }

  // What a sale must not guess, and what makes it start by itself, has tests of its own: unset.browser.test.ts.
  for (const property of ['type', 'timeout', 'showOutcome', 'name', 'disabled', 'required', 'autoSubmit']) {
    it(`a sale is the same with ${property} unset`, async () => {
      const sale = document.createElement('magtek-transaction');
      sale.amount = '4.60';
      sale.currency = 'EUR';
      place.append(sale);
      await sale.updateComplete;
      const usual = await startOf(sale);
      for (const value of [undefined, null]) {
        Reflect.set(sale, property, value);
        expect(await startOf(sale)).to.equal(usual);
        expect(sale.shadowRoot!.textContent).not.to.contain('NaN');
      }
      expect(failures).to.deep.equal([]);
    });
  }
});
