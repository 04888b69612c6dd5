/**
 * `<magtek-receipt>`: the receipt of a sale, for the customer or the merchant, on the screen, on paper, as text and as data.
 * It shows what the result of a sale says and sends nothing.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderError } from '../../connection/reader-error.js';
import { receiptWords } from '../../language/english/receipt.js';
import { LanguageController } from '../../language/language-controller.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { badOption } from '../shared/bad-option.js';
import { baseStyles } from '../shared/base-styles.js';
import { Copy } from '../shared/copy.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { papers, printAlone, type Paper } from './print-alone.js';
import { copies, receiptData, type ReceiptCopy, type ReceiptData, type ReceiptSource } from './receipt-data.js';
import { receiptLines, receiptText, type Line, type Lines } from './receipt-lines.js';
import { styles } from './receipt.styles.js';
import { resultSaidLater } from './result-said-later.js';

/**
 * The receipt of a sale: amounts, card, outcome, and what the schemes want to see of a chip card. The card number has its last four
 * digits on both copies, and texts of hosts and cashiers are masked where they hold a card number. It has an entry of its own,
 * `magtek-elements/elements/receipt`.
 *
 * @slot head - The shop: its name and address.
 * @slot foot - What the shop says at the end.
 *
 * @csspart receipt - The receipt without its buttons.
 * @csspart head - The place of the shop’s head.
 * @csspart title - What it is, and whose copy.
 * @csspart amounts - The amounts.
 * @csspart outcome - How the sale ended.
 * @csspart card - The card.
 * @csspart details - Codes and objects of the chip.
 * @csspart sign - The line to sign on.
 * @csspart foot - The place of the shop’s foot.
 * @csspart print - The button that prints.
 * @csspart copy - The button that copies the receipt as text.
 * @csspart error - What cannot be used, and what to do about it.
 */
export class MagtekReceipt extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  /** Whose copy it is: `customer` or `merchant`. That of the merchant has a line to sign on where the card wants a signature. */
  @resettable @property() copy: ReceiptCopy = 'customer';

  /** Paper that {@link print} asks for: `80mm` for a roll, `a4`; empty for what the printer has. */
  @resettable @property() paper: Paper = '';

  /** A line of the cashier. Card numbers in it are masked. */
  @resettable @property() note = '';

  /**
   * The result of a sale, or the same as JSON. The reader that this element belongs to sets it whenever a sale is over, and again when
   * the outcome of that sale was unknown and is known now; set it to show another.
   */
  @property({ attribute: false }) result: ReceiptSource | undefined;

  private readonly language = new LanguageController(this, receiptWords);
  private readonly clipboard = new Copy(this);
  private readonly subscriptions: Unsubscribe[] = [];

  constructor() {
    super();
    new ReaderController(this, (client) => {
      for (const unsubscribe of this.subscriptions.splice(0)) unsubscribe();
      if (!client) return;
      this.subscriptions.push(
        client.observe('transaction-complete', (result) => this.show(result)),
        client.observe('transaction-resolved', (sale) => {
          const later = resultSaidLater(sale, this.result);
          if (later) this.show(later);
        }),
      );
    });
  }

  /** What the receipt shows, as data for JSON; undefined where there is no sale. */
  get data(): ReceiptData | undefined {
    return receiptData(this.result, this.shownCopy, this.note);
  }

  /** The receipt as text in the language of the page, a line each; empty where there is no sale. */
  get text(): string {
    const lines = this.lines();
    if (!lines) return '';
    return receiptText(this.language, lines, this.slotted('head'), this.slotted('foot'));
  }

  /**
   * Prints the receipt and nothing else of the page. Resolves when the browser has taken over.
   * @throws {ReaderError} `bad-option` for a paper that is not known.
   */
  async print(): Promise<void> {
    const error = this.wrongOption();
    if (error) throw error;
    if (!this.data) return;
    const twin = this.ownerDocument.importNode(this, true);
    for (const name of ['id', 'for']) twin.removeAttribute(name);
    // It is at the end of the page, and speaks and reads as this one does.
    twin.lang = this.language.tag;
    twin.dir = getComputedStyle(this).direction;
    const { result, copy, note } = this;
    Object.assign(twin, { result, copy, note });
    await printAlone(twin, this.ownerDocument, this.paper, async () => {
      await twin.updateComplete;
    });
  }

  /** Copies the receipt as text. */
  async copyText(): Promise<void> {
    await this.clipboard.copy(this.text);
  }

  protected override render(): TemplateResult {
    const { language } = this;
    const lines = this.lines();
    const error = this.wrongOption();
    return html`
      ${error ? html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>` : nothing}
      ${lines ? this.receiptTemplate(lines) : html`<p class="quiet">${language.text('receipt.empty')}</p>`}
    `;
  }

  private receiptTemplate(lines: Lines): TemplateResult {
    const { language } = this;
    const { notice } = this.clipboard;
    const { title, time, amounts, total, approved, outcome, reason, card, details, isSigned } = lines;
    return html`
      <article part="receipt" aria-labelledby="title">
        <header part="head"><slot name="head"></slot></header>
        <div>
          <p id="title" class="title" part="title">${title}</p>
          <p>${time}</p>
        </div>
        <dl part="amounts">
          ${amounts.map((each) => lineTemplate(each))} ${total && lineTemplate(total, 'total')}
          ${approved && lineTemplate(approved, 'total')}
        </dl>
        <p class="outcome" part="outcome">${outcome}</p>
        ${reason === '' ? nothing : html`<p class="reason" dir="auto">${reason}</p>`}
        ${card.length === 0 ? nothing : html`<dl part="card">${card.map((line) => lineTemplate(line))}</dl>`}
        ${details.length === 0 ? nothing : html`<dl part="details">${details.map((line) => lineTemplate(line))}</dl>`}
        ${isSigned ? html`<p class="sign" part="sign">${language.text('receipt.sign-here')}</p>` : nothing}
        <footer part="foot"><slot name="foot"></slot></footer>
      </article>
      <div class="buttons">
        <button part="print" type="button" @click=${this.pressedPrint}>${language.text('receipt.print')}</button>
        <button part="copy" type="button" @click=${this.pressedCopy}>${language.text('receipt.copy')}</button>
      </div>
      <p class="quiet notice" role="status">${notice ? language.text(notice) : nothing}</p>
    `;
  }

  private show(result: ReceiptSource): void {
    this.result = result;
    this.clipboard.notice = undefined;
  }

  private lines(): Lines | undefined {
    const { data, result } = this;
    return data && result && receiptLines(this.language, data, result);
  }

  /** The customer's where the page asks for one that does not exist. */
  private get shownCopy(): ReceiptCopy {
    return copies.find((each) => each === this.copy) ?? 'customer';
  }

  private wrongOption(): ReaderError | undefined {
    if (!copies.includes(this.copy)) return badOption('copy', `must be one of ${copies.join(', ')}`);
    if (!papers.includes(this.paper)) return badOption('paper', `must be one of ${papers.filter(Boolean).join(', ')}`);
    return undefined;
  }

  /** The text of what the page put into a slot, with the lines that are seen. */
  private slotted(name: string): string {
    return [...this.children]
      .filter((child): child is HTMLElement => child instanceof HTMLElement && child.slot === name)
      .map(({ innerText }) => innerText.trim())
      .join('\n');
  }

  private readonly pressedPrint = (): void => {
    // What is wrong is shown.
    this.print().catch(() => undefined);
  };

  private readonly pressedCopy = (): void => {
    void this.copyText();
  };
}

const lineTemplate = ({ name, value, isCode }: Line, look = ''): TemplateResult => html`
  <div class=${look}>
    <dt>${name}</dt>
    <dd dir="auto">${isCode ? html`<code>${value}</code>` : value}</dd>
  </div>
`;

declare global {
  interface HTMLElementTagNameMap {
    'magtek-receipt': MagtekReceipt;
  }
}
