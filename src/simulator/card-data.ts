/**
 * ARQC and batch of a test card, well-formed to the last byte (section 7 of the protocol reference).
 * What a reader would encrypt is seeded noise here: there are no keys, and the MAC is noise too.
 */
import { parseHex } from '../mms/hex.js';
import { encodeTlv, type TlvInput } from '../mms/tlv.js';
import type { SeededRandom } from './random.js';
import type { TestCard } from './test-cards.js';

/** First byte of the detail codes of notification 0101 [DP 0101, PJ]. */
export const technologies = { contact: 0x10, contactless: 0x20, swipe: 0x08 } as const;

/** How a card is read. */
export type CardWay = keyof typeof technologies;

/** DFDF52: stripe card, stripe card that has a chip, contact chip [PJ, DP]; contactless is made up. */
const cardTypes = { stripe: 0x01, stripeWithChip: 0x07, contact: 0x05, contactless: 0x06 } as const;

/** Results in DFDF1A [MF, DP batch]. */
export const batchResults = { accept: 0x00, decline: 0x01, error: 0x02 } as const;

const BLOCK = 8;
const LENGTH_BYTES = 2;
const MAC_BYTES = 4;
const KSN_BYTES = 10;
/** Bytes of clear text that the noise stands for. */
const ARQC_CLEAR_TEXT = 219;
const BATCH_CLEAR_TEXT = 140;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const object = (tag: string, ...bytes: number[]): TlvInput => ({ tag, value: Uint8Array.from(bytes) });

/** Card data for the host. */
export function arqcBlob(card: TestCard, way: CardWay, serialNumber: string, random: SeededRandom): Uint8Array {
  return blob(serialNumber, random, [
    {
      tag: '70',
      children: [
        object('DFDF53', 0x00),
        { tag: way === 'swipe' ? 'DFDF33' : 'DFDF4D', value: ascii(maskedTrack2(card)) },
        object('DFDF52', cardType(card, way)),
        { tag: 'F8', children: encrypted(ARQC_CLEAR_TEXT, random) },
      ],
    },
  ]);
}

/** What a reader keeps of a finished sale. */
export function batchBlob(result: number, serialNumber: string, random: SeededRandom): Uint8Array {
  const results: TlvInput = { tag: 'F1', children: [object('DFDF1A', result), object('DFDF1B', 0x00)] };
  const sale: TlvInput = { tag: 'F8', children: encrypted(BATCH_CLEAR_TEXT, random) };
  return blob(serialNumber, random, [{ tag: 'F0', children: [results, sale] }]);
}

/** Length, F9, zeros up to a whole block, MAC. The length counts F9 alone [DP ARQC, DM p26]. */
function blob(serialNumber: string, random: SeededRandom, data: readonly TlvInput[]): Uint8Array {
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF54', value: random.bytes(KSN_BYTES) },
        object('DFDF55', 0x82),
        { tag: 'DFDF25', value: ascii(serialNumber) },
        { tag: 'FA', children: data },
      ],
    },
  ]);
  const padded = Math.ceil((LENGTH_BYTES + f9.length) / BLOCK) * BLOCK;
  const bytes = new Uint8Array(padded + MAC_BYTES);
  bytes.set([f9.length >> 8, f9.length & 0xff]);
  bytes.set(f9, LENGTH_BYTES);
  bytes.set(random.bytes(MAC_BYTES), padded);
  return bytes;
}

/** Noise in whole blocks, with the key serial number and the padding that a reader would give. */
function encrypted(clearLength: number, random: SeededRandom): TlvInput[] {
  const length = Math.ceil(clearLength / BLOCK) * BLOCK;
  return [
    { tag: 'DFDF59', value: random.bytes(length) },
    { tag: 'DFDF56', value: random.bytes(KSN_BYTES) },
    object('DFDF57', 0x80),
    object('DFDF58', length - clearLength),
  ];
}

function cardType(card: TestCard, way: CardWay): number {
  if (way !== 'swipe') return cardTypes[way];
  return /^[26]/.test(card.serviceCode) ? cardTypes.stripeWithChip : cardTypes.stripe;
}

/** Track 2 with zeros for all but the first four and last four digits of the number, as in the protocol page's example. */
function maskedTrack2({ pan, expiry, serviceCode }: TestCard): string {
  const masked = pan.slice(0, 4) + '0'.repeat(pan.length - 8) + pan.slice(-4);
  return `;${masked}=${expiry}${serviceCode}${'0'.repeat(13)}?`;
}

/** The bytes of a tag's memory. */
export const tagMemory = (card: TestCard): Uint8Array => parseHex(card.tag?.memory ?? '');
