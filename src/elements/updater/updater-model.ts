/**
 * An update from the choice of a file to its end: what is the case, and what may come next. Nothing is changed at a reader before
 * `start`, and what was looked at before counts for that reader and that connection only.
 * It does not know the DOM.
 */
import type { ReaderClient } from '../../client/reader-client.js';
import { isOpen } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { UpdateCompleteDetail } from '../../events/update-complete.js';
import { readChosen, type ChosenFile, type FileSource } from './chosen-file.js';
import { canGiveUp, carryOut, look, stepsOf, type Check, type Step } from './work.js';

export type UpdaterState = 'idle' | 'chosen' | 'checking' | 'confirming' | 'updating' | 'done' | 'failed';

/** What is the case, with what belongs to it. */
export type Phase =
  | { readonly state: 'idle' }
  | { readonly state: 'chosen' | 'checking'; readonly file: ChosenFile }
  | { readonly state: 'confirming'; readonly file: ChosenFile; readonly check: Check }
  | { readonly state: 'updating'; readonly file: ChosenFile; readonly check: Check; readonly step: Step }
  | { readonly state: 'done'; readonly file: ChosenFile; readonly detail: UpdateCompleteDetail }
  /** With a file that can be tried again, and with what had been confirmed. */
  | { readonly state: 'failed'; readonly file?: ChosenFile; readonly check?: Check; readonly error: ReaderError };

const IDLE: Phase = { state: 'idle' };

export interface UpdaterListener {
  /** The phase is another one. */
  readonly changed: () => void;
  /** An update that was started is over. */
  readonly ended: (detail: UpdateCompleteDetail) => void;
}

export class UpdaterModel {
  private readonly listener: UpdaterListener;
  private now: Phase = IDLE;
  private client: ReaderClient | undefined;
  private fileId = '';
  private unsubscribe: Unsubscribe | undefined;
  /** What is under way; another one begins with every choice, check and update. */
  private attempt = new AbortController();

  constructor(listener: UpdaterListener) {
    this.listener = listener;
  }

  get phase(): Phase {
    return this.now;
  }

  get canGiveUp(): boolean {
    return this.now.state === 'updating' && canGiveUp(this.now.check, this.now.step);
  }

  /** The reader is another one, or none. An update that runs goes on at the one where it was started. */
  follow(client: ReaderClient | undefined): void {
    this.client = client;
    this.unsubscribe?.();
    this.unsubscribe = client?.observe('state', ({ state }) => {
      // Whoever is there next may be another one.
      if (!isOpen(state) && this.now.state === 'confirming') this.back();
    });
    this.back();
  }

  /** Id under which the reader is to keep the file; empty for firmware. */
  use(fileId: string): void {
    if (fileId === this.fileId) return;
    this.fileId = fileId;
    this.back();
  }

  /**
   * Takes a file, and looks at it and at the reader where one is connected.
   * @throws {ReaderError} `bad-file` while an update is running. What is wrong with the file itself is in the phase.
   */
  async choose(find: () => FileSource): Promise<void> {
    this.assertIdle();
    const attempt = this.begin();
    try {
      const file = await readChosen(find());
      if (this.attempt !== attempt) return;
      this.show({ state: 'chosen', file });
    } catch (cause) {
      if (this.attempt === attempt) this.show({ state: 'failed', error: errorFrom(cause) });
      return;
    }
    if (this.client && isOpen(this.client.state)) await this.check();
  }

  /** Looks at the file and the reader, which changes nothing. */
  async check(): Promise<void> {
    const { now, client } = this;
    if (!client || (now.state !== 'chosen' && now.state !== 'failed') || !now.file) return;
    const { file } = now;
    const attempt = this.begin();
    this.show({ state: 'checking', file });
    try {
      const check = await look(client, file.bytes, this.fileId, attempt.signal);
      if (this.attempt === attempt) this.show({ state: 'confirming', file, check });
    } catch (cause) {
      if (this.attempt !== attempt) return;
      const error = errorFrom(cause);
      this.show({ state: 'failed', ...(error.code === 'bad-file' ? {} : { file }), error });
    }
  }

  /** Carries out what was confirmed. Nothing else calls for it. */
  async start(): Promise<void> {
    const { now, client } = this;
    if (now.state !== 'confirming' || !client) return;
    const { file, check } = now;
    const { signal } = this.begin();
    const onStep = (step: Step): void => this.show({ state: 'updating', file, check, step });
    const [first] = stepsOf(check);
    if (first) onStep(first);
    try {
      const detail = await carryOut(client, file.bytes, check, { signal, onStep });
      this.show({ state: 'done', file, detail });
      this.listener.ended(detail);
    } catch (cause) {
      const error = errorFrom(cause);
      const { kind, serialNumber, version } = check;
      this.show({ state: 'failed', file, check, error });
      this.listener.ended({
        outcome: 'failed',
        kind,
        ...(serialNumber === undefined ? {} : { serialNumber }),
        ...(version === undefined ? {} : { versionBefore: version }),
        error,
      });
    }
  }

  /** Gives up what has changed nothing yet. */
  cancel(): void {
    if (this.canGiveUp) this.attempt.abort();
    else this.back();
  }

  /** @throws {ReaderError} `bad-file` while an update is running. */
  reset(): void {
    this.assertIdle();
    this.begin();
    this.show(IDLE);
  }

  /** What was looked at does not count any more. */
  private back(): void {
    const { now } = this;
    if (now.state !== 'checking' && now.state !== 'confirming') return;
    this.begin();
    this.show({ state: 'chosen', file: now.file });
  }

  private begin(): AbortController {
    this.attempt.abort();
    this.attempt = new AbortController();
    return this.attempt;
  }

  private assertIdle(): void {
    if (this.now.state !== 'updating') return;
    throw new ReaderError('bad-file', rareDetailed('update-running'));
  }

  private show(phase: Phase): void {
    this.now = phase;
    this.listener.changed();
  }
}

const errorFrom = (cause: unknown): ReaderError =>
  cause instanceof ReaderError ? cause : new ReaderError('not-completed', { cause });
