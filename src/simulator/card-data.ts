/**
 * ARQC and batch of a test card, well-formed to the last byte (section 7 of the protocol reference).
 * It does not know how things are encrypted.
 */
import { parseHex } from '../mms/hex.js';
import { decodeTlv, encodeTlv, findTlv, type TlvInput } from '../mms/tlv.js';
import { wholeBlocks, type CardEncryption, type TransactionKey } from './encryption.js';
import { ENCRYPTION_TYPE, MAC_ENCRYPTION_TYPE, TECHNICAL_FALLBACK } from './unconfirmed.js';
import type { SeededRandom } from './random.js';
import type { TestCard } from './test-cards.js';

/** First byte of the detail codes of notification 0101 [DP 0101, PJ]. */
export const technologies = { contact: 0x10, contactless: 0x20, swipe: 0x08 } as const;

/** How a card is read. */
export type CardWay = keyof typeof technologies;

/** DFDF52: stripe card, stripe card that has a chip, contact chip [PJ, DP]; contactless chip [DP ARQC]. */
const cardTypes = { stripe: 0x01, stripeWithChip: 0x07, contact: 0x05, contactless: 0x06 } as const;

/** Results in DFDF1A [MF, DP batch]. */
export const batchResults = { accept: 0x00, decline: 0x01, error: 0x02 } as const;

const LENGTH_BYTES = 2;
const MAC_BYTES = 4;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const object = (tag: string, ...bytes: number[]): TlvInput => ({ tag, value: Uint8Array.from(bytes) });

/** One reading of a card. */
export interface Reading {
  readonly card: TestCard;
  readonly way: CardWay;
  /** The stripe is read because the chip does not work. */
  readonly isFallback: boolean;
  /** Objects of the command that started the sale, such as the amount (tag 86). */
  readonly terms: Uint8Array;
}

export interface CardDataTools {
  readonly serialNumber: string;
  readonly random: SeededRandom;
  readonly encryption: CardEncryption;
}

/** Card data for the host; undefined where there is no key to encrypt them with. */
export function arqcBlob(reading: Reading, tools: CardDataTools): Uint8Array | undefined {
  const { card, way, isFallback } = reading;
  return blob(tools, (key) => [
    {
      tag: '70',
      children: [
        object('DFDF53', isFallback ? TECHNICAL_FALLBACK : 0x00),
        { tag: way === 'swipe' ? 'DFDF33' : 'DFDF4D', value: ascii(maskedTrack2(card)) },
        object('DFDF52', cardType(card, way)),
        { tag: 'F8', children: encrypted(clearText(reading, tools.random), key) },
      ],
    },
  ]);
}

/** What a reader keeps of a finished sale; undefined where there is no key to encrypt it with. */
export function batchBlob(reading: Reading, result: number, tools: CardDataTools): Uint8Array | undefined {
  const results: TlvInput = { tag: 'F1', children: [object('DFDF1A', result), object('DFDF1B', 0x00)] };
  return blob(tools, (key) => [
    { tag: 'F0', children: [results, { tag: 'F8', children: encrypted(clearText(reading, tools.random), key) }] },
  ]);
}

/** Length, F9, zeros up to a whole block, MAC. The length counts F9 alone [DP ARQC, DM p26]. */
function blob(tools: CardDataTools, data: (key: TransactionKey) => readonly TlvInput[]): Uint8Array | undefined {
  const key = tools.encryption();
  if (!key) return undefined;
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF54', value: key.ksn },
        object('DFDF55', MAC_ENCRYPTION_TYPE),
        { tag: 'DFDF25', value: ascii(tools.serialNumber) },
        { tag: 'FA', children: data(key) },
      ],
    },
  ]);
  const padded = Math.ceil((LENGTH_BYTES + f9.length) / key.blockBytes) * key.blockBytes;
  const bytes = new Uint8Array(padded + MAC_BYTES);
  bytes.set([f9.length >> 8, f9.length & 0xff]);
  bytes.set(f9, LENGTH_BYTES);
  bytes.set(key.mac(bytes.subarray(0, padded)).slice(0, MAC_BYTES), padded);
  return bytes;
}

/** Whole blocks, with the key serial number and the number of bytes added [DP, DM p26]. */
function encrypted(clear: Uint8Array, key: TransactionKey): TlvInput[] {
  const padded = wholeBlocks(clear, key.blockBytes);
  return [
    { tag: 'DFDF59', value: key.encryptData(padded) },
    { tag: 'DFDF56', value: key.ksn },
    object('DFDF57', ENCRYPTION_TYPE),
    object('DFDF58', padded.length - clear.length),
  ];
}

/** What is encrypted: the objects of the card and of the sale in a container FC [DM p26, EMV Book 3]. */
function clearText({ card, way, terms }: Reading, random: SeededRandom): Uint8Array {
  const track: TlvInput = { tag: '57', value: packed(`${card.pan}D${card.expiry}${card.serviceCode}0000000000`) };
  const chip: TlvInput[] =
    way === 'swipe'
      ? []
      : [
          { tag: '5A', value: packed(card.pan) },
          { tag: '5F24', value: parseHex(`${card.expiry}31`) },
          object('5F34', 0x00),
          { tag: '84', value: parseHex(card.applications[0]?.aid ?? '') },
          object('82', 0x19, 0x80),
          object('95', 0x00, 0x00, 0x00, 0x80, 0x00),
          object('9F27', 0x80),
          { tag: '9F26', value: random.bytes(8) },
          { tag: '9F36', value: random.bytes(2) },
          { tag: '9F37', value: random.bytes(4) },
          { tag: '9F10', value: parseHex('06011203A00000') },
        ];
  return encodeTlv([{ tag: 'FC', children: [track, ...chip, ...termsOf(terms)] }]);
}

/** The objects of the sale that a card is asked about; what is no list is left out. */
function termsOf(terms: Uint8Array): readonly TlvInput[] {
  try {
    const list = decodeTlv(terms);
    return ['9C', '9F02', '9F03', '5F2A'].flatMap((tag) => findTlv(list, tag) ?? []);
  } catch {
    return [];
  }
}

/** Digits two a byte, filled up with F [EMV Book 3, cn]. */
const packed = (digits: string): Uint8Array => parseHex(digits.length % 2 === 0 ? digits : `${digits}F`);

function cardType(card: TestCard, way: CardWay): number {
  if (way !== 'swipe') return cardTypes[way];
  return /^[26]/.test(card.serviceCode) ? cardTypes.stripeWithChip : cardTypes.stripe;
}

/** Track 2 with zeros for all but the first four and last four digits of the number, as in the protocol page's example. */
function maskedTrack2({ pan, expiry, serviceCode }: TestCard): string {
  const masked = pan.slice(0, 4) + '0'.repeat(pan.length - 8) + pan.slice(-4);
  return `;${masked}=${expiry}${serviceCode}${'0'.repeat(13)}?`;
}
