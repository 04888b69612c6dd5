/**
 * The forms in which one entry is copied. All are made from the redacted entry.
 * It does not know the clipboard.
 */
import type { JournalEntry } from '../../journal/journal.js';
import { toHex } from '../../mms/hex.js';
import type { logDetailsWords } from '../../language/english/log-parts.js';

export const copyForms = {
  hex: { title: 'log.as-hex', make: hexOf },
  base64: { title: 'log.as-base64', make: (entry) => btoa(String.fromCharCode(...(entry.message?.bytes ?? []))) },
  json: { title: 'log.as-json', make: (entry) => JSON.stringify(entry, undefined, 2) },
  command: { title: 'log.as-command', make: (entry) => `SENDCOMMAND,${hexOf(entry)}` },
  fixture: { title: 'log.as-fixture', make: fixtureOf },
} as const satisfies Readonly<Record<string, CopyForm>>;

interface CopyForm {
  readonly title: keyof typeof logDetailsWords;
  make(entry: JournalEntry): string;
}

/** @see {@link copyForms} */
export type CopyFormName = keyof typeof copyForms;

/** The forms that make sense for an entry: what was no message has no bytes, and only requests can be sent. */
export function copyFormsOf({ message }: JournalEntry): readonly CopyFormName[] {
  if (message === undefined) return ['json'];
  // Base64 of a file would be made from a call with as many arguments as it has bytes.
  const isShort = message.bytes.length <= 16_384;
  const isRequest = message.kind === 'request' && message.direction === 'to-reader';
  return [
    'hex',
    ...(isShort ? (['base64'] as const) : []),
    'json',
    ...(isRequest ? (['command'] as const) : []),
    'fixture',
  ];
}

function hexOf({ message, data = '' }: JournalEntry): string {
  return message ? toHex(message.bytes) : data;
}

/** What a test needs: the message, and what it must be decoded to. */
function fixtureOf(entry: JournalEntry): string {
  const { direction, message, text } = entry;
  const { kind, id, reference } = message ?? {};
  return JSON.stringify({ hex: hexOf(entry), direction, expect: { kind, id, reference, text } }, undefined, 2);
}
