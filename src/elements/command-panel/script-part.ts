/**
 * The part of the panel that runs scripts: a text, what is wrong in it, progress, and the results as a table.
 * It does not know what the steps do.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { parseScript, type Script } from '../../client/script.js';
import { runScript, type StepResult } from '../../client/script-run.js';
import { redactText } from '../../mms/redact.js';
import { wait } from '../shared/wait.js';
import { isDangerous } from './check-command.js';

/** Largest script that is read. */
const MOST_CHARACTERS = 1_000_000;
/** Problems that are listed. */
const MOST_PROBLEMS = 50;

export class ScriptPart {
  private readonly host: ReactiveControllerHost;
  private readonly client: () => ReaderClient | undefined;
  private text = '';
  private script: Script | undefined;
  private results: readonly StepResult[] = [];
  private stopOnError = true;
  private isAsking = false;
  private running: AbortController | undefined;
  private ended = '';

  /** @param client The reader to run scripts with, at the time of asking. */
  constructor(host: ReactiveControllerHost, client: () => ReaderClient | undefined) {
    this.host = host;
    this.client = client;
  }

  /** Ends what runs: the panel has gone, or has another reader. */
  stop(): void {
    this.running?.abort();
  }

  render(): TemplateResult {
    const { script, running, results } = this;
    const problems = script?.problems ?? [];
    return html`
      <section part="script" @dragover=${allowDrop} @drop=${this.dropped}>
        <h2><label for="script">Script</label></h2>
        <textarea
          id="script"
          class="script"
          spellcheck="false"
          autocomplete="off"
          placeholder="SENDCOMMAND,AA00…&#10;WAIT,500&#10;DISPLAYMESSAGE,a note"
          aria-describedby="script-help script-problems"
          aria-invalid=${problems.length > 0 ? 'true' : 'false'}
          .value=${this.text}
          ?readonly=${running !== undefined}
          @input=${this.typed}
        ></textarea>
        <p id="script-help" class="quiet">
          Paste or drop a batch file: SENDCOMMAND, WAIT, DISPLAYMESSAGE, GETTAGVALUE, PARSETLV, OPENDEVICE, CLOSEDEVICE,
          PCIRESET, or hexadecimal lines; # begins a comment. It is checked whole before the first line is sent.
        </p>
        <div id="script-problems" role="alert">
          <ul class="problems bad">
            ${problems.slice(0, MOST_PROBLEMS).map(({ line, problem }) => html`<li>Line ${line}: ${problem}</li>`)}
            ${problems.length > MOST_PROBLEMS ? html`<li>${problems.length - MOST_PROBLEMS} more</li>` : nothing}
          </ul>
        </div>
        ${this.actionsTemplate()}
        ${
          running || results.length > 0
            ? html`<progress aria-label="Steps" max=${script?.steps.length ?? 1} value=${results.length}></progress>`
            : nothing
        }
        <p class="quiet" role="status">${this.statusText()}</p>
        ${results.length > 0 ? resultsTemplate(results, this.text) : nothing}
      </section>
    `;
  }

  private actionsTemplate(): TemplateResult {
    if (this.running)
      return html`<div class="actions"><button class="primary" @click=${this.stopped}>Stop</button></div>`;
    if (this.isAsking) {
      return html`
        <div class="actions" role="group" aria-label="Confirm">
          <span
            >This script restarts the reader or changes it for good (lines ${this.dangerousLines().join(', ')}).</span
          >
          <button class="primary" @click=${this.run}>Run it</button>
          <button @click=${this.dismiss}>Do not run</button>
        </div>
      `;
    }
    return html`
      <div class="actions">
        <button class="primary" @click=${this.asked}>Run script</button>
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.stopOnError}
            @change=${(event: Event) => {
              this.stopOnError = (event.target as HTMLInputElement).checked;
            }}
          />Stop on error
        </label>
      </div>
    `;
  }

  private statusText(): string {
    const { script, results, ended } = this;
    if (results.length === 0 && ended === '') return '';
    const failed = results.filter(({ outcome }) => outcome === 'failed').length;
    return `${ended} ${String(results.length)} of ${String(script?.steps.length ?? 0)} steps, ${String(failed)} failed.`.trim();
  }

  private readonly typed = (event: Event): void => {
    this.take((event.target as HTMLTextAreaElement).value);
  };

  private readonly dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (!file || this.running) return;
    if (file.size > MOST_CHARACTERS) {
      this.refuse();
      return;
    }
    void file.text().then((text) => {
      this.take(text);
    });
  };

  private take(text: string): void {
    this.text = text;
    this.results = [];
    this.ended = '';
    this.isAsking = false;
    // What is being typed is wrong until it is whole: told when it is run, taken back as soon as it is right.
    if (this.script && this.script.problems.length > 0) this.script = parseScript(text);
    this.host.requestUpdate();
  }

  private refuse(): void {
    this.script = {
      steps: [],
      problems: [{ line: 1, problem: `the script has more than ${String(MOST_CHARACTERS)} characters` }],
    };
    this.host.requestUpdate();
  }

  private readonly asked = (): void => {
    if (this.text.length > MOST_CHARACTERS) {
      this.refuse();
      return;
    }
    this.script = parseScript(this.text);
    this.results = [];
    this.ended = '';
    const { steps, problems } = this.script;
    if (problems.length === 0 && steps.length === 0) this.ended = 'The script has no steps.';
    else if (problems.length === 0 && this.dangerousLines().length > 0) this.isAsking = true;
    else if (problems.length === 0) void this.run();
    this.host.requestUpdate();
  };

  private dangerousLines(): readonly number[] {
    return (this.script?.steps ?? []).flatMap((step) =>
      step.kind === 'send' && isDangerous(step.request.id) ? [step.line] : [],
    );
  }

  private readonly dismiss = (): void => {
    this.isAsking = false;
    this.host.requestUpdate();
  };

  private readonly stopped = (): void => {
    this.stop();
  };

  private readonly run = async (): Promise<void> => {
    const { script, stopOnError } = this;
    const client = this.client();
    this.isAsking = false;
    if (!script) return;
    if (!client) {
      this.ended = 'There is no reader.';
      this.host.requestUpdate();
      return;
    }
    const running = new AbortController();
    this.running = running;
    this.ended = 'Running:';
    this.host.requestUpdate();
    await runScript({
      client,
      steps: script.steps,
      stopOnError,
      wait,
      signal: running.signal,
      onResult: (result) => {
        this.results = [...this.results, result];
        this.host.requestUpdate();
      },
    });
    this.running = undefined;
    this.ended = running.signal.aborted ? 'Stopped:' : 'Ended:';
    this.host.requestUpdate();
  };
}

function allowDrop(event: DragEvent): void {
  event.preventDefault();
}

function resultsTemplate(results: readonly StepResult[], text: string): TemplateResult {
  const lines = text.split(/\r\n|\r|\n/);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Results">
      <table part="results">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Step</th>
            <th scope="col">Result</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          ${results.map(
            ({ line, outcome, text: result, milliseconds }) => html`
              <tr class=${outcome}>
                <td>${line}</td>
                <td><code>${shortened(redactText(lines[line - 1]?.trim() ?? ''))}</code></td>
                <td class="result">${outcome === 'failed' ? 'Failed: ' : ''}${result}</td>
                <td>${milliseconds === undefined ? '' : `${milliseconds.toFixed(1)} ms`}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
