/**
 * `<magtek-command-panel>`: commands to choose or to type, and what the reader answers; scripts, properties, a decoder, support
 * bundle.
 * It sends what people ask for and nothing else; it does not know what commands do.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { Hydration } from '../../language/hydration.js';
import { panelWords } from '../../language/english/panel.js';
import { problemText } from '../../language/error-words.js';
import { LanguageController } from '../../language/language-controller.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import { loadPart, MissingPartError, whenMissing } from '../shared/load-part.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { fieldStyles } from '../shared/field-styles.js';
import { treeStyles } from '../shared/tree-styles.js';
import { CataloguePart } from './catalogue-part.js';
import { styles } from './command-panel.styles.js';
import { CustomPart } from './custom-part.js';
import { PanelMemory } from './panel-memory.js';
import type { DecodePart } from './decode-part.js';
import type { PropertyPart } from './property-part.js';
import type { ScriptPart } from './script-part.js';
import { Sending } from './sending.js';

const tabs = ['commands', 'script', 'properties', 'decode'] as const;
type Tab = (typeof tabs)[number];

/**
 * The command list of the seed guide and more, with their parameters as forms; a field for commands of one's own; the reader's
 * answer; and in tabs of their own batch scripts, the reader's properties, and a decoder of what is pasted.
 *
 * @slot - `<option value="AA00…">Title</option>` elements: commands of the page, listed first. `title` is the description.
 *
 * @csspart tabs - The row of tabs.
 * @csspart list - The list of commands.
 * @csspart entry - One command in the list.
 * @csspart search - The field that filters the list.
 * @csspart details - Name, description and bytes of the chosen command.
 * @csspart fields - The parameters of the chosen command.
 * @csspart custom - The part with the field for hexadecimal commands.
 * @csspart input - The field for hexadecimal commands.
 * @csspart input-error - What is wrong in the field.
 * @csspart send - The buttons that send.
 * @csspart answer - The reader's answer.
 * @csspart script - The part that runs scripts.
 * @csspart results - The table of a script's results.
 * @csspart properties - The property browser.
 * @csspart differences - What differs between two readers.
 * @csspart decode - The part that decodes what is pasted.
 * @csspart tree - The parts of what was decoded.
 *
 * @cssprop [--magtek-command-panel-height=28rem] - Most height of the list, and of scripts and properties.
 */
export class MagtekCommandPanel extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, fieldStyles, treeStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  @state() private tab: Tab = 'commands';
  @state() private notice = '';

  private readonly language = new LanguageController(this, panelWords);
  private readonly memory = new PanelMemory(this);
  private readonly reader = new ReaderController(this, () => {
    this.sending.reset();
    this.script?.reset();
    this.properties?.reset();
  });
  private readonly sending = new Sending(this, this.language, this.reader, this.memory);
  private readonly catalogue = new CataloguePart(this, this.language, this.sending, this.memory);
  private readonly custom = new CustomPart(this, this.language, this.sending, this.memory);
  private script: ScriptPart | undefined;
  private properties: PropertyPart | undefined;
  private decoder: DecodePart | undefined;
  /** Whether something could be sent when this was rendered last. */
  private wasReady = false;

  private readonly hydration = new Hydration(this, () => this.memory.recall());

  constructor() {
    super();
    this.addController(new FocusKeeper(this));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hydration.isPending) this.memory.recall();
  }

  protected override willUpdate(): void {
    const { isReady } = this.sending;
    if (this.wasReady && !isReady) {
      // Who is there next may be another reader than the one that was meant.
      this.sending.dismiss();
      this.script?.dismiss();
      this.properties?.lost();
    }
    this.wasReady = isReady;
  }

  protected override firstUpdated(): void {
    this.catalogue.loadForms().catch(this.partMissing);
  }

  protected override render(): TemplateResult {
    const { text } = this.language;
    return html`
      <slot hidden @slotchange=${this.slotted}></slot>
      <div class="head">
        <div class="tabs" part="tabs" role="tablist" aria-label=${text('panel.tools')} @keydown=${this.tabKeyed}>
          ${tabs.map((name) => this.tabTemplate(name, text(`panel.${name}`)))}
        </div>
        <span class="quiet" role="status">${this.notice}</span>
        <button @click=${this.saveBundle}>${text('panel.support-bundle')}</button>
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby="tab-${this.tab}">${this.tabPanelTemplate()}</div>
    `;
  }

  private tabTemplate(name: Tab, title: string): TemplateResult {
    const isChosen = name === this.tab;
    return html`<button
      id="tab-${name}"
      role="tab"
      aria-selected=${isChosen ? 'true' : 'false'}
      aria-controls="tab-panel"
      tabindex=${isChosen ? '0' : '-1'}
      @click=${(): void => this.openTab(name)}
    >
      ${title}
    </button>`;
  }

  private tabPanelTemplate(): TemplateResult | typeof nothing {
    if (this.tab !== 'commands') {
      const { script, properties, decoder: decode } = this;
      return html`<div class="work tall">${{ script, properties, decode }[this.tab]?.render() ?? nothing}</div>`;
    }
    return html`
      <div class="panel">
        ${this.catalogue.listTemplate()}
        <div class="work">${this.catalogue.chosenTemplate()} ${this.custom.render()}</div>
      </div>
    `;
  }

  private openTab(tab: Tab): void {
    this.tab = tab;
    this.notice = '';
    if (tab === 'commands') this.catalogue.loadForms().catch(this.partMissing);
    this.loadTab(tab).catch(this.partMissing);
  }

  private async loadTab(tab: Tab): Promise<void> {
    const { language } = this;
    const client = () => this.reader.client;
    if (tab === 'script') {
      const { ScriptPart } = await loadPart(() => import('./script-part.js'));
      this.script ??= new ScriptPart(this, language, client);
    }
    if (tab === 'properties') {
      const { PropertyPart } = await loadPart(() => import('./property-part.js'));
      this.properties ??= new PropertyPart(this, language, client);
    }
    if (tab === 'decode') {
      const { DecodePart } = await loadPart(() => import('./decode-part.js'));
      this.decoder ??= new DecodePart(this, language);
    }
    this.requestUpdate();
  }

  private tabKeyed({ key }: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const direction = getComputedStyle(this).direction === 'rtl' ? -step : step;
    const next = tabs[(tabs.indexOf(this.tab) + direction + tabs.length) % tabs.length];
    if (!next) return;
    this.openTab(next);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  private slotted(event: Event): void {
    this.catalogue.take((event.target as HTMLSlotElement).assignedElements());
  }

  private async saveBundle(): Promise<void> {
    const { client } = this.reader;
    if (!client) {
      this.notice = this.language.text('panel.no-reader');
      return;
    }
    this.notice = this.language.text('panel.collecting');
    try {
      const { saveSupportBundle } = await loadPart(() => import('./support.js'));
      const { journal } = await saveSupportBundle(client);
      this.notice = this.language.count('panel.saved', journal.length);
    } catch (error) {
      if (error instanceof MissingPartError) this.notice = this.language.text('part.missing');
      else this.notice = problemText(this.language, error);
    }
  }

  /** A tab that is opened again asks for it again. */
  private readonly partMissing = whenMissing(() => {
    this.notice = this.language.text('part.missing');
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-command-panel': MagtekCommandPanel;
  }
}
