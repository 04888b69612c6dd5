/**
 * Plays an opened log to the connected reader, and says how the answers compare with those of the recording.
 * It does not know where the log comes from.
 */
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Journal } from '../../client/journal.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { recordedRequests, replay, type ReplayResult } from '../../client/replay.js';
import { wait } from '../shared/wait.js';

const outcomes: Readonly<Record<ReplayResult['outcome'], string>> = {
  same: 'answered as recorded',
  different: 'answered differently',
  unanswered: 'without a recorded answer',
  failed: 'failed',
  skipped: 'left out, as they hold masked values',
};

export class LogReplay {
  private readonly host: ReactiveControllerHost;
  private readonly client: () => ReaderClient | undefined;
  private running: AbortController | undefined;
  private isAsking = false;
  private results: readonly ReplayResult[] = [];
  private count = 0;

  constructor(host: ReactiveControllerHost, client: () => ReaderClient | undefined) {
    this.host = host;
    this.client = client;
  }

  stop(): void {
    this.running?.abort();
  }

  render(journal: Journal): TemplateResult {
    if (this.running) {
      return html`<span role="status">${this.results.length} of ${this.count} sent</span>
        <button
          part="button"
          @click=${() => {
            this.stop();
          }}
        >
          Stop
        </button>`;
    }
    if (this.isAsking) {
      return html`<span
          >This sends ${this.count} recorded commands to the connected reader. Meant for a simulated reader: a real one
          carries them out again.</span
        >
        <button
          part="button"
          class="primary"
          @click=${() => {
            void this.play(journal);
          }}
        >
          Play them
        </button>
        <button
          part="button"
          @click=${() => {
            this.ask(false, journal);
          }}
        >
          Do not play
        </button>`;
    }
    return html`<span role="status">${this.summary()}</span>
      <button
        part="button"
        @click=${() => {
          this.ask(true, journal);
        }}
      >
        Play to the reader
      </button>`;
  }

  private ask(isAsking: boolean, journal: Journal): void {
    this.isAsking = isAsking;
    this.count = recordedRequests(journal.entries).length;
    this.host.requestUpdate();
  }

  private summary(): string {
    return (Object.keys(outcomes) as ReplayResult['outcome'][])
      .map(
        (outcome) => [this.results.filter((result) => result.outcome === outcome).length, outcomes[outcome]] as const,
      )
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${String(count)} ${words}`)
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
