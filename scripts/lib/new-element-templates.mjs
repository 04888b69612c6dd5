/**
 * The files of a new element: an element that finds its reader and says how its connection is, in the language of the page.
 * It does not know where they are written.
 */

/** @typedef {{ name: string, tag: string, className: string }} Names */

/** @param {Names} names */
export const element = ({ name, tag, className }) => `/**
 * \`<${tag}>\`: says how the connection of its reader is.
 * It does not know how a connection is made.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { statusWords } from '../../language/english/status.js';
import { LanguageController } from '../../language/language-controller.js';
import { styles } from './${name}.styles.js';

/**
 * Says how the connection of its reader is.
 *
 * @csspart state - The words.
 */
export class ${className} extends LitElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @property() for = '';

  private readonly reader = new ReaderController(this);
  private readonly language = new LanguageController(this, statusWords);

  protected override render(): TemplateResult {
    const { client, snapshot } = this.reader;
    return html\`
      <p part="state" role="status">\${this.language.text(client ? \`status.\${snapshot.state}\` : 'status.no-reader')}</p>
    \`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
}
`;

/** @param {Names} names */
export const styles = ({ tag }) => `/** Looks of \`<${tag}>\`. */
import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css\`
  :host {
    padding: var(--_gap);
  }
  p {
    margin: 0;
  }
\`;
`;

/** @param {Names} names */
export const define = ({ name, tag, className }) => `/** Registers \`<${tag}>\`. */
import { canDefine } from '../shared/can-define.js';
import { ${className} } from './${name}.js';

if (canDefine('${tag}', ${className})) customElements.define('${tag}', ${className});

export { ${className} };
`;

/** @param {Names} names */
export const test = ({
  name,
  tag,
  className,
}) => `/** \`<${tag}>\` in a page: inside of a reader, beside one, and without any. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/reader/define.js';
import '../../../src/elements/${name}/define.js';
import type { ${className} } from '../../../src/elements/${name}/${name}.js';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import { MockReader } from '../../support/mock-reader.js';

const textOf = ({ shadowRoot }: Element): string => shadowRoot?.textContent.trim() ?? '';

describe('<${tag}>', () => {
  let mock: MockReader;
  beforeEach(() => {
    mock = new MockReader();
  });
  afterEach(() => {
    mock.stop();
  });

  it('says how the connection of the reader around it is', async () => {
    const reader = await fixture<MagtekReader>(html\`
      <magtek-reader .transport=\${mock.transport()}><${tag}></${tag}></magtek-reader>
    \`);
    const element = reader.querySelector('${tag}')!;
    expect(textOf(element)).to.equal('Not connected');
    await reader.connect();
    await element.updateComplete;
    expect(textOf(element)).to.equal('Connected');
    await expect(element).to.be.accessible();
  });

  it('follows the reader that it names', async () => {
    const page = await fixture(html\`
      <div>
        <magtek-reader id="counter" .transport=\${mock.transport()}></magtek-reader>
        <${tag} for="counter"></${tag}>
      </div>
    \`);
    await page.querySelector('magtek-reader')!.connect();
    const element = page.querySelector('${tag}')!;
    await element.updateComplete;
    expect(textOf(element)).to.equal('Connected');
  });

  it('says that there is no reader', async () => {
    const element = await fixture<${className}>(html\`<${tag}></${tag}>\`);
    expect(textOf(element)).to.equal('No reader');
    await expect(element).to.be.accessible();
  });
});
`;
