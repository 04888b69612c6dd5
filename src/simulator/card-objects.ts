/**
 * The EMV objects of one reading of a card, which ARQC, batch and merchant data choose from by their lists of tags.
 * It does not know encryption or messages.
 */
import { cryptogramInformation } from '../mms/emv/cryptogram.js';
import { parseHex } from '../mms/hex.js';
import { findNode, type TlvInput, type TlvNode } from '../mms/tlv.js';
import type { SeededRandom } from './random.js';
import type { TestCard } from './test-cards.js';

/** How a card is read. */
export type CardWay = 'contact' | 'contactless' | 'swipe' | 'manual';

/** Cryptogram information data (9F27) of a card that asks the host, approves and declines. */
export const cryptograms = {
  arqc: cryptogramInformation('ARQC'),
  tc: cryptogramInformation('TC'),
  aac: cryptogramInformation('AAC'),
} as const;

export type Cryptogram = keyof typeof cryptograms;

/** The objects by their tags. */
export type CardObjects = Map<string, Uint8Array>;

/** What is known about the sale and the reader when a card is read. */
export interface SaleTerms {
  /** Objects of the command that started the sale, such as the amount (tag 86). */
  readonly list: readonly TlvNode[];
  /** Year, month and day, six digits. */
  readonly date: string;
  /** Property 1.1.1.1.1.1, reported in 9F1C [DP 1.1.1]. */
  readonly terminalId: Uint8Array;
}

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Digits two a byte, filled up with F [EMV Book 3, cn]. */
const packed = (digits: string): Uint8Array => parseHex(digits.length % 2 === 0 ? digits : `${digits}F`);

/** POS entry mode (9F39; ISO 8583 field 22): 80 is the stripe of a chip card after its chip failed. */
const entryModes = { manual: '01', contact: '05', contactless: '07', swipe: '90', fallback: '80' } as const;

/** The objects of a card that has been read, with the cryptogram with which it asks the host. */
export function cardObjects(
  card: TestCard,
  { way, isFallback }: { readonly way: CardWay; readonly isFallback: boolean },
  { list, date, terminalId }: SaleTerms,
  random: SeededRandom,
): CardObjects {
  const objects: CardObjects = new Map();
  const hex = (tag: string, value: string): unknown => objects.set(tag, parseHex(value));
  for (const tag of ['9C', '9F02', '9F03', '5F2A']) {
    const object = findNode(list, tag);
    if (object) objects.set(tag, object.value);
  }
  hex('9A', date);
  hex('9F1A', '0840');
  hex('9F39', isFallback ? entryModes.fallback : entryModes[way]);
  objects.set('9F1C', terminalId);
  if (way === 'swipe' || way === 'manual') return objects;
  const [application] = card.applications;
  const aid = application?.aid ?? '';
  objects.set('50', ascii(application?.label ?? ''));
  objects.set('57', packed(`${card.pan}D${card.expiry}${card.serviceCode}0000000000`));
  objects.set('5A', packed(card.pan));
  hex('5F24', `${card.expiry}31`);
  hex('5F25', '240101');
  hex('5F34', '00');
  hex('82', '1980');
  hex('84', aid);
  hex('95', '0000008000');
  hex('9F06', aid);
  hex('9F10', '06011203A00000');
  hex('9F33', 'E0F8C8');
  // No verification of the cardholder was needed, and that succeeded.
  hex('9F34', '1F0302');
  hex('9F35', '22');
  objects.set('9F36', random.bytes(2));
  objects.set('9F37', random.bytes(4));
  setCryptogram(objects, 'arqc', random);
  return objects;
}

/** The card makes another cryptogram: it answers, or ends the sale. */
export function setCryptogram(objects: CardObjects, kind: Cryptogram, random: SeededRandom): void {
  if (!objects.has('5A')) return;
  objects.set('9F27', Uint8Array.of(cryptograms[kind]));
  objects.set('9F26', random.bytes(8));
}

/** The objects of a list of tags in the order of the list; those that the card does not have are left out. */
export const chosen = (objects: CardObjects, tags: readonly string[]): TlvInput[] =>
  tags.flatMap((tag) => {
    const value = objects.get(tag);
    return value ? [{ tag, value }] : [];
  });
