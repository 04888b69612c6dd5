/** A tree that is too large to render: a page goes on, and every line can be reached. */
import { expect, fixture } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html, LitElement, type TemplateResult } from 'lit';
import { LanguageController } from '../../../../src/language/language-controller.js';
import { MOST_LINES, TreeView } from '../../../../src/elements/shared/tree-view.js';
import { treeWords } from '../../../../src/language/english/common.js';
import type { TreeNode } from '../../../../src/mms/tree.js';

class LargeTree extends LitElement {
  readonly tree = new TreeView(this, new LanguageController(this, treeWords));

  protected override render(): TemplateResult {
    return this.tree.render('Large');
  }
}
customElements.define('test-large-tree', LargeTree);

const LEAVES = 100_000;
const leaf = (index: number): TreeNode => ({
  label: `leaf ${String(index)}`,
  reading: '',
  start: index,
  end: index + 1,
});
const root: TreeNode = {
  label: 'root',
  reading: '',
  start: 0,
  end: LEAVES,
  children: Array.from({ length: LEAVES }, (_, index) => leaf(index)),
};

async function large(): Promise<LargeTree> {
  const element = await fixture<LargeTree>(html`<test-large-tree></test-large-tree>`);
  element.tree.show([root]);
  element.requestUpdate();
  await element.updateComplete;
  return element;
}

const lines = ({ shadowRoot }: LargeTree): string[] =>
  [...shadowRoot!.querySelectorAll('[role=treeitem]')].map((line) => line.getAttribute('aria-label') ?? '');
const more = ({ shadowRoot }: LargeTree): string[] =>
  [...shadowRoot!.querySelectorAll('.more')].map(({ textContent }) => textContent.trim());
const chosen = ({ shadowRoot }: LargeTree): string =>
  shadowRoot!.querySelector('[aria-selected=true]')?.getAttribute('aria-label') ?? '';

describe('a tree of a hundred thousand lines', () => {
  it('renders the lines around the chosen one, and says how many there are besides', async () => {
    const element = await large();
    expect(lines(element)).to.have.length(MOST_LINES);
    expect(more(element)).to.deep.equal(['99,601 more lines']);
    await expect(element).to.be.accessible();
  });

  it('is walked by keys to its end and back', async () => {
    const element = await large();
    element.shadowRoot!.querySelector<HTMLElement>('[role=tree]')!.focus();
    await sendKeys({ press: 'End' });
    await element.updateComplete;
    expect(chosen(element)).to.equal('leaf 99999');
    expect(more(element)).to.deep.equal(['99,601 more lines']);
    for (let times = 0; times < 3; times++) await sendKeys({ press: 'ArrowUp' });
    await element.updateComplete;
    expect(chosen(element)).to.equal('leaf 99996');
    await sendKeys({ press: 'Home' });
    await element.updateComplete;
    expect(chosen(element)).to.equal('root');
    await sendKeys({ press: 'ArrowLeft' });
    await element.updateComplete;
    expect(lines(element)).to.deep.equal(['root']);
    expect(more(element)).to.deep.equal([]);
  });

  it('is turned over by pointer', async () => {
    const element = await large();
    element.shadowRoot!.querySelector<HTMLElement>('.more')!.click();
    await element.updateComplete;
    expect(lines(element)[0]).to.equal('leaf 349');
    expect(more(element)).to.deep.equal(['350 more lines', '99,251 more lines']);
    element.shadowRoot!.querySelector<HTMLElement>('.more')!.click();
    await element.updateComplete;
    expect(lines(element)[0]).to.equal('root');
  });
});
