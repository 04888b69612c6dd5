/** Selects the entries of a journal that a person wants to see. */
import type { JournalEntry } from '../../journal/journal.js';
import { parseHex } from '../../mms/hex.js';
import type { MmsMessage } from '../../mms/message.js';
import type { TreeNode } from '../../mms/tree.js';
import type { Language } from '../../language/language-controller.js';

/** What is handed in, because it is loaded only when somebody searches. */
export interface SearchTools {
  /** The parts of a message. */
  readonly treeOf: (message: MmsMessage) => readonly TreeNode[];
  /** A test for entries by a regular expression between slashes; a wrong one fits none. */
  readonly patternTest: (search: string) => (entry: JournalEntry) => boolean;
  /** What is wrong with the regular expression that a search is, for people; undefined where nothing is. */
  readonly problemText: (language: Language, search: string) => string | undefined;
}

/** What travelled and what did not: `event` for the connection's own entries, `broken` for what was no message. */
export const entryKinds = ['request', 'response', 'notification', 'file', 'event', 'broken'] as const;

/** @see {@link entryKinds} */
export type EntryKind = (typeof entryKinds)[number];

export interface LogFilter {
  /**
   * Words of the line, bytes in hexadecimal, or a tag or its name; case and white space do not matter. A regular expression stands
   * between slashes, with `i` behind them where case does not matter. Empty for all.
   */
  readonly search: string;
  readonly direction: 'all' | 'to-reader' | 'from-reader';
  readonly kind: 'all' | EntryKind;
  /** Command or notification number; undefined for all. */
  readonly command: number | undefined;
  readonly errorsOnly: boolean;
}

export const SHOW_ALL: LogFilter = Object.freeze({
  search: '',
  direction: 'all',
  kind: 'all',
  command: undefined,
  errorsOnly: false,
});

function kindOf({ direction, message }: JournalEntry): EntryKind {
  return message?.kind ?? (direction === undefined ? 'event' : 'broken');
}

/** Whether an entry tells of something that went wrong. */
export function isFailure({ error, message }: JournalEntry): boolean {
  return error !== undefined || (message?.kind === 'response' && !message.status.ok);
}

/** A test for entries; undefined where all are wanted. Without `tools`, tags and their names are not searched, and patterns find nothing. */
export function compileFilter(filter: LogFilter, tools?: SearchTools): ((entry: JournalEntry) => boolean) | undefined {
  const { direction, kind, command, errorsOnly } = filter;
  const tests: ((entry: JournalEntry) => boolean)[] = [];
  if (direction !== 'all') tests.push((entry) => entry.direction === direction);
  if (kind !== 'all') tests.push((entry) => kindOf(entry) === kind);
  if (command !== undefined) tests.push(({ message }) => message?.id === command);
  if (errorsOnly) tests.push(isFailure);
  // Last: it costs most.
  const words = filter.search.trim();
  if (words !== '')
    tests.push(patternOf(words) ? (tools?.patternTest(words) ?? (() => false)) : searchTest(words, tools?.treeOf));
  return tests.length === 0 ? undefined : (entry) => tests.every((test) => test(entry));
}

/** The regular expression that a search is; undefined where it is words. */
export function patternOf(search: string): { readonly source: string; readonly flags: string } | undefined {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(search.trim()) ?? [];
  return source === undefined || flags === undefined ? undefined : { source, flags };
}

function searchTest(words: string, treeOf: SearchTools['treeOf'] = () => []): (entry: JournalEntry) => boolean {
  const text = words.toLowerCase();
  const compact = words.replace(/\s+/g, '').toUpperCase();
  const bytes = /^(?:[0-9A-F]{2})+$/.test(compact) ? parseHex(compact) : undefined;
  return (entry) => {
    const { message, data } = entry;
    if (entry.text.toLowerCase().includes(text) || data?.toUpperCase().includes(compact)) return true;
    if (message === undefined) return false;
    if (bytes !== undefined && holdsBytes(message.bytes, bytes)) return true;
    return hasTag(treeOf(message), compact, text);
  };
}

function holdsBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const first = wanted[0] as number;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

function hasTag(tree: readonly TreeNode[], tag: string, name: string): boolean {
  const fits = (node: TreeNode): boolean =>
    node.tag === tag || node.label.toLowerCase().includes(name) || (node.children?.some(fits) ?? false);
  return tree.some(fits);
}
