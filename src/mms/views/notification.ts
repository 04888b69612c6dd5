/**
 * Reads a notification once, into the events that a page wants to know of. Only detail codes that a published source explains are
 * interpreted.
 */
import type { MmsNotification } from '../message.js';
import type { TrackMask } from '../track.js';
import { readBarcodeData, type BarcodeData } from './barcode.js';
import { readCardData, type CardData } from './card-data.js';
import { readCardEvent, type CardDetail } from './card-event.js';
import { readDisplayText } from './display-text.js';
import { readPin, type PinData } from './pin.js';
import { readSelection, type SelectionPrompt } from './selection.js';
import { readTouch, type TouchData } from './touch.js';

/** One thing that a notification reports. */
export type NotificationReading =
  | { readonly event: 'card'; readonly value: CardDetail }
  | { readonly event: 'card-data'; readonly value: CardData }
  | { readonly event: 'display'; readonly value: string }
  | { readonly event: 'pin'; readonly value: PinData }
  | { readonly event: 'barcode'; readonly value: BarcodeData }
  | { readonly event: 'touch'; readonly value: TouchData }
  | { readonly event: 'selection-request'; readonly value: SelectionPrompt };

/**
 * What a notification reports, one after another: a prompt, for example, is a text to show and a choice to make.
 * @param mask How many digits of a card number the reader leaves, where that is known.
 * @throws {MmsError} behind what could be read, when what it carries is malformed.
 */
export function* readNotification(notification: MmsNotification, mask?: TrackMask): Iterable<NotificationReading> {
  const card = readCardEvent(notification);
  if (card) yield { event: 'card', value: card };
  const cardData = readCardData(notification, mask);
  if (cardData) yield { event: 'card-data', value: cardData };
  const text = readDisplayText(notification);
  if (text !== undefined) yield { event: 'display', value: text };
  const pin = readPin(notification);
  if (pin) yield { event: 'pin', value: pin };
  const barcode = readBarcodeData(notification);
  if (barcode) yield { event: 'barcode', value: barcode };
  const touch = readTouch(notification);
  if (touch) yield { event: 'touch', value: touch };
  const prompt = readSelection(notification);
  if (prompt) yield { event: 'selection-request', value: prompt };
}
