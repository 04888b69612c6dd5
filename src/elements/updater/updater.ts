/**
 * `<magtek-updater>`: firmware and files for the reader, from the choice of a file to the version that the reader has afterwards.
 * It shows and asks; what is sent, and what a cut means, is the client's.
 */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { isOpen } from '../../connection/connection-state.js';
import type { ReaderError } from '../../connection/reader-error.js';
import { MagtekUpdateCompleteEvent, type UpdateCompleteDetail } from '../../events/update-complete.js';
import { updaterWords } from '../../language/english/updater.js';
import { LanguageController } from '../../language/language-controller.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { boxStyles } from '../shared/box-styles.js';
import { errorStyles } from '../shared/error-lines.js';
import { Internals } from '../shared/internals.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { report } from '../shared/report.js';
import { resettable } from '../shared/resettable.js';
import { ShownState } from '../shared/shown-state.js';
import { onlyOne } from './chosen-file.js';
import { UpdaterModel, type UpdaterState } from './updater-model.js';
import { bodyTemplate, statusText, type UpdaterView } from './updater-view.js';
import { styles } from './updater.styles.js';

/**
 * Updates the firmware of the reader, or sends it a file. A person chooses a file; what it is for is read from it, and the reader is
 * asked who it is, which changes nothing; a confirmation names reader and version; only then the update is carried out, at that reader
 * and no other. What a cut means is said with what to do. Nothing starts by itself. It has an entry of its own,
 * `magtek-elements/elements/updater`.
 *
 * An update that has been started goes on where the element is moved or taken out of the page, and while it runs the browser asks
 * before the page is left. Where the element is out of the page when it fails, the page hears of it as of an error that nobody
 * has caught; a listener of `magtek-update-complete` that cancels the event has heard of it.
 *
 * @attr {string} state - What is the case; set by the element, for styles.
 *
 * @fires {MagtekUpdateCompleteEvent} magtek-update-complete - An update has ended, well or not; cancel it where a failure out of the page is dealt with.
 *
 * @csspart choose - The button that chooses a file.
 * @csspart status - What is the case.
 * @csspart details - The reader, the file and the versions.
 * @csspart look - The button that looks at the file and the reader.
 * @csspart start - The button that starts the update.
 * @csspart cancel - The button that gives up what has changed nothing yet.
 * @csspart progress - How far it is.
 * @csspart steps - The steps.
 * @csspart error - What went wrong and what to do.
 *
 * @cssstate idle - No file has been chosen.
 * @cssstate chosen - A file has been chosen.
 * @cssstate checking - File and reader are being looked at.
 * @cssstate confirming - A person is asked.
 * @cssstate updating - The update is being carried out.
 * @cssstate done - It has ended well.
 * @cssstate failed - It has failed, or the file cannot be used.
 * @cssstate dropping - A file is held over the element.
 */
export class MagtekUpdater extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, boxStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  /** Whether nobody can choose a file or start an update here. One that runs goes on. */
  @property({ type: Boolean, converter: booleanAttribute, reflect: true }) disabled = false;

  /** Id under which the reader keeps the file, eight hexadecimal digits; empty for firmware, whose file says what it is for. */
  @resettable @property({ attribute: 'file-id' }) fileId = '';

  @query('#body') private readonly body!: HTMLElement;

  private readonly language = new LanguageController(this, updaterWords);
  private readonly internals = new Internals(this);
  private readonly shownState = new ShownState(this, this.internals.states);
  private readonly model = new UpdaterModel({
    changed: () => {
      this.guard();
      this.requestUpdate();
    },
    ended: (detail) => this.ended(detail),
  });
  private readonly reader = new ReaderController(this, (client) => this.model.follow(client));
  /** The window that asks before it is left. */
  private guarded: Window | undefined;
  /** Whether what had the focus was in this element before it was rendered. */
  private hadFocus = false;

  /** @internal */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'state'];
  }

  /** What is the case: `idle`, `chosen`, `checking`, `confirming`, `updating`, `done` or `failed`. */
  get state(): UpdaterState {
    return this.model.phase.state;
  }

  /** What went wrong; undefined unless the state is `failed`. */
  get error(): ReaderError | undefined {
    const { phase } = this.model;
    return phase.state === 'failed' ? phase.error : undefined;
  }

  /**
   * Chooses a file, as a person does with the button, and looks at it and the reader where one is connected. Resolves when that is
   * over; {@link state} and {@link error} say how. Nothing is changed at the reader: a person must confirm it.
   * @throws {ReaderError} `bad-file` while an update is running.
   */
  async choose(file: Blob | Uint8Array): Promise<void> {
    await this.model.choose(() => file);
  }

  /**
   * Forgets the file and how its update ended.
   * @throws {ReaderError} `bad-file` while an update is running.
   */
  reset(): void {
    this.model.reset();
  }

  /** @internal */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'state') this.shownState.restore();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('fileId')) this.model.use(this.fileId);
    this.hadFocus = this.hasUpdated && this.shadowRoot?.activeElement instanceof Element;
  }

  protected override firstUpdated(): void {
    this.addEventListener('dragover', this.draggedOver);
    this.addEventListener('dragleave', this.draggedOut);
    this.addEventListener('drop', this.dropped);
  }

  protected override updated(): void {
    this.shownState.show(this.state);
    // What was pressed is gone: whoever works with keys is to go on here, not at the top of the page.
    if (this.hadFocus && this.shadowRoot?.activeElement === null) this.body.focus();
  }

  protected override render(): TemplateResult {
    const { language, view } = this;
    const title = language.text(this.fileId === '' ? 'updater.title' : 'updater.title-file');
    return html`
      <header><span class="title" id="title">${title}</span></header>
      <div class="body" id="body" role="group" aria-labelledby="title" tabindex="-1">
        <p role="status" id="status" part="status">${statusText(view)}</p>
        ${bodyTemplate(view)}
      </div>
    `;
  }

  private get view(): UpdaterView {
    const { language, model } = this;
    return {
      language,
      phase: model.phase,
      actions: this.actions,
      isDisabled: this.disabled,
      isConnected: isOpen(this.reader.snapshot.state),
      canGiveUp: model.canGiveUp,
    };
  }

  private readonly actions: UpdaterView['actions'] = {
    chosen: (event) => {
      const input = event.target as HTMLInputElement;
      const files = Array.from(input.files ?? []);
      // The same file may be chosen again.
      input.value = '';
      if (files.length > 0) void this.model.choose(() => onlyOne(files));
    },
    look: () => {
      void this.model.check();
    },
    start: () => {
      if (!this.disabled) void this.model.start();
    },
    cancel: () => this.model.cancel(),
  };

  /** Whether a file may be dropped here now. */
  private get takesFiles(): boolean {
    return !this.disabled && this.state !== 'updating';
  }

  private readonly draggedOver = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    // Also where none is taken: browsers open what is dropped on a page, in its place.
    event.preventDefault();
    if (this.takesFiles) this.internals.states?.add('dropping');
    else if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  };

  private readonly draggedOut = (): void => {
    this.internals.states?.delete('dropping');
  };

  private readonly dropped = (event: DragEvent): void => {
    this.draggedOut();
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (!this.takesFiles) return;
    const files = Array.from(event.dataTransfer?.files ?? []);
    void this.model.choose(() => onlyOne(files));
  };

  private ended(detail: UpdateCompleteDetail): void {
    const isUnheard = this.dispatchEvent(new MagtekUpdateCompleteEvent(detail));
    // Nobody sees what is shown here.
    if (detail.error && !this.isConnected && isUnheard) report(detail.error);
  }

  /** While an update runs, the browser asks before the page is left, wherever the element is meanwhile. */
  private guard(): void {
    const isRunning = this.state === 'updating';
    if (isRunning === (this.guarded !== undefined)) return;
    this.guarded?.removeEventListener('beforeunload', askBeforeLeaving);
    this.guarded = isRunning ? (this.ownerDocument.defaultView ?? undefined) : undefined;
    this.guarded?.addEventListener('beforeunload', askBeforeLeaving);
  }
}

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

const askBeforeLeaving = (event: Event): void => event.preventDefault();

declare global {
  interface HTMLElementTagNameMap {
    'magtek-updater': MagtekUpdater;
  }
}
