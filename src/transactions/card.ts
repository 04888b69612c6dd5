/**
 * What a reader reports of a card, and the encrypted data that it sends of it.
 */
import type { TlvNode } from '../mms/tlv.js';
import type { CardBrand } from '../mms/views/card-brand.js';
import { readBlob, type CardFallback, type CardType, type EntryMode } from '../mms/views/card-data.js';
import type { TrackStates } from '../mms/views/card-tracks.js';

/** How a card meets the reader. */
export type CardInterface = 'contact' | 'contactless' | 'swipe' | 'manual' | 'barcode';

/** What a card did. */
export type CardAction = 'presented' | 'inserted' | 'removed' | 'swiped' | 'detected' | 'collision';

export interface CardDetail {
  readonly via: CardInterface;
  readonly action: CardAction;
  /** Whether the reader was waiting for a card or told it as a user event. */
  readonly during: 'idle' | 'transaction';
  /** Unique id of an NFC tag in hexadecimal, where the reader sent it. It identifies the tag: do not store it. */
  readonly uid?: string;
  /** What kind of NFC tag was detected: which commands it is talked to with. Absent for payment cards. */
  readonly tagType?: NfcTagType;
}

/** NTAG and MIFARE Ultralight (NFC Forum type 2), or MIFARE Classic. */
export type NfcTagType = 'type-2' | 'mifare-classic-1k' | 'mifare-classic-4k';

export interface CardDataDetail {
  readonly kind: 'arqc' | 'batch';
  readonly via: 'contact' | 'contactless' | 'swipe' | 'manual';
  /** The sale that it belongs to; empty where no sale was started here. */
  readonly transactionId: string;
  /** The container F9 as a tree. */
  readonly tlv: readonly TlvNode[];
  /** The whole blob as gateways expect it: two length bytes, F9, padding, MAC. */
  readonly bytes: Uint8Array;
  readonly serialNumber: string;
  /** At most the first six and last four digits, and only the card's own; empty where the reader sent none. */
  readonly maskedPan: string;
  /** The last four digits of the card number; empty where the reader does not leave them. */
  readonly last4: string;
  /** The card scheme, where the application or the first digits of the number tell it. */
  readonly brand?: CardBrand;
  /** How the card was read, as receipts and gateways tell it apart. */
  readonly entryMode: EntryMode;
  /** The kind of card (DFDF52); `unknown` where the reader sends none, or one that is not published. */
  readonly cardType: CardType;
  /** Whether the stripe was read because the chip could not be (DFDF53); `none` where the reader does not say. */
  readonly fallback: CardFallback;
  /** State of each track of the stripe that the reader reports. */
  readonly tracks: TrackStates;
  /** Three digits, where the reader left the real ones. */
  readonly serviceCode?: string;
  /**
   * Tags of the objects in which the reader sent in clear what it should have hidden; empty as it should be. The host and the form
   * get nothing of such data unless the page allows it; `withoutClearData` of `magtek-elements/mms` leaves them out.
   */
  readonly clearTags: readonly string[];
  /** Key serial number of the encrypted data, in hexadecimal. */
  readonly ksn: string;
  /** Encryption type byte, in hexadecimal; its bits are not published. */
  readonly encryption: string;
  /** The encrypted data (DFDF59) on their own; empty where the reader sent none. */
  readonly encrypted: Uint8Array;
}

/** The same with bytes of its own: whoever gets it may wipe them after use. */
export function copyCardData(data: CardDataDetail): CardDataDetail {
  const bytes = data.bytes.slice();
  return { ...data, bytes, tlv: readBlob(bytes).tlv, encrypted: data.encrypted.slice() };
}
