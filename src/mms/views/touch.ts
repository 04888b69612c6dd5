/**
 * Touches of a reader's screen: of an idle one anywhere (notification 1001) [DP 1001, PJ], and of its buttons (1803, 1805) [DP 1803,
 * DP 1805].
 */
import { toHex } from '../hex.js';
import type { MmsMessage, MmsNotification } from '../message.js';
import { DISPLAY_REQUEST, OPERATION_COMPLETE } from '../tables/numbers.js';

export interface TouchData {
  readonly action: 'pressed' | 'released';
  /** Pixels from the left and from the top of the screen as it is turned. */
  readonly x: number;
  readonly y: number;
}

export const LENGTH = 4;
/** Module of notifications 1803 and 1805: touchscreen [DP 1805]. */
export const TOUCHSCREEN = 0x01;

/** Where and how the screen was touched; undefined for other messages and where the reader does not say where. */
export function readTouch(message: MmsMessage): TouchData | undefined {
  if (message.kind !== 'notification') return undefined;
  const { name, payload } = message;
  const position = name.startsWith('user-event-touch-') ? payload.find(({ tag }) => tag === '81')?.value : undefined;
  if (position?.length !== LENGTH) return undefined;
  const [xHigh, xLow, yHigh, yLow] = position as unknown as readonly [number, number, number, number];
  return {
    action: name === 'user-event-touch-pressed' ? 'pressed' : 'released',
    x: (xHigh << 8) | xLow,
    y: (yHigh << 8) | yLow,
  };
}

/**
 * Whether a notification reports a pressed touch button: second byte 02 to 05 of the touchscreen's details [DP 1803, DP 1805]. It
 * comes under the number that completes commands, and completes none.
 */
export function isTouchButton({ id, detail }: MmsNotification): boolean {
  const [module, kind] = detail as unknown as readonly [number, number];
  return (id === DISPLAY_REQUEST || id === OPERATION_COMPLETE) && module === TOUCHSCREEN && kind >= 2 && kind <= 5;
}

/** The buttons that a published source names. */
const buttonNames = {
  2: ['left', 'middle', 'right'],
  3: ['text-1', 'text-2', 'text-3', 'text-4', 'text-5', 'text-6'],
  4: ['amount'],
  5: ['present-card'],
} as const;

type ButtonName = (typeof buttonNames)[keyof typeof buttonNames][number];

export interface ButtonData {
  /**
   * `left`, `middle` and `right` are the function buttons, `text-1` to `text-6` those with a text of the host, `present-card` the right
   * one of the page that asks for a card; with `amount` an amount comes in a form that is not published. `unknown` is a button that no
   * published source names.
   */
  readonly button: ButtonName | 'unknown';
  /** The detail code, eight hexadecimal digits. */
  readonly code: string;
}

/** Which button of the screen was pressed; undefined for other messages. */
export function readButton(message: MmsMessage): ButtonData | undefined {
  if (message.kind !== 'notification' || !isTouchButton(message)) return undefined;
  const [, kind, number = 0] = message.detail as unknown as readonly number[];
  const names: readonly ButtonName[] = buttonNames[kind as keyof typeof buttonNames];
  // Buttons that are alone of their kind have the number 0.
  const name = names[names.length === 1 ? number : number - 1];
  return { button: name ?? 'unknown', code: toHex(message.detail) };
}
