/**
 * Plays an opened log to the connected reader, and says how the answers compare with those of the recording.
 * It does not know where the log comes from.
 */
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { isOpen } from '../../connection/connection-state.js';
import type { Journal } from '../../journal/journal.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { recordedRequests, replay, type ReplayResult } from '../../client/service/replay.js';
import { logReplayWords } from '../../language/english/log-parts.js';
import type { Language } from '../../language/language-controller.js';
import { wait } from '../shared/wait.js';

const outcomes = [
  'same',
  'different',
  'unanswered',
  'failed',
  'skipped',
] as const satisfies readonly ReplayResult['outcome'][];

export class LogReplay {
  private readonly host: ReactiveControllerHost;
  private readonly language: Language<keyof typeof logReplayWords>;
  private readonly client: () => ReaderClient | undefined;
  private running: AbortController | undefined;
  private isAsking = false;
  /** Whether the reader was there when the question was asked: who comes after a loss may be another one. */
  private wasOpen = false;
  private results: readonly ReplayResult[] = [];
  private count = 0;

  constructor(host: ReactiveControllerHost, language: Language, client: () => ReaderClient | undefined) {
    this.host = host;
    this.language = language.with(logReplayWords);
    this.client = client;
  }

  stop(): void {
    this.running?.abort();
  }

  /** Ends what is played, and takes a question back: the log has gone, or has another reader. */
  reset(): void {
    this.stop();
    this.isAsking = false;
  }

  render(journal: Journal): TemplateResult {
    const { language } = this;
    if (this.running) {
      return html`<span role="status"
          >${language.text('replay.progress', {
            count: language.number(this.results.length),
            all: language.number(this.count),
          })}</span
        >
        <button part="button" @click=${(): void => this.stop()}>${language.text('replay.stop')}</button>`;
    }
    if (this.wasOpen && !this.isOpen) this.isAsking = false;
    if (this.isAsking) {
      return html`<span>${language.count('replay.question', this.count)}</span>
        <button
          part="button"
          class="primary"
          @click=${() => {
            void this.play(journal);
          }}
        >
          ${language.text('replay.yes')}
        </button>
        <button part="button" @click=${(): void => this.ask(false, journal)}>${language.text('replay.no')}</button>`;
    }
    return html`<span role="status">${this.summary()}</span>
      <button part="button" @click=${(): void => this.ask(true, journal)}>${language.text('replay.start')}</button>`;
  }

  private ask(isAsking: boolean, journal: Journal): void {
    this.isAsking = isAsking;
    this.wasOpen = this.isOpen;
    this.count = recordedRequests(journal.entries).length;
    this.host.requestUpdate();
  }

  private get isOpen(): boolean {
    return isOpen(this.client()?.state ?? 'closed');
  }

  private summary(): string {
    const { language } = this;
    return outcomes
      .map((outcome) => [outcome, this.results.filter((result) => result.outcome === outcome).length] as const)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => language.text(`replay.${outcome}`, { count: language.number(count) }))
      .join(', ');
  }

  private async play(journal: Journal): Promise<void> {
    const client = this.client();
    this.isAsking = false;
    if (!client) return;
    const running = new AbortController();
    this.running = running;
    this.results = [];
    this.host.requestUpdate();
    await replay({
      client,
      requests: recordedRequests(journal.entries),
      wait,
      signal: running.signal,
      onResult: (result) => {
        this.results = [...this.results, result];
        this.host.requestUpdate();
      },
    });
    this.running = undefined;
    this.host.requestUpdate();
  }
}
