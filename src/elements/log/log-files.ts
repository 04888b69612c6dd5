/**
 * The journal as a file: exported and saved, opened and imported, and an opened one to play to the reader.
 * It does not know rows or filters.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { redactWords } from '../../mms/redact.js';
import type { JournalEntry } from '../../journal/journal-entry.js';
import type { JournalFileError } from '../../journal/journal-file.js';
import type { Journal } from '../../journal/journal.js';
import type { ReaderClient } from '../../client/reader-client.js';
import type { logWords } from '../../language/english/log.js';
import type { Language } from '../../language/language-controller.js';
import { textOfFile } from '../shared/file-text.js';
import { loadPart, MissingPartError } from '../shared/load-part.js';
import type { LogReplay } from './log-replay.js';

/** Largest file that is opened. */
const MOST_FILE_MEGABYTES = 256;
const MEGABYTES: Intl.NumberFormatOptions = { style: 'unit', unit: 'megabyte' };

/** What the files need of the log. */
export interface LogAccess {
  /** The reader to play to. */
  readonly client: () => ReaderClient | undefined;
  /** What is exported. */
  readonly entries: () => Iterable<JournalEntry>;
  /** Another journal is to be shown: of a file, or again that of the reader. */
  readonly changed: (journal: Journal | undefined) => void;
  /** Says what was done or went wrong. */
  readonly tell: (notice: string, isFailed?: boolean) => void;
}

export class LogFiles {
  private readonly host: ReactiveControllerHost;
  private readonly language: Language<keyof typeof logWords>;
  private readonly log: LogAccess;
  /** `name` is undefined where the journal was given without one. */
  private opened: { readonly name: string | undefined; readonly journal: Journal } | undefined;
  private player: LogReplay | undefined;

  constructor(host: ReactiveControllerHost, language: Language<keyof typeof logWords>, log: LogAccess) {
    this.host = host;
    this.language = language;
    this.log = log;
  }

  /** The journal of an opened file; undefined where none is open. */
  get journal(): Journal | undefined {
    return this.opened?.journal;
  }

  /** Ends what is being played, and takes the question back whether it is to be: it was asked of another reader. */
  reset(): void {
    this.player?.reset();
  }

  async export(): Promise<string> {
    const { exportJournal } = await loadPart(() => import('../../journal/journal-file.js'));
    return exportJournal(this.log.entries());
  }

  /**
   * @throws {JournalFileError} naming the first line that is wrong; nothing changes then.
   * @throws {MissingPartError} where what reads files cannot be loaded.
   */
  async import(text: string, name: string | undefined): Promise<void> {
    const [{ importJournal }, { LogReplay }] = await loadPart(() =>
      Promise.all([import('../../journal/journal-file.js'), import('./log-replay.js')]),
    );
    this.opened = { name, journal: importJournal(text) };
    this.reset();
    this.player = new LogReplay(this.host, this.language, this.log.client);
    this.log.changed(this.opened.journal);
  }

  readonly close = (): void => {
    this.reset();
    this.opened = undefined;
    this.log.changed(undefined);
  };

  async save(): Promise<void> {
    const [text, { download }] = await Promise.all([this.export(), loadPart(() => import('../shared/download.js'))]);
    download(text, 'reader-log.jsonl', 'application/x-ndjson');
    this.log.tell(this.language.text('log.exported'));
  }

  /** Opens a file; what is wrong with it is told. */
  async open(file: File): Promise<void> {
    if (file.size > MOST_FILE_MEGABYTES * 2 ** 20) {
      const size = this.language.number(MOST_FILE_MEGABYTES, MEGABYTES);
      this.notOpened(file, this.language.text('log.too-large', { size }));
      return;
    }
    try {
      await this.import(await textOfFile(file), file.name);
    } catch (error) {
      this.notOpened(file, this.whyNot(error));
    }
  }

  private whyNot(error: unknown): string {
    if (error instanceof MissingPartError) return this.language.text('part.missing');
    const { message, line, name } = error as Partial<JournalFileError> & Error;
    // The browser's own words, where a file was moved or may not be read, are of no use to a person.
    if (name !== 'JournalFileError') return this.language.text('log.unreadable');
    const place = line === undefined ? undefined : { line: this.language.number(line) };
    return place ? this.language.translate('log.bad-line', message, place) : message;
  }

  readonly dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void this.open(file);
  };

  /** Which file is open, with what can be done with it. */
  render(): TemplateResult | typeof nothing {
    if (!this.opened) return nothing;
    const { name, journal } = this.opened;
    const { language } = this;
    return html`
      <div class="opened" role="group" aria-label=${language.text('log.opened')}>
        <span
          ><strong><bdi>${name === undefined ? language.text('log.imported') : redactWords(name)}</bdi></strong
          >, ${language.count('log.entries', journal.end - journal.start)}</span
        >
        <span class="buttons">
          ${this.log.client() ? (this.player?.render(journal) ?? nothing) : nothing}
          <button part="button" @click=${this.close}>${language.text('log.back')}</button>
        </span>
      </div>
    `;
  }

  private notOpened({ name }: File, why: string): void {
    this.log.tell(this.language.text('log.not-opened', { name: redactWords(name), why }), true);
  }
}
