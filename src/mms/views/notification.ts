/**
 * Reads a notification once, into the events that a page wants to know of. Only detail codes that a published source explains are
 * interpreted.
 */
import type { MmsNotification } from '../message.js';
import type { TrackMask } from '../track.js';
import { readBarcodeData } from './barcode.js';
import { readCardData } from './card-data.js';
import { readCardEvent } from './card-event.js';
import { readDisplayText } from './display-text.js';
import { readPin } from './pin.js';
import { readSelection } from './selection.js';
import { readButton, readTouch } from './touch.js';

type Reader = (notification: MmsNotification, mask?: TrackMask) => unknown;

/** What reads each of them from a notification, in the order in which they are told: a prompt is a text to show and a choice to make. */
const readers = {
  card: readCardEvent,
  'card-data': readCardData,
  display: readDisplayText,
  /** A PIN was entered: the encrypted block for the host. */
  pin: readPin,
  barcode: readBarcodeData,
  touch: readTouch,
  /** A button on the screen was pressed. It completes no command. */
  button: readButton,
  'selection-request': readSelection,
} as const satisfies Readonly<Record<string, Reader>>;

/** What is read of each. */
export type NotificationReadings = {
  readonly [Name in keyof typeof readers]: NonNullable<ReturnType<(typeof readers)[Name]>>;
};

/** One thing that a notification reports. */
export type NotificationReading = {
  readonly [Name in keyof NotificationReadings]: { readonly event: Name; readonly value: NotificationReadings[Name] };
}[keyof NotificationReadings];

/**
 * What a notification reports, one after another.
 * @param mask How many digits of a card number the reader leaves, where that is known.
 * @throws {MmsError} behind what could be read, when what it carries is malformed.
 */
export function* readNotification(notification: MmsNotification, mask?: TrackMask): Iterable<NotificationReading> {
  for (const [event, read] of Object.entries<Reader>(readers)) {
    const value = read(notification, mask);
    if (value !== undefined) yield { event, value } as NotificationReading;
  }
}
