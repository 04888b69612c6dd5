/** Where the focus goes when what had it is not rendered any more. */
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement, nothing, type TemplateResult } from 'lit';
import { FocusKeeper } from '../../../../src/elements/shared/focus-keeper.js';

class FocusedHost extends LitElement {
  shows = true;
  /** Gives the focus to something itself. */
  takes = false;

  constructor() {
    super();
    this.addController(new FocusKeeper(this));
  }

  protected override render(): TemplateResult {
    return html`
      <div id="own" tabindex="0">${this.shows ? html`<button>In a list</button>` : nothing}</div>
      <p>${this.shows ? html`<button>In a paragraph</button>` : nothing}</p>
      <input />
    `;
  }

  protected override updated(): void {
    if (this.takes) this.shadowRoot!.querySelector('input')!.focus();
  }
}
customElements.define('test-focused-host', FocusedHost);

describe('the focus of what is not rendered any more', () => {
  let host: FocusedHost;
  const find = (selector: string): HTMLElement => host.shadowRoot!.querySelector<HTMLElement>(selector)!;
  const hide = async (): Promise<Element | null> => {
    host.shows = false;
    host.requestUpdate();
    await host.updateComplete;
    return host.shadowRoot!.activeElement;
  };
  beforeEach(async () => {
    host = await fixture<FocusedHost>(html`<test-focused-host></test-focused-host>`);
  });

  it('goes to what is around it, which can have it for that time only', async () => {
    find('p button').focus();
    expect(await hide()).to.equal(find('p'));
    find('input').focus();
    expect(find('p').hasAttribute('tabindex')).to.equal(false);
  });

  it('leaves what can have it by itself as it is', async () => {
    find('#own button').focus();
    expect(await hide()).to.equal(find('#own'));
    find('input').focus();
    expect(find('#own').getAttribute('tabindex')).to.equal('0');
  });

  it('stays where the element itself has put it, and outside', async () => {
    host.takes = true;
    find('p button').focus();
    expect(await hide()).to.equal(find('input'));
    host.takes = false;
    host.shows = true;
    host.requestUpdate();
    await host.updateComplete;
    find('input').blur();
    expect(await hide()).to.equal(null);
  });
});
