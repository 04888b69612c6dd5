/**
 * `<magtek-card-data>`: the last ARQC or batch for people, masked.
 * It keeps the redacted copy only and sends nothing.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import type { MmsMessage } from '../../mms/message.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { boxStyles } from '../shared/box-styles.js';
import { Copy } from '../shared/copy.js';
import { cardDataWords } from '../../language/english/card-data.js';
import { LanguageController } from '../../language/language-controller.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { treeStyles } from '../shared/tree-styles.js';
import { TreeView } from '../shared/tree-view.js';
import { styles } from './card-data.styles.js';
import { branchAsHex, branchAsJson, maskedCardData, type MaskedCardData } from './masked-card-data.js';

/**
 * The card data that the reader sent last, as a tree with names and readings. Card numbers, names, PIN blocks and encrypted
 * data are masked before they get here; what is copied is what is shown.
 *
 * @csspart title - What the data are: an ARQC or a batch, and how the card was read.
 * @csspart copy-hex - The button that copies the chosen branch in hexadecimal.
 * @csspart copy-json - The button that copies the chosen branch as JSON.
 * @csspart tree - The tree.
 */
export class MagtekCardData extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, boxStyles, treeStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  @state() private data: MaskedCardData | undefined;

  private readonly language = new LanguageController(this, cardDataWords);
  private readonly clipboard = new Copy(this);
  private readonly tree = new TreeView(this, this.language);
  private unsubscribe: Unsubscribe | undefined;

  constructor() {
    super();
    new ReaderController(this, (client) => this.follow(client));
  }

  /** Shows nothing until the next card. */
  clear(): void {
    this.show(undefined);
  }

  protected override render(): TemplateResult {
    const { data, language } = this;
    const { notice } = this.clipboard;
    if (!data) return html`<p class="quiet">${language.text('card-data.empty')}</p>`;
    const title = `${language.text(`card-data.${data.kind}`)}, ${language.text(`card-data.${data.via}`)}`;
    return html`
      <header>
        <span class="title" part="title">${title}</span>
        <div class="buttons">
          <button part="copy-hex" @click=${this.copyHex}>${language.text('card-data.copy-hex')}</button>
          <button part="copy-json" @click=${this.copyJson}>${language.text('card-data.copy-json')}</button>
        </div>
      </header>
      <p class="quiet" role="status">${notice ? language.text(notice) : nothing}</p>
      ${this.tree.render(title)}
    `;
  }

  private follow(client: ReaderClient | undefined): void {
    this.unsubscribe?.();
    this.show(undefined);
    this.unsubscribe = client?.observe('message', ({ message }) => this.receive(message));
  }

  private receive(message: MmsMessage): void {
    try {
      const data = maskedCardData(message);
      if (data) this.show(data);
    } catch {
      // The client tells that the card data are not whole. What is shown is of another card.
      this.clear();
    }
  }

  private show(data: MaskedCardData | undefined): void {
    this.data = data;
    this.clipboard.notice = undefined;
    this.tree.show(data ? [data.root] : []);
  }

  private readonly copyHex = (): void => this.copy(branchAsHex);

  private readonly copyJson = (): void => this.copy(branchAsJson);

  private copy(form: typeof branchAsHex): void {
    const { chosen } = this.tree;
    if (this.data && chosen) void this.clipboard.copy(form(this.data, chosen));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-card-data': MagtekCardData;
  }
}
