/** Output at the reader: its own texts, loaded images, tones. */
import { buzzer, showImage as showImageRequest } from '../../mms/commands/display.js';
import { displayMessage } from '../../mms/commands/display-message.js';
import type { Tone } from '../../mms/commands/display.js';
import type { MmsRequest } from '../../mms/message.js';
import { displayStringId, type DisplayString } from '../../mms/tables/display-strings.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { GRACE } from '../../mms/completions.js';
import { accepted, completed, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export interface ScreenOptions extends OperationOptions {
  /** Whether to wait until what was started is over, rather than until the reader has accepted it. Default false. */
  readonly until?: 'completed';
}

export interface ShowMessageOptions extends ScreenOptions {
  /** Seconds, at most 255; 0 until something else is shown. Default 0. */
  readonly timeout?: number;
}

/**
 * Shows one of the reader's own texts, by its words or its number.
 * @throws {RangeError} where it has no such text.
 * @throws {ReaderError} `rejected` where the reader has no screen or is busy; `timeout`, `aborted`, `connection-lost`.
 */
export async function showMessage(
  access: ReaderAccess,
  text: DisplayString | number,
  options: ShowMessageOptions = {},
): Promise<void> {
  refuseUnknown(options, { signal: true, until: true, timeout: true });
  const { timeout = 0 } = options;
  const message = typeof text === 'number' ? text : displayStringId(text);
  if (message === undefined) throw new RangeError(`the reader has no text “${String(text)}”`);
  const request = displayMessage({ message, timeout });
  // Shown until something else is, it has no end.
  if (timeout === 0) await accepted(access, request, options);
  else await perform(access, request, timeout, options);
}

/**
 * Shows an image that was loaded before.
 * @param slot 1 to 4.
 * @throws {MmsError} `bad-value` for other slots.
 * @throws {ReaderError} as {@link showMessage}.
 */
export async function showImage(access: ReaderAccess, slot: number, options: OperationOptions = {}): Promise<void> {
  refuseUnknown(options, { signal: true });
  await accepted(access, showImageRequest({ slot }), options);
}

/**
 * Plays one to ten tones.
 * @throws {MmsError} `bad-value` for tones that the reader cannot play.
 * @throws {ReaderError} as {@link showMessage}.
 */
export async function playTones(
  access: ReaderAccess,
  tones: readonly Tone[],
  options: ScreenOptions = {},
): Promise<void> {
  refuseUnknown(options, { signal: true, until: true });
  const seconds = tones.reduce((sum, { duration }) => sum + duration, 0) / 1000;
  await perform(access, buzzer({ tones }), seconds, options);
}

/** @param seconds That it takes. */
async function perform(
  access: ReaderAccess,
  request: MmsRequest,
  seconds: number,
  { until, signal }: ScreenOptions,
): Promise<void> {
  if (until === undefined) await accepted(access, request, { signal });
  else await completed(access, request, { signal, seconds: seconds + GRACE });
}
