/**
 * Card events and encrypted card data as they are given to pages.
 */
import { detailed } from '../connection/error-details.js';
import { ReaderError } from '../connection/reader-error.js';
import type { TlvNode } from '../mms/tlv.js';
import type { CardBrand } from '../mms/views/card-brand.js';
import { readBlob, type CardData, type CardFallback, type CardType, type EntryMode } from '../mms/views/card-data.js';
import type { TrackStates } from '../mms/views/card-tracks.js';
import { findClearData } from '../mms/views/clear-data.js';

export type { CardAction, CardDetail, CardInterface, NfcTagType } from '../mms/views/card-event.js';

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

/**
 * Card data as they are given to pages: everything has a value.
 * @param ownerOf Id of the sale that they belong to.
 */
export function cardDataDetail(data: CardData, ownerOf: (data: CardDataDetail) => string): CardDataDetail {
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

/** The alarm for card data that came unencrypted. */
export const inClear = (tags: readonly string[]): ReaderError =>
  new ReaderError('clear-card-data', detailed('tags-in-clear', { tags: tags.join(', ') }));
