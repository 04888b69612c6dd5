/**
 * A touch of an idle reader's screen (notification 1001) [DP 1001, PJ].
 */
import type { MmsMessage, MmsNotification } from '../message.js';
import { nameNotification } from '../notification-name.js';
import { DISPLAY_REQUEST, OPERATION_COMPLETE } from '../tables/numbers.js';

export interface TouchData {
  readonly action: 'pressed' | 'released';
  /** Pixels from the left and from the top of the screen as it is turned. */
  readonly x: number;
  readonly y: number;
}

const LENGTH = 4;
/** Module of notifications 1803 and 1805: touchscreen [DP 1805]. */
const TOUCHSCREEN = 0x01;

/** Where and how the screen was touched; undefined for other messages and where the reader does not say where. */
export function readTouch(message: MmsMessage): TouchData | undefined {
  if (message.kind !== 'notification') return undefined;
  const { layout, name } = nameNotification(message.id, message.detail);
  const position = layout === 'touch' ? message.payload.find(({ tag }) => tag === '81')?.value : undefined;
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
