/**
 * What pages rarely do to a reader in the middle of a sale: into a frame and back, the top layer, an atomic move, a copy, markup that
 * is written again. The rules are those of the table in docs/frameworks.md.
 */
import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { closeShops, openShop } from '../../support/shop.js';
import { waitUntil } from '../../support/wait-until.js';

afterEach(closeShops);

interface Moved {
  readonly element: MagtekReader;
  readonly sale: MagtekTransaction;
  /** What the reader is in. */
  readonly home: HTMLElement;
}

/** Within a task: connection and sale stay. */
const moves: Record<string, (moved: Moved) => Promise<void> | void> = {
  'into a frame and back': async ({ element, home }) => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another document"></iframe>`);
    frame.contentDocument!.body.append(element);
    await aTimeout(0);
    home.append(element);
  },
  'adopted by another document and back': ({ element, home }) => {
    const other = document.implementation.createHTMLDocument('another');
    other.adoptNode(element);
    document.adoptNode(element);
    home.append(element);
  },
  'out of a frame that is taken away, when that tells of it': async ({ element, home }) => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another document"></iframe>`);
    frame.contentDocument!.body.append(element);
    await aTimeout(0);
    frame.contentWindow!.addEventListener('pagehide', () => home.append(element));
    frame.remove();
  },
  'into a dialog that is modal': async ({ element }) => {
    const dialog = await fixture<HTMLDialogElement>(html`<dialog></dialog>`);
    dialog.append(element);
    dialog.showModal();
    await aTimeout(0);
    dialog.close();
  },
  'into a popover that opens and closes': async ({ element }) => {
    const popover = await fixture<HTMLElement>(html`<div popover></div>`);
    popover.append(element);
    popover.showPopover();
    await aTimeout(0);
    popover.hidePopover();
  },
  'within a fragment': ({ element, home }) => {
    const fragment = document.createDocumentFragment();
    fragment.append(element);
    home.append(fragment);
  },
  'into a new parent with all around it': ({ home }) => {
    const around = document.createElement('section');
    around.append(...home.childNodes);
    home.replaceChildren(around);
  },
  'by moveBefore, where there is one': ({ element, home }) => {
    const place = document.createElement('div');
    home.append(place);
    const { moveBefore } = place as { moveBefore?: (node: Node, before: Node | null) => void };
    if (moveBefore) moveBefore.call(place, element, null);
    else place.append(element);
  },
};

async function waiting(): Promise<
  Moved & { reader: Awaited<ReturnType<typeof openShop>>['reader']; over: Promise<unknown> }
> {
  const { reader, element } = await openShop(html`<magtek-transaction amount="1" currency="JPY"></magtek-transaction>`);
  const sale = element.querySelector('magtek-transaction')!;
  const over = sale.start();
  await waitUntil(() => sale.phase === 'waiting-for-card');
  return { reader, element, sale, home: element.parentElement!, over };
}

describe('a reader in the middle of a sale', () => {
  for (const [name, move] of Object.entries(moves)) {
    it(`keeps both when it is moved ${name}`, async () => {
      const { reader, element, sale, home, over } = await waiting();
      await move({ element, sale, home });
      await aTimeout(0);
      expect([element.state, sale.phase]).to.deep.equal(['ready', 'waiting-for-card']);
      reader.reader.tap('visa');
      expect(await over).to.have.property('outcome', 'deferred');
      expect(getComputedStyle(element).display).to.equal('block');
    });
  }

  it('keeps its sale when it is copied: the copy has none', async () => {
    const { reader, element, sale, over } = await waiting();
    const template = document.createElement('template');
    template.content.append(element.cloneNode(true));
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(element.cloneNode(true), document.importNode(template.content, true));
    const copies = place.querySelectorAll<MagtekReader>('magtek-reader');
    expect(copies).to.have.lengthOf(2);
    for (const copy of copies) {
      await copy.updateComplete;
      const copied = copy.querySelector('magtek-transaction')!;
      expect([copy.state, copied.phase, copied.value]).to.deep.equal(['idle', 'idle', '']);
    }
    expect(sale.phase).to.equal('waiting-for-card');
    reader.reader.tap('visa');
    expect(await over).to.have.property('outcome', 'deferred');
  });

  it('is another one when its markup is written again: the sale ends, and the new one is idle', async () => {
    const { reader, sale, home, over } = await waiting();
    // As a script does that adds a line.
    home.replaceChildren(document.createRange().createContextualFragment(`${home.getHTML()}<p>Another line</p>`));
    const made = home.querySelector<MagtekReader>('magtek-reader')!;
    await made.updateComplete;
    expect([made.state, made.querySelector('magtek-transaction')!.phase]).to.deep.equal(['idle', 'idle']);
    // The reader is told to stop, and nobody hears whether it did.
    expect(await over).to.have.property('outcome', 'unknown');
    await waitUntil(() => reader.reader.face.phase === undefined, 'the reader waits for no card any more');
    expect(sale.value).to.equal('');
  });
});
