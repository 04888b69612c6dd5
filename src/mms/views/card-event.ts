/** Events of a card at the reader: presented, inserted, swiped, removed (notifications 0101 and 1001). */
import { toHex } from '../hex.js';
import type { MmsNotification } from '../message.js';
import { DEVICE_INFORMATION, TRANSACTION_INFORMATION } from '../tables/numbers.js';
import { readUid } from './uid.js';

/** How a card meets the reader. */
export type CardInterface = 'contact' | 'contactless' | 'swipe' | 'manual' | 'barcode';

/** What a card did. */
export type CardAction = 'presented' | 'inserted' | 'removed' | 'swiped' | 'detected' | 'collision';

/** NTAG and MIFARE Ultralight (NFC Forum type 2), or MIFARE Classic. */
export type NfcTagType = 'type-2' | 'mifare-classic-1k' | 'mifare-classic-4k';

export interface CardDetail {
  readonly via: CardInterface;
  readonly action: CardAction;
  /** `transaction` while the reader waits for a card; `idle` where it reports a user event. */
  readonly during: 'idle' | 'transaction';
  /** Unique id of an NFC tag in hexadecimal, where the reader sent it. It identifies the tag: do not store it. */
  readonly uid?: string;
  /** What kind of NFC tag was detected: which commands it is talked to with. Absent for payment cards. */
  readonly tagType?: NfcTagType;
}

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

/** What happened to a card; undefined for notifications that report nothing of one. */
export function readCardEvent(notification: MmsNotification): CardDetail | undefined {
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
