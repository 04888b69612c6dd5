/** The views of an updater, one for each of its phases. It does not know readers, and decides nothing. */
import { html, nothing, type TemplateResult } from 'lit';
import type { UpdateCompleteDetail } from '../../events/update-complete.js';
import type { updaterWords } from '../../language/english/updater.js';
import type { Language } from '../../language/language-controller.js';
import { redactWords } from '../../mms/redact.js';
import { errorLines, errorLink } from '../shared/error-lines.js';
import type { ChosenFile } from './chosen-file.js';
import type { Phase } from './updater-model.js';
import { stepsOf, type Check, type Step } from './work.js';

type Words = Language<keyof typeof updaterWords>;

/** What a person can do. */
export interface UpdaterActions {
  readonly chosen: (event: Event) => void;
  readonly look: () => void;
  readonly start: () => void;
  readonly cancel: () => void;
}

export interface UpdaterView {
  readonly language: Words;
  readonly phase: Phase;
  readonly actions: UpdaterActions;
  readonly isDisabled: boolean;
  readonly isConnected: boolean;
  readonly canGiveUp: boolean;
}

const KILOBYTES: Intl.NumberFormatOptions = { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 };
const PERCENT: Intl.NumberFormatOptions = { style: 'percent' };

/** What is the case, for everybody to read and for screen readers to say. */
export function statusText({ language, phase, isConnected }: UpdaterView): string {
  switch (phase.state) {
    case 'idle':
      return language.text('updater.idle');
    case 'chosen':
      return language.text(isConnected ? 'updater.chosen' : 'updater.connect');
    case 'checking':
      return language.text('updater.looking');
    case 'confirming':
      return language.text('updater.confirm');
    case 'updating':
      return stepText(language, phase.check, phase.step);
    case 'done':
      return language.text(doneKey(phase.detail));
    case 'failed':
      return '';
  }
}

const doneKey = ({ outcome, kind }: UpdateCompleteDetail): 'updater.done' | 'updater.unchanged' | 'updater.sent' => {
  if (kind === 'file') return 'updater.sent';
  return outcome === 'unchanged' ? 'updater.unchanged' : 'updater.done';
};

export function bodyTemplate(view: UpdaterView): TemplateResult {
  const { phase } = view;
  switch (phase.state) {
    case 'idle':
      return html`<div class="buttons">${chooseTemplate(view)}</div>`;
    case 'chosen':
      return html`
        <dl part="details">${fileLines(view.language, phase.file)}</dl>
        <div class="buttons">${lookTemplate(view)} ${chooseTemplate(view)}</div>
      `;
    case 'checking':
      return html`
        <dl part="details">${fileLines(view.language, phase.file)}</dl>
        <div class="buttons">${cancelTemplate(view)}</div>
      `;
    case 'confirming':
      return confirmTemplate(view, phase.file, phase.check);
    case 'updating':
      return progressTemplate(view, phase.check, phase.step);
    case 'done':
      return html`
        ${resultTemplate(view.language, phase.detail)}
        <div class="buttons">${chooseTemplate(view)}</div>
      `;
    case 'failed':
      return html`
        <div class="error" part="error" role="alert">
          ${errorLines(view.language, phase.error)} ${errorLink(view.language, phase.error)}
        </div>
        ${
          phase.check
            ? html`<dl part="details">
                ${line(view.language.text('updater.serial-number'), told(view.language, phase.check.serialNumber), 'reader')}
              </dl>`
            : nothing
        }
        <div class="buttons">${phase.file ? lookTemplate(view) : nothing} ${chooseTemplate(view)}</div>
      `;
  }
}

function chooseTemplate({ language, phase, actions, isDisabled }: UpdaterView): TemplateResult {
  return html`
    <label class="choose" part="choose">
      <input type="file" class="visually-hidden" ?disabled=${isDisabled} @change=${actions.chosen} />
      ${language.text(phase.state === 'idle' ? 'updater.choose' : 'updater.choose-other')}
    </label>
  `;
}

function lookTemplate({ language, phase, actions, isDisabled, isConnected }: UpdaterView): TemplateResult {
  return html`
    <button type="button" class="primary" part="look" ?disabled=${isDisabled || !isConnected} @click=${actions.look}>
      ${language.text(phase.state === 'failed' ? 'updater.look-again' : 'updater.look')}
    </button>
  `;
}

function cancelTemplate({ language, actions }: UpdaterView): TemplateResult {
  return html`
    <button type="button" part="cancel" @click=${actions.cancel}>${language.text('updater.cancel')}</button>
  `;
}

function confirmTemplate(view: UpdaterView, file: ChosenFile, check: Check): TemplateResult {
  const { language, actions, isDisabled } = view;
  const { kind, fileId, batteryLevel } = check;
  const isFile = kind === 'file';
  return html`
    <dl part="details" id="details">
      ${line(language.text('updater.serial-number'), told(language, check.serialNumber), 'reader')}
      ${line(language.text('updater.model'), told(language, check.model))} ${fileLines(language, file)}
      ${
        isFile
          ? line(language.text('updater.file-id'), html`<code>${fileId}</code>`)
          : html`
              ${line(language.text('updater.part'), language.text(`updater.${kind}`))}
              ${line(language.text('updater.version'), told(language, check.version))}
            `
      }
      ${
        batteryLevel === undefined
          ? nothing
          : line(language.text('updater.battery'), language.number(batteryLevel / 100, PERCENT))
      }
    </dl>
    <p class="warning">${language.text(isFile ? 'updater.stay-file' : 'updater.stay')}</p>
    <div class="buttons">
      <button
        type="button"
        class="primary"
        part="start"
        aria-describedby="details"
        ?disabled=${isDisabled}
        @click=${actions.start}
      >
        ${language.text(isFile ? 'updater.start-file' : 'updater.start')}
      </button>
      ${cancelTemplate(view)}
    </div>
  `;
}

function progressTemplate({ language, actions, canGiveUp }: UpdaterView, check: Check, step: Step): TemplateResult {
  const steps = stepsOf(check);
  const at = steps.indexOf(step);
  return html`
    <progress part="progress" max=${steps.length} .value=${at + 0.5} aria-labelledby="status"></progress>
    <dl part="details">
      ${line(language.text('updater.serial-number'), told(language, check.serialNumber), 'reader')}
    </dl>
    <ol part="steps">
      ${steps.map(
        (each, index) => html`
          <li class=${index < at ? 'over' : ''} aria-current=${index === at ? 'step' : 'false'}>
            ${language.text(`updater.${each}`)}
          </li>
        `,
      )}
    </ol>
    <p class="warning">${language.text(check.kind === 'file' ? 'updater.stay-file' : 'updater.stay')}</p>
    ${
      canGiveUp
        ? html`<div class="buttons">
            <button type="button" part="cancel" @click=${actions.cancel}>${language.text('updater.give-up')}</button>
          </div>`
        : nothing
    }
  `;
}

function resultTemplate(
  language: Words,
  { kind, serialNumber, versionBefore, versionAfter }: UpdateCompleteDetail,
): TemplateResult {
  return html`
    <dl part="details">
      ${line(language.text('updater.serial-number'), told(language, serialNumber), 'reader')}
      ${
        kind === 'file'
          ? nothing
          : html`
              ${line(language.text('updater.version-before'), told(language, versionBefore))}
              ${line(language.text('updater.version-after'), told(language, versionAfter))}
            `
      }
    </dl>
  `;
}

const fileLines = (language: Words, { name, bytes }: ChosenFile): TemplateResult =>
  line(
    language.text('updater.file'),
    html`<bdi>${redactWords(name)}</bdi> (${language.number(bytes.length / 1000, KILOBYTES)})`,
  );

const stepText = (language: Words, check: Check, step: Step): string => {
  const steps = stepsOf(check);
  return language.text('updater.step', {
    number: language.number(steps.indexOf(step) + 1),
    count: language.number(steps.length),
    step: language.text(`updater.${step}`),
  });
};

/** What a reader says of itself is data: shown as text, masked where it holds a card number. */
const told = (language: Words, text: string | undefined): TemplateResult | string =>
  text === undefined ? language.text('updater.not-told') : html`<code>${redactWords(text)}</code>`;

const line = (title: string, value: TemplateResult | string, look = ''): TemplateResult => html`
  <dt>${title}</dt>
  <dd class=${look}>${value}</dd>
`;
