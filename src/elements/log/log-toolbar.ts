/**
 * The controls above the rows of a log.
 * They say what is wanted; they do not know how it is done.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { commandTitle } from './statistics.js';
import { entryKinds, type EntryKind, type LogFilter } from './log-filter.js';

export interface ToolbarState {
  readonly filter: LogFilter;
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

const directionTitles = { all: 'Both directions', 'to-reader': 'Sent', 'from-reader': 'Received' } as const;

const kindTitles: Readonly<Record<EntryKind, string>> = {
  request: 'Requests',
  response: 'Responses',
  notification: 'Notifications',
  file: 'Files',
  event: 'Connection',
  broken: 'No message',
};

export function toolbarTemplate(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  const { filter, isPaused, showsBytes, showsStatistics, isEmpty, canClear } = state;
  return html`
    <div class="toolbar" part="toolbar">
      <h2>Log</h2>
      <input
        type="search"
        part="search"
        aria-label="Search text, bytes and tags"
        placeholder="Search text, bytes, tags"
        .value=${filter.search}
        @input=${(event: Event) => {
          actions.filter({ search: valueOf(event) });
        }}
      />
      ${selectTemplate('Direction', Object.entries(directionTitles), filter.direction, (value) => {
        actions.filter({ direction: value as LogFilter['direction'] });
      })}
      ${selectTemplate(
        'Kind',
        [['all', 'All kinds'], ...entryKinds.map((kind) => [kind, kindTitles[kind]] as const)],
        filter.kind,
        (value) => {
          actions.filter({ kind: value as LogFilter['kind'] });
        },
      )}
      ${selectTemplate(
        'Command',
        [['', 'All commands'], ...state.commands.map((id) => [String(id), commandTitle(id)] as const)],
        filter.command === undefined ? '' : String(filter.command),
        (value) => {
          actions.filter({ command: value === '' ? undefined : Number(value) });
        },
      )}
      <label class="check">
        <input
          type="checkbox"
          .checked=${filter.errorsOnly}
          @change=${(event: Event) => {
            actions.filter({ errorsOnly: (event.target as HTMLInputElement).checked });
          }}
        />
        Errors only
      </label>
      <span class="buttons">
        <button part="button" aria-pressed=${pressed(isPaused)} @click=${actions.pause}>Pause</button>
        <button part="button" aria-pressed=${pressed(showsBytes)} @click=${actions.bytes}>Bytes</button>
        <button part="button" aria-pressed=${pressed(showsStatistics)} @click=${actions.statistics}>Statistics</button>
        <button part="button" ?disabled=${isEmpty} @click=${actions.save}>Export</button>
        <label class="open">
          <input
            type="file"
            class="visually-hidden"
            accept=".jsonl,.ndjson,application/x-ndjson"
            @change=${(event: Event) => {
              const input = event.target as HTMLInputElement;
              const file = input.files?.[0];
              // The same file may be chosen again.
              input.value = '';
              if (file) actions.open(file);
            }}
          />
          Import
        </label>
        ${canClear ? html`<button part="button" ?disabled=${isEmpty} @click=${actions.clear}>Clear</button>` : nothing}
      </span>
    </div>
  `;
}

const pressed = (is: boolean): 'true' | 'false' => (is ? 'true' : 'false');

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

function selectTemplate(
  label: string,
  options: readonly (readonly [value: string, title: string])[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`
    <select
      part="filter"
      aria-label=${label}
      @change=${(event: Event) => {
        choose(valueOf(event));
      }}
    >
      ${options.map(([value, title]) => html`<option value=${value} ?selected=${value === chosen}>${title}</option>`)}
    </select>
  `;
}
