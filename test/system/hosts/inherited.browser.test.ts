/** The text styles of a page reach every element by inheritance: lines that do not break, text that cannot be selected. */
import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { parts } from '../../../src/loader/parts.js';

/** What toolbars, cards and menus of a page set for what is in them. */
const ofThePage =
  'white-space: nowrap; user-select: none; text-transform: uppercase; letter-spacing: 4px; text-align: center; cursor: pointer';

describe('what a page says of its own texts', () => {
  before(async () => {
    await parts['magtek-reader']?.();
  });

  for (const [tag, load] of Object.entries(parts).filter(([name]) => name !== 'magtek-reader')) {
    it(`does not reach into ${tag}`, async () => {
      await load();
      const place = await fixture<HTMLElement>(html`
        <div style=${ofThePage}><magtek-reader simulated></magtek-reader></div>
      `);
      const element = document.createElement(tag) as HTMLElement & Pick<LitElement, 'updateComplete'>;
      place.querySelector('magtek-reader')!.append(element);
      await element.updateComplete;
      const first = element.shadowRoot!.querySelector('p, span, h2, button, div')!;
      const { whiteSpace, userSelect, textTransform, letterSpacing } = getComputedStyle(first);
      expect([whiteSpace, textTransform, letterSpacing]).to.deep.equal(['normal', 'none', 'normal']);
      // Firefox lets nobody select the text of a button, whatever the page says.
      if (first.localName !== 'button') expect(userSelect).not.to.equal('none');
      expect(getComputedStyle(element).cursor).to.equal('auto');
    });
  }
});
