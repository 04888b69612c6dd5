/** Checks a command that a person typed: whether it can be sent, and what is wrong with it. */
import { badInput, requestOf } from '../../connection/bad-input.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { parseCommandLine } from '../../mms/command-line.js';
import type { MmsRequest } from '../../mms/message.js';

/** Most characters that are read as a command: the largest known one, a bitmap of 214 KiB, has fewer [PJ]. */
const LONGEST_INPUT = 600_000;

/** Commands that end what the reader is doing, change its settings for good, wear its flash memory or replace its firmware. */
const dangerous: ReadonlySet<number> = new Set([
  0x1f01, 0x1f05, 0xd111, 0xd112, 0xd801, 0xd811, 0xd812, 0xd901, 0xeeee,
]);

/** Whether a person is asked before a command is sent. */
export const isDangerous = (id: number): boolean => dangerous.has(id);

/** Why a person is asked. */
export const dangerOf = (id: number): 'panel.restarts' | 'panel.changes' =>
  id === 0x1f01 ? 'panel.restarts' : 'panel.changes';

type Checked =
  | { readonly request: MmsRequest; readonly bytes: Uint8Array; readonly error?: undefined }
  | { readonly request?: undefined; readonly bytes?: undefined; readonly error: ReaderError };

/** The typed command, or what is wrong with it. */
export function checkCommand(text: string): Checked {
  if (text.length > LONGEST_INPUT) {
    const [length, most] = [String(text.length), String(LONGEST_INPUT)];
    return { error: new ReaderError('bad-message', detailed('too-long', { length, most })) };
  }
  try {
    const bytes = parseCommandLine(text);
    return { request: requestOf(bytes), bytes };
  } catch (cause) {
    return { error: cause instanceof ReaderError ? cause : badInput(cause) };
  }
}
