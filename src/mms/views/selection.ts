/**
 * The choice that a reader without a display asks its host to offer to the cardholder (notification 1803), to be answered with
 * command 1802: a title and choices, each ended by 00, after a type byte and a time limit; or a list of applications (4F, 50)
 * where property 1.2.1.1.1.2 says so [PJ, vendor samples]. The type byte means different things in different sources: it is not used.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { decodeTlv, type TlvNode } from '../tlv.js';
import { readDisplayValue, textOf } from './display-text.js';

export interface SelectionPrompt {
  /** The whole text, a line each. */
  readonly text: string;
  /** What the cardholder is asked; empty where the reader only lists applications. */
  readonly title: string;
  /** The choices, in order: the first has the index 0, the title is not counted. */
  readonly lines: readonly string[];
  /** Seconds that the cardholder has, where the prompt says so. */
  readonly seconds?: number;
  /** Application identifiers of the choices in upper-case hexadecimal, where the reader lists applications. */
  readonly applications?: readonly string[];
}

/** How the title of a choice of applications begins [PJ]. */
const BEGINNING = 'Application ID Selection';

/** Bytes that are no text: the type of the prompt and its time limit in seconds stand before the first item. */
export const FIRST_PRINTABLE = 0x20;
export const TYPE_AND_TIME = 2;
export const LINE_FEED = 0x0a;

/** The prompt; undefined for other messages and other texts. */
export function readSelection(message: MmsMessage): SelectionPrompt | undefined {
  const value = readDisplayValue(message);
  if (!value || value.length === 0) return undefined;
  return readApplications(value) ?? readItems(value);
}

/** A title and choices. An item may hold a line feed where the items are ended by 00. */
function readItems(value: Uint8Array): SelectionPrompt | undefined {
  const first = value[0] as number;
  const hasType = first < FIRST_PRINTABLE && first !== LINE_FEED;
  let end = value.length;
  while (end > 0 && value[end - 1] === 0) end--;
  const items = value.subarray(hasType ? TYPE_AND_TIME : 0, end);
  const separator = items.includes(0) ? 0 : LINE_FEED;
  const texts = split(items, separator).map((item) => textOf(item)?.replaceAll('\n', ' ').trim());
  // An item that is empty counts all the same: the reader counts it, too.
  const [title = '', ...lines] = separator === 0 ? texts : texts.filter((text) => text !== '');
  const isPrompt = title.startsWith(BEGINNING) || (hasType && lines.length > 0);
  if (!isPrompt || lines.includes(undefined)) return undefined;
  const seconds = hasType ? (value[1] as number) : 0;
  return { ...promptOf(title, lines as string[]), ...(seconds > 0 ? { seconds } : {}) };
}

const promptOf = (title: string, lines: readonly string[]): SelectionPrompt => ({
  text: [title, ...lines].filter((line) => line !== '').join('\n'),
  title,
  lines,
});

function split(bytes: Uint8Array, separator: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start <= bytes.length;) {
    const found = bytes.indexOf(separator, start);
    const end = found < 0 ? bytes.length : found;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}

/** A list of applications: identifiers (4F) with their labels (50), also inside templates. */
function readApplications(value: Uint8Array): SelectionPrompt | undefined {
  const identifiers: string[] = [];
  const lines: string[] = [];
  const collect = (nodes: readonly TlvNode[]): void => {
    for (const { tag, value: content, children } of nodes) {
      if (children) collect(children);
      else if (tag === '4F') identifiers.push(toHex(content));
      else if (tag === '50') lines.push(textOf(content)?.trim() ?? toHex(content));
    }
  };
  try {
    collect(decodeTlv(value));
  } catch {
    return undefined;
  }
  if (lines.length === 0 || lines.length !== identifiers.length) return undefined;
  return { ...promptOf('', lines), applications: identifiers };
}
