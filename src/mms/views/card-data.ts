/**
 * The card data of an ARQC or a batch: what receipts, gateways and pages need of what the reader sent in clear around the
 * encrypted part. It decrypts nothing.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { searchNode, type TlvNode } from '../tlv.js';
import { findTrackNumber, shownDigits, type TrackMask } from '../track.js';
import { brandOf, type CardBrand } from './card-brand.js';
import { readCardContainer, readContainer, type CardContainer, type CardDataInterface } from './card-container.js';
import { readServiceCode, readTracks, type TrackStates } from './card-tracks.js';

/** DFDF52 by name [DP ARQC]. */
const cardTypes = {
  0x00: 'other',
  0x01: 'stripe',
  0x02: 'stripe-aamva',
  0x03: 'manual',
  0x04: 'unknown',
  0x05: 'contact',
  0x06: 'contactless',
  0x07: 'stripe-with-chip',
  0x08: 'contactless-stripe',
} as const;

/** @see {@link CardData.cardType} */
export type CardType = (typeof cardTypes)[keyof typeof cardTypes];

/** DFDF53 by name [DP ARQC]. */
const fallbacks = { 0x00: 'none', 0x01: 'technical', 0x81: 'msr' } as const;

/** @see {@link CardData.fallback} */
export type CardFallback = (typeof fallbacks)[keyof typeof fallbacks];

/** How the card was read, as receipts and gateways tell it apart. */
export type EntryMode = CardDataInterface | 'contactless-stripe' | 'fallback';

export interface CardData extends CardContainer {
  /** DFDF56, key serial number of the encrypted data, in hexadecimal. */
  readonly ksn?: string;
  /** DFDF57, one byte in hexadecimal; its bits are not published. */
  readonly encryption?: string;
  /** DFDF59, the encrypted data. */
  readonly encrypted?: Uint8Array;
  /** How many bytes are encrypted. */
  readonly encryptedLength?: number;
  /** At most the first six and last four digits of the card number, and only the card's own; the others as `*`. */
  readonly maskedPan?: string;
  /** The last four digits of the card number, where the reader leaves them. */
  readonly last4?: string;
  /** The card scheme, by application identifier (4F, 84, 9F06) or by the first digits of the card number. */
  readonly brand?: CardBrand;
  readonly entryMode: EntryMode;
  /** DFDF52: the kind of card, also how a stripe was come by. Absent where the reader sends none, or one that is not published. */
  readonly cardType?: CardType;
  /** DFDF53: whether the stripe was read because the chip could not be. */
  readonly fallback?: CardFallback;
  /** State of each track of the stripe that the reader reports. */
  readonly tracks: TrackStates;
  /** Three digits (ISO/IEC 7813), where the reader left the real ones: 5F30, or a track that is not masked there. */
  readonly serviceCode?: string;
  /** DFDF1A of a batch: 00 accept, 01 decline, 02 error [MF, DP batch]. */
  readonly result?: number;
}

/**
 * The card data of a message; undefined where it carries none.
 * @param mask How many digits of a card number the reader leaves, where that is known (properties 1.1.2.2.1.3 and .4).
 * @throws {MmsError} when it says that it carries some and they are not whole.
 */
export function readCardData(message: MmsMessage, mask?: TrackMask): CardData | undefined {
  const container = readCardContainer(message);
  if (!container) return undefined;
  const facts = factsOf(container.tlv, mask);
  return { ...container, ...facts, entryMode: entryModeOf(container.via, facts) };
}

/** What a blob says, apart from how the card was read. */
export type CardBlob = Omit<CardData, 'kind' | 'via' | 'entryMode'>;

/**
 * The parts of a blob that begins with its two length bytes.
 * @throws {MmsError} when it is not whole; offsets count from its first byte.
 */
export function readBlob(bytes: Uint8Array, mask?: TrackMask): CardBlob {
  const container = readContainer(bytes);
  return { ...container, ...factsOf(container.tlv, mask) };
}

type Facts = Omit<CardData, keyof CardContainer | 'entryMode'>;

function factsOf(tlv: readonly TlvNode[], mask: TrackMask | undefined): Facts {
  const valueOf = (tag: string): Uint8Array | undefined => searchNode(tlv, tag)?.value;
  const byteOf = (tag: string): number => valueOf(tag)?.[0] ?? -1;
  const hexOf = (tag: string): string | undefined => {
    const value = valueOf(tag);
    return value && toHex(value);
  };
  const encrypted = valueOf('DFDF59');
  const maskedPan = maskedPanOf(valueOf, mask);
  const last4 = /[0-9]{4}$/.exec(maskedPan ?? '')?.[0];
  return {
    ...defined('ksn', hexOf('DFDF56')),
    ...defined('encryption', hexOf('DFDF57')),
    ...defined('encrypted', encrypted),
    ...defined('encryptedLength', encrypted?.length),
    ...defined('maskedPan', maskedPan),
    ...defined('last4', last4),
    ...defined(
      'brand',
      brandOf(
        ['4F', '84', '9F06'].map((tag) => hexOf(tag) ?? ''),
        maskedPan ?? '',
      ),
    ),
    ...defined('cardType', (cardTypes as Readonly<Record<number, CardType>>)[byteOf('DFDF52')]),
    ...defined('fallback', (fallbacks as Readonly<Record<number, CardFallback>>)[byteOf('DFDF53')]),
    tracks: readTracks(valueOf),
    ...defined('serviceCode', readServiceCode(valueOf)),
    ...defined('result', valueOf('DFDF1A')?.[0]),
  };
}

/** The card number, masked further where the reader left more than we show. A bad track does not hide a good one. */
function maskedPanOf(
  valueOf: (tag: string) => Uint8Array | undefined,
  mask: TrackMask | undefined,
): string | undefined {
  for (const tag of ['DFDF33', 'DFDF4D', 'DFDF31']) {
    const track = valueOf(tag);
    const place = track && findTrackNumber(track);
    if (!place) continue;
    const number = track.subarray(place.start, place.end);
    const { leading, trailing } = shownDigits(number, mask);
    const digits = String.fromCharCode(...number);
    const hidden = Math.max(0, digits.length - leading - trailing);
    return digits.slice(0, leading) + '*'.repeat(hidden) + digits.slice(leading + hidden);
  }
  return undefined;
}

function entryModeOf(via: CardDataInterface, { cardType, fallback = 'none' }: Facts): EntryMode {
  if (via === 'swipe' && fallback !== 'none') return 'fallback';
  return via === 'contactless' && cardType === 'contactless-stripe' ? cardType : via;
}

const defined = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
