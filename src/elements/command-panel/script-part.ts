/**
 * The part of the panel that runs scripts: a text, what is wrong in it, progress, and the results as a table.
 * It does not know what the steps do.
 */
import { html, nothing, svg, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { parseScript, scriptLines, type Script } from '../../toolbox/script.js';
import { runScript, type StepResult } from '../../toolbox/script-run.js';
import { doneVerbs } from '../../toolbox/script-verbs.js';
import { redactText } from '../../mms/redact.js';
import { checked } from '../shared/checked.js';
import { durationText } from '../shared/figures.js';
import { allowDrop, fileChooser } from '../shared/file-chooser.js';
import { scriptWords } from '../../language/english/panel-parts.js';
import type { Language } from '../../language/language-controller.js';
import { textOfFile } from '../shared/file-text.js';
import { wait } from '../shared/wait.js';
import type { SignatureData } from '../../mms/views/signature.js';
import { pointsOf } from '../signature/export.js';
import { isDangerous } from './check-command.js';

/** Largest script that is read. */
const MOST_CHARACTERS = 1_000_000;
/** Problems that are listed. */
const MOST_PROBLEMS = 50;

type ScriptLanguage = Language<keyof typeof scriptWords>;

/** Where a run stands. */
type RunState = 'running' | 'stopped' | 'ended';

export class ScriptPart {
  private readonly host: ReactiveControllerHost;
  private readonly language: ScriptLanguage;
  private readonly client: () => ReaderClient | undefined;
  private text = '';
  private script: Script | undefined;
  private results: readonly StepResult[] = [];
  private stopOnError = true;
  private isAsking = false;
  private running: AbortController | undefined;
  /** Why there is nothing to run; undefined where there is. */
  private missing: 'script.no-steps' | 'panel.no-reader' | undefined;
  private runState: RunState | undefined;

  /** @param client The reader to run scripts with, at the time of asking. */
  constructor(host: ReactiveControllerHost, language: Language, client: () => ReaderClient | undefined) {
    this.host = host;
    this.language = language.with(scriptWords);
    this.client = client;
  }

  /** Ends what runs, and takes a question back: the panel has gone, or has another reader. */
  reset(): void {
    this.running?.abort();
    this.dismiss();
  }

  render(): TemplateResult {
    const { script, running, results, language } = this;
    const { text } = language;
    const problems = script?.problems ?? [];
    return html`
      <section part="script" @dragover=${allowDrop} @drop=${this.dropped}>
        <h2><label for="script">${text('panel.script')}</label></h2>
        <textarea
          id="script"
          class="script"
          dir="ltr"
          spellcheck="false"
          autocomplete="off"
          placeholder="SENDCOMMAND,AA00…&#10;WAIT,500&#10;DISPLAYMESSAGE,…"
          aria-describedby="script-help script-problems"
          aria-invalid=${problems.length > 0 ? 'true' : 'false'}
          .value=${this.text}
          ?readonly=${running !== undefined}
          @input=${this.typed}
        ></textarea>
        <p id="script-help" class="quiet">${text('script.help', { verbs: Object.keys(doneVerbs).join(', ') })}</p>
        <div id="script-problems" role="alert">
          <ul class="problems bad">
            ${problems
              .slice(0, MOST_PROBLEMS)
              .map(
                ({ line, problem }) =>
                  html`<li>
                    ${text('script.line', { line: language.number(line) })} <span lang="en" dir="auto">${problem}</span>
                  </li>`,
              )}
            ${problems.length > MOST_PROBLEMS ? html`<li>${text('script.more', { count: language.number(problems.length - MOST_PROBLEMS) })}</li>` : nothing}
          </ul>
        </div>
        ${this.actionsTemplate()}
        ${
          running || results.length > 0
            ? html`<progress
                aria-label=${text('script.steps')}
                max=${script?.steps.length ?? 1}
                value=${results.length}
              ></progress>`
            : nothing
        }
        <p class="quiet" role="status">${this.statusText()}</p>
        ${results.length > 0 ? resultsTemplate(language, results, this.text) : nothing}
      </section>
    `;
  }

  private actionsTemplate(): TemplateResult {
    const { text } = this.language;
    if (this.running)
      return html`<div class="actions">
        <button class="primary" @click=${this.stopped}>${text('script.stop')}</button>
      </div>`;
    if (this.isAsking) {
      return html`
        <div class="actions" role="group" aria-label=${text('panel.confirm')}>
          <span>${text('script.dangerous', { lines: this.dangerousLines().join(', ') })}</span>
          <button class="primary" @click=${this.run}>${text('script.run-it')}</button>
          <button @click=${this.dismiss}>${text('script.do-not-run')}</button>
        </div>
      `;
    }
    return html`
      <div class="actions">
        <button class="primary" @click=${this.asked}>${text('script.run')}</button>
        ${fileChooser(text('script.choose-file'), '', this.open)}
        <label class="check">
          <input
            type="checkbox"
            ${checked(this.stopOnError)}
            @change=${(event: Event) => {
              this.stopOnError = (event.target as HTMLInputElement).checked;
            }}
          />${text('script.stop-on-error')}
        </label>
      </div>
    `;
  }

  private statusText(): string {
    const { script, results, runState, language } = this;
    if (this.missing) return language.text(this.missing);
    if (!runState) return '';
    const failed = results.filter(({ outcome }) => outcome === 'failed').length;
    return language.text(`script.${runState}`, {
      count: language.number(results.length),
      all: language.number(script?.steps.length ?? 0),
      failed: language.number(failed),
    });
  }

  private readonly typed = (event: Event): void => this.take((event.target as HTMLTextAreaElement).value);

  private readonly dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) this.open(file);
  };

  private readonly open = (file: File): void => {
    if (this.running) return;
    if (file.size > MOST_CHARACTERS) return this.refuse();
    void textOfFile(file).then((text) => {
      if (this.running) return;
      // A list in JSON becomes lines, so that results and problems name the lines that are seen.
      this.take(scriptLines(text).join('\n'));
    });
  };

  private take(text: string): void {
    this.text = text;
    this.forget();
    this.isAsking = false;
    // What is being typed is wrong until it is whole: told when it is run, taken back as soon as it is right.
    if (this.script && this.script.problems.length > 0) this.script = parseScript(text);
    this.host.requestUpdate();
  }

  /** Forgets the last run. */
  private forget(): void {
    this.results = [];
    this.missing = undefined;
    this.runState = undefined;
  }

  private refuse(): void {
    const most = this.language.number(MOST_CHARACTERS);
    this.script = {
      steps: [],
      problems: [{ line: 1, problem: this.language.text('script.too-long', { most }) }],
    };
    this.host.requestUpdate();
  }

  private readonly asked = (): void => {
    if (this.text.length > MOST_CHARACTERS) return this.refuse();
    this.script = parseScript(this.text);
    this.forget();
    const { steps, problems } = this.script;
    if (problems.length === 0) {
      if (steps.length === 0) this.missing = 'script.no-steps';
      else if (this.dangerousLines().length > 0) this.isAsking = true;
      else void this.run();
    }
    this.host.requestUpdate();
  };

  private dangerousLines(): readonly number[] {
    return (this.script?.steps ?? []).flatMap((step) =>
      step.kind === 'send' && isDangerous(step.request.id) ? [step.line] : [],
    );
  }

  /** Takes the question back. */
  readonly dismiss = (): void => {
    this.isAsking = false;
    this.host.requestUpdate();
  };

  private readonly stopped = (): void => this.running?.abort();

  private readonly run = async (): Promise<void> => {
    const { script, stopOnError } = this;
    const client = this.client();
    this.isAsking = false;
    if (!script) return;
    if (!client) {
      this.missing = 'panel.no-reader';
      this.host.requestUpdate();
      return;
    }
    const running = new AbortController();
    this.running = running;
    this.runState = 'running';
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
    this.runState = running.signal.aborted ? 'stopped' : 'ended';
    this.host.requestUpdate();
  };
}

function resultsTemplate(language: ScriptLanguage, results: readonly StepResult[], script: string): TemplateResult {
  const { text } = language;
  const lines = scriptLines(script);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('script.results')}>
      <table part="results">
        <thead>
          <tr>
            <th scope="col">${text('script.at')}</th>
            <th scope="col">${text('script.step')}</th>
            <th scope="col">${text('script.result')}</th>
            <th scope="col">${text('script.took')}</th>
          </tr>
        </thead>
        <tbody>
          ${results.map(
            ({ line, outcome, text: result, milliseconds, signature }) => html`
              <tr class=${outcome}>
                <td>${language.number(line)}</td>
                <td><code dir="ltr">${shortened(stepText(lines[line - 1]?.trim() ?? ''))}</code></td>
                <td class="result">
                  ${outcome === 'failed' ? text('script.failed') : nothing} <span lang="en" dir="auto">${result}</span>
                  ${signature ? drawing(signature, result) : nothing}
                </td>
                <td>${milliseconds === undefined ? '' : durationText(language, milliseconds)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** What was signed, in the size of the field. */
const drawing = ({ width, height, strokes }: SignatureData, label: string): TemplateResult => html`
  <svg viewBox="0 0 ${width} ${height}" width=${width} role="img" aria-label=${label}>
    ${strokes.map((stroke) => svg`<polyline points=${pointsOf(stroke)} />`)}
  </svg>
`;

/** A line without what its result hides: bytes are looked at in a row, and an XML text is left out. */
const stepText = (line: string): string =>
  /^XML2JSON\b/i.test(line) ? 'XML2JSON' : redactText(/^SEND/i.test(line) ? line.replace(/\s+/g, '') : line);

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
