/** Checks a command that a person typed: whether it can be sent, and what is wrong with it. */
import { badInput, requestOf } from '../../connection/bad-input.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { parseCommandLine } from '../../mms/command-line.js';
import type { MmsRequest } from '../../mms/message.js';
import {
  CHANGE_PASSCODE,
  COMMIT_FIRMWARE,
  ERASE_BLE_BONDS,
  GENERATE_KEY,
  LOAD_FIRMWARE,
  RESET_DEVICE,
  SECURED_COMMAND,
  SET_DEVICE_LOCK,
  SET_PROPERTY,
  SET_PROPERTY_SECURED,
  START_SEND_FILE,
  START_SEND_FILE_SECURED,
} from '../../mms/tables/numbers.js';

/** Most characters that are read as a command: the largest known one, a bitmap of 214 KiB, has fewer [PJ]. */
const LONGEST_INPUT = 600_000;

/** Commands that end what the reader is doing, change its settings for good, wear its flash memory, replace its firmware or lock it. */
const dangerous: ReadonlySet<number> = new Set([
  RESET_DEVICE,
  ERASE_BLE_BONDS,
  SET_PROPERTY,
  SET_PROPERTY_SECURED,
  LOAD_FIRMWARE,
  START_SEND_FILE_SECURED,
  START_SEND_FILE,
  COMMIT_FIRMWARE,
  SECURED_COMMAND,
  GENERATE_KEY,
  SET_DEVICE_LOCK,
  CHANGE_PASSCODE,
]);

/** Whether a person is asked before a command is sent. */
export const isDangerous = (id: number): boolean => dangerous.has(id);

/** Why a person is asked. */
export const dangerOf = (id: number): 'panel.restarts' | 'panel.changes' =>
  id === RESET_DEVICE ? 'panel.restarts' : 'panel.changes';

type Checked =
  | { readonly request: MmsRequest; readonly bytes: Uint8Array; readonly error?: undefined }
  | { readonly request?: undefined; readonly bytes?: undefined; readonly error: ReaderError };

/** The typed command, or what is wrong with it. */
export function checkCommand(text: string): Checked {
  if (text.length > LONGEST_INPUT) {
    const [length, most] = [String(text.length), String(LONGEST_INPUT)];
    return { error: new ReaderError('bad-message', rareDetailed('too-long', { length, most })) };
  }
  try {
    const bytes = parseCommandLine(text);
    return { request: requestOf(bytes), bytes };
  } catch (cause) {
    return { error: cause instanceof ReaderError ? cause : badInput(cause) };
  }
}
