/**
 * The controls above the rows of a log.
 * They say what is wanted; they do not know how it is done.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { checked } from '../shared/checked.js';
import { fileChooser } from '../shared/file-chooser.js';
import type { logWords } from '../../language/english/log.js';
import type { Language } from '../../language/language-controller.js';
import { commandLabel } from './seen-commands.js';
import { entryKinds, type LogFilter } from './log-filter.js';
import { truth } from '../shared/truth.js';

export interface ToolbarState {
  readonly filter: LogFilter;
  /** What is wrong with what is searched for. */
  readonly problem: string | undefined;
  readonly commands: readonly number[];
  readonly isPaused: boolean;
  readonly showsBytes: boolean;
  readonly showsStatistics: boolean;
  readonly isEmpty: boolean;
  /** Whether what is shown may be emptied: an opened file is closed instead. */
  readonly canClear: boolean;
}

export interface ToolbarActions {
  filter(change: Partial<LogFilter>): void;
  pause(): void;
  bytes(): void;
  statistics(): void;
  save(): void;
  open(file: File): void;
  clear(): void;
}

const directionTitles = { all: 'log.both', 'to-reader': 'log.to-reader', 'from-reader': 'log.from-reader' } as const;

export function toolbarTemplate(
  { text }: Language<keyof typeof logWords>,
  state: ToolbarState,
  actions: ToolbarActions,
): TemplateResult {
  const { filter, problem, isPaused, showsBytes, showsStatistics, isEmpty, canClear } = state;
  return html`
    <div class="toolbar" part="toolbar">
      <h2>${text('log.title')}</h2>
      <input
        type="search"
        part="search"
        aria-label=${text('log.search')}
        placeholder=${text('log.search')}
        aria-invalid=${truth(problem !== undefined)}
        aria-describedby="search-problem"
        .value=${filter.search}
        @input=${(event: Event): void => actions.filter({ search: valueOf(event) })}
      />
      <span id="search-problem" class="bad" role="alert">${problem}</span>
      ${selectTemplate(
        text('log.direction'),
        Object.entries(directionTitles).map(([direction, title]) => [direction, text(title)] as const),
        filter.direction,
        (value) => actions.filter({ direction: value as LogFilter['direction'] }),
      )}
      ${selectTemplate(
        text('log.kind'),
        [['all', text('log.kinds')], ...entryKinds.map((kind) => [kind, text(`log.${kind}`)] as const)],
        filter.kind,
        (value) => actions.filter({ kind: value as LogFilter['kind'] }),
      )}
      ${selectTemplate(
        text('log.command'),
        [['', text('log.commands')], ...state.commands.map((id) => [String(id), commandLabel(id), 'en'] as const)],
        filter.command === undefined ? '' : String(filter.command),
        (value) => actions.filter({ command: value === '' ? undefined : Number(value) }),
      )}
      <label class="check">
        <input
          type="checkbox"
          ${checked(filter.errorsOnly)}
          @change=${(event: Event): void => actions.filter({ errorsOnly: (event.target as HTMLInputElement).checked })}
        />
        ${text('log.errors-only')}
      </label>
      <span class="buttons">
        <button part="button" aria-pressed=${truth(isPaused)} @click=${actions.pause}>${text('log.pause')}</button>
        <button part="button" aria-pressed=${truth(showsBytes)} @click=${actions.bytes}>${text('log.bytes')}</button>
        <button part="button" aria-pressed=${truth(showsStatistics)} @click=${actions.statistics}>
          ${text('log.statistics')}
        </button>
        <button part="button" ?disabled=${isEmpty} @click=${actions.save}>${text('log.export')}</button>
        ${fileChooser(text('log.import'), '.jsonl,.ndjson,application/x-ndjson', actions.open)}
        ${canClear ? html`<button part="button" ?disabled=${isEmpty} @click=${actions.clear}>${text('log.clear')}</button>` : nothing}
      </span>
    </div>
  `;
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

function selectTemplate(
  label: string,
  options: readonly (readonly [value: string, title: string, lang?: 'en'])[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`
    <select part="filter" aria-label=${label} @change=${(event: Event): void => choose(valueOf(event))}>
      ${options.map(
        ([value, title, lang]) =>
          html`<option value=${value} lang=${ifDefined(lang)} ?selected=${value === chosen}>${title}</option>`,
      )}
    </select>
  `;
}
