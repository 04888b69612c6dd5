/** Markup that a server has rendered stays as it was when its tags are upgraded: frameworks compare the two. */
import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { parts } from '../../../src/loader/parts.js';

/** What docs/frameworks.md says that an element writes itself: how far it has come. */
const own = ['state'];

describe('an element that is upgraded', () => {
  for (const [tag, load] of Object.entries(parts)) {
    it(`has no attribute that ${tag} was not given, but its state`, async () => {
      await load();
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement(tag) as HTMLElement & Pick<LitElement, 'updateComplete'>;
      place.append(element);
      await element.updateComplete;
      expect(element.getAttributeNames().filter((name) => !own.includes(name))).to.deep.equal([]);
    });
  }

  it('loses an attribute whose text is taken away', async () => {
    await parts['magtek-transaction']?.();
    const place = await fixture<HTMLElement>(html`<div><magtek-transaction></magtek-transaction></div>`);
    const sale = place.querySelector('magtek-transaction')!;
    sale.name = 'payment';
    await sale.updateComplete;
    expect(sale.getAttribute('name')).to.equal('payment');
    sale.name = '';
    await sale.updateComplete;
    expect(sale.hasAttribute('name')).to.equal(false);
  });
});
