/**
 * Reads notifications for a page: card, card data and display events. Only detail codes that a published source explains are
 * interpreted.
 */
import type { MmsNotification } from '../mms/message.js';
import { toHex } from '../mms/hex.js';
import type { TrackMask } from '../mms/track.js';
import { readCardData } from '../mms/views/card-data.js';
import { findClearData } from '../mms/views/clear-data.js';
import { readDisplayText } from '../mms/views/display-text.js';
import { readUid } from '../mms/views/uid.js';
import type { CardAction, CardDataDetail, CardDetail, CardInterface, NfcTagType } from '../transactions/card.js';
import type { DisplayDetail } from './client-events.js';
import { DEVICE_INFORMATION, TRANSACTION_INFORMATION } from '../mms/tables/numbers.js';

type CardEvent = readonly [via: CardInterface, action: CardAction];

/** Notification 0101, first three bytes of the detail code [PJ, DP 0101]. */
const duringTransaction: Readonly<Record<string, CardEvent>> = {
  '070101': ['manual', 'detected'],
  '080101': ['swipe', 'swiped'],
  '080102': ['swipe', 'inserted'],
  '080103': ['swipe', 'removed'],
  '080104': ['swipe', 'detected'],
  '100102': ['contact', 'inserted'],
  '100103': ['contact', 'removed'],
  '100104': ['contact', 'detected'],
  '200103': ['contactless', 'removed'],
  '200104': ['contactless', 'detected'],
  '200105': ['contactless', 'collision'],
  '300101': ['barcode', 'detected'],
};

/** Notification 0101, whole detail code: kinds of NFC tags [PJ]. */
const tagTypes: Readonly<Record<string, NfcTagType>> = {
  '20010401': 'type-2',
  '20010402': 'mifare-classic-1k',
  '20010403': 'mifare-classic-4k',
};

/** Notification 1001, first two bytes of the detail code: user events of an idle reader [PJ, MG p235]. */
const whileIdle: Readonly<Record<string, CardEvent>> = {
  '0100': ['contactless', 'presented'],
  '0101': ['contactless', 'removed'],
  '0102': ['contact', 'inserted'],
  '0103': ['contact', 'removed'],
  '0104': ['swipe', 'swiped'],
};

/** What happened to a card; undefined for notifications that tell nothing of one. */
export function cardEvent(notification: MmsNotification): CardDetail | undefined {
  const code = toHex(notification.detail);
  if (notification.id === DEVICE_INFORMATION) {
    const event = whileIdle[code.slice(0, 4)];
    return event && { via: event[0], action: event[1], during: 'idle' };
  }
  if (notification.id !== TRANSACTION_INFORMATION) return undefined;
  const uid = readUid(notification);
  if (uid !== undefined) return { via: 'contactless', action: 'detected', during: 'transaction', uid: toHex(uid) };
  const event = duringTransaction[code.slice(0, 6)];
  const tagType = tagTypes[code];
  return event && { via: event[0], action: event[1], during: 'transaction', ...(tagType ? { tagType } : {}) };
}

/**
 * The card data that a notification carries; undefined for others.
 * @param ownerOf Id of the sale that they belong to.
 * @param mask How many digits of a card number the reader leaves, where that is known.
 * @throws {MmsError} when they are there and malformed.
 */
export function cardDataEvent(
  notification: MmsNotification,
  ownerOf: (data: CardDataDetail) => string,
  mask?: TrackMask,
): CardDataDetail | undefined {
  const data = readCardData(notification, mask);
  if (data === undefined) return undefined;
  const { kind, via, tlv, bytes, serialNumber, entryMode, tracks, brand, serviceCode } = data;
  const { maskedPan = '', last4 = '', cardType = 'unknown', fallback = 'none', ksn = '', encryption = '' } = data;
  const detail: CardDataDetail = {
    kind,
    via,
    transactionId: '',
    tlv,
    bytes,
    serialNumber,
    maskedPan,
    last4,
    ...(brand === undefined ? {} : { brand }),
    entryMode,
    cardType,
    fallback,
    tracks,
    ...(serviceCode === undefined ? {} : { serviceCode }),
    clearTags: findClearData(tlv),
    ksn,
    encryption,
    encrypted: data.encrypted ?? new Uint8Array(0),
  };
  return { ...detail, transactionId: ownerOf(detail) };
}

/** The text that a reader asks to be shown; undefined for notifications without one. */
export function displayEvent(notification: MmsNotification): DisplayDetail | undefined {
  const text = readDisplayText(notification);
  return text === undefined ? undefined : { text, clear: text === '' };
}
