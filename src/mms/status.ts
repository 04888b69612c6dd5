/** Reads tag 82 of a response: its status. */
import { spacedHex, toHex } from './hex.js';
import type { ResponseStatus } from './message.js';
import { kebab, readRows } from './tables/row.js';
import { statusDetails, tr31Details } from './tables/status-details.js';

export const FAILED = 0x80;
export const WARNING = 0x40;
export const RUNNING = 0x01;

/** Summaries that a source lists [MG p33, PJ]; the bits of others are read alike [D]. */
const knownSummaries: readonly number[] = [0x00, 0x01, 0x40, 0x41, 0x80, 0x81];

const details = readRows(statusDetails);
tr31Details.forEach((words, at) => {
  if (words) details.set(toHex(Uint8Array.of(2, 5, at + 1)), [`tr31-${kebab(words)}`, `TR-31: ${words}`]);
});

/**
 * The status that a summary byte and three detail bytes, as six upper-case hexadecimal digits, stand for.
 * A detail that no source lists has the code `unknown`, and its text says so.
 */
export function readStatus(summary: number, detail: string): ResponseStatus {
  const ok = (summary & FAILED) === 0;
  const [code, text] = details.get(detail) ?? ['unknown', `unknown detail ${spacedHex(detail)}`];
  return {
    summary,
    detail,
    ok,
    running: ok && (summary & RUNNING) !== 0,
    warning: ok && (summary & WARNING) !== 0,
    code,
    text: knownSummaries.includes(summary) ? text : `${text}, unknown summary ${toHex(Uint8Array.of(summary))}`,
  };
}
