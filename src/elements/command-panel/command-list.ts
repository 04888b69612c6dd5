/**
 * The commands that the panel offers, in groups, and which of them fit a search.
 * It does not know how they are shown or sent.
 */
import { catalogue, type CatalogueGroup } from '../../mms/catalogue.js';
import { decodeMessage } from '../../mms/decode.js';
import { toHex } from '../../mms/hex.js';
import { commandSources } from '../../mms/tables/commands.js';
import { sourceNames } from '../../mms/tables/sources.js';
import { checkCommand } from './check-command.js';
import type { CommandForm, FormValues } from './command-forms.js';

/** A command that can be chosen. */
export interface PanelCommand {
  /** Unique in the panel. */
  readonly name: string;
  readonly title: string;
  readonly group: PanelGroup;
  readonly description: string;
  /** Where the meaning of the command is published, in the short forms of the codec's tables. */
  readonly sources: string;
  /** The message to begin with, hexadecimal; empty where the form has to be filled in first. */
  readonly hex: string;
  /** Its parameters, where they can be changed, and the values that give `hex`. */
  readonly form?: { readonly of: CommandForm; readonly values: FormValues } | undefined;
}

export type PanelGroup = 'page' | CatalogueGroup | 'build';

/** In the order in which they are listed. */
const groups = [
  'page',
  'transaction',
  'nfc',
  'display',
  'pin',
  'device',
  'settings',
  'build',
] as const satisfies readonly PanelGroup[];

/** Commands that are listed under one heading. */
export interface ListedGroup {
  readonly id: PanelGroup | 'favourites';
  readonly commands: readonly PanelCommand[];
}

/** The list of the seed guide. */
export const seedCommands: readonly PanelCommand[] = catalogue.map((entry) => ({
  ...entry,
  sources: sourcesOf(entry.hex),
}));

/** The names of the published sources of a command; empty for text that is not a message. */
export function sourcesOf(hex: string): string {
  try {
    return sourceNames((commandSources as Readonly<Record<number, string>>)[decodeMessage(hex).id] ?? '');
  } catch {
    return '';
  }
}

/** The commands that a page gives as option elements; what is wrong in one is said when it is chosen. */
export function pageCommands(elements: readonly Element[]): readonly PanelCommand[] {
  const options = elements.filter((element): element is HTMLOptionElement => element.matches('option'));
  return options.map(({ value, text, title }, index) => {
    const { bytes } = checkCommand(value);
    const hex = bytes ? toHex(bytes) : value;
    return {
      name: `page-${String(index)}-${text}`,
      title: text,
      group: 'page',
      description: title,
      hex,
      sources: sourcesOf(hex),
    };
  });
}

/** Commands that fit the words, in groups; favourites in a group of their own. */
export function groupCommands(
  commands: readonly PanelCommand[],
  search: string,
  favourites: readonly string[],
): readonly ListedGroup[] {
  const words = search.trim().toLowerCase();
  const fitting = commands.filter(({ title, description, hex }) =>
    [title, description, hex].some((text) => text.toLowerCase().includes(words)),
  );
  const isFavourite = ({ name }: PanelCommand): boolean => favourites.includes(name);
  const others = fitting.filter((command) => !isFavourite(command));
  const listed: readonly ListedGroup[] = [
    { id: 'favourites', commands: fitting.filter(isFavourite) },
    ...groups.map((id) => ({ id, commands: others.filter(({ group }) => group === id) })),
  ];
  return listed.filter(({ commands: { length } }) => length > 0);
}
