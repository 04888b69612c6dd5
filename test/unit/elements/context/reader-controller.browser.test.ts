/** Which reader an element finds, whatever comes first: its own tag, that of the reader, or a component that has the reader inside. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../../src/index.js';
import type { MagtekStatus } from '../../../../src/elements/status/status.js';
import { MagtekReader } from '../../../../src/elements/reader/reader.js';
import { MockReader } from '../../../support/mock-reader.js';
import { waitUntil } from '../../../support/wait-until.js';

const readers: MockReader[] = [];
const mockReader = (): MockReader => {
  const reader = new MockReader();
  readers.push(reader);
  return reader;
};

afterEach(() => {
  for (const reader of readers.splice(0)) reader.stop();
});

/** The status says “No reader” where it has found none. */
const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent ?? '';
const connects = (status: Element): Promise<void> =>
  waitUntil(() => textOf(status).includes('Connected'), 'connected', { timeout: 20_000 });

/** A reader whose tag is not in the page before `define` is called, as where its module comes after those of other elements. */
let count = 0;
const lateTag = (): { readonly tag: string; readonly define: () => void } => {
  const tag = `late-reader-${String(++count)}`;
  return {
    tag,
    define: () => {
      customElements.define(tag, class extends MagtekReader {});
    },
  };
};

it('is found by an element whose tag was defined before', async () => {
  const { tag, define } = lateTag();
  const place = await fixture(html`<div></div>`);
  const reader = document.createElement(tag);
  Object.assign(reader, { transport: mockReader().transport() });
  reader.setAttribute('auto-connect', '');
  const status = document.createElement('magtek-status');
  reader.append(status);
  place.append(reader);
  await status.updateComplete;
  expect(textOf(status)).to.contain('No reader');
  define();
  await connects(status);
});

it('is the nearest, also where that is defined last', async () => {
  const { tag, define } = lateTag();
  const far = await fixture<MagtekReader>(html`<magtek-reader .transport=${mockReader().transport()}></magtek-reader>`);
  const near = document.createElement(tag);
  Object.assign(near, { transport: mockReader().transport() });
  near.setAttribute('auto-connect', '');
  const status = document.createElement('magtek-status');
  near.append(status);
  far.append(near);
  await status.updateComplete;
  expect(textOf(status)).to.contain('Not connected');
  define();
  await connects(status);
  expect(far.state).to.equal('idle');
});

it('is found around the slot of a component that is drawn later, and again when it is drawn anew', async () => {
  const component = await fixture(html`<div><magtek-status></magtek-status></div>`);
  const status = component.querySelector<MagtekStatus>('magtek-status')!;
  await status.updateComplete;
  expect(textOf(status)).to.contain('No reader');
  const root = component.attachShadow({ mode: 'open' });
  const draw = (): MagtekReader => {
    const reader = document.createElement('magtek-reader');
    reader.transport = mockReader().transport();
    reader.autoConnect = true;
    reader.append(document.createElement('slot'));
    root.replaceChildren(reader);
    return reader;
  };
  draw();
  await connects(status);
  const again = draw();
  await waitUntil(() => again.state === 'ready', 'ready', { timeout: 20_000 });
  // Of the reader that was there before it would say Disconnected.
  await connects(status);
  again.disconnect();
  await waitUntil(() => textOf(status).includes('Disconnected'), 'follows the new one', { timeout: 20_000 });
});
