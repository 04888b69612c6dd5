/**
 * The card data of an ARQC or a batch, read from notification 0101 (section 7 of the protocol reference).
 * It decrypts nothing; what it gives is what the reader sent in clear around the encrypted part.
 */
import { MmsError } from '../error.js';
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { decodeTlv, findTlv, searchTlv, type TlvNode } from '../tlv.js';
import { TRANSACTION_INFORMATION } from '../tables/numbers.js';

/** How the card was read. */
export type CardDataInterface = 'contact' | 'contactless' | 'swipe' | 'manual';

export interface CardData {
  readonly kind: 'arqc' | 'batch';
  readonly via: CardDataInterface;
  /** The container F9 as a tree. */
  readonly tlv: readonly TlvNode[];
  /** The whole blob as gateways expect it: two length bytes, F9, padding, MAC. */
  readonly bytes: Uint8Array;
  /** The last four bytes [DP ARQC]. */
  readonly mac: Uint8Array;
  /** Bytes between F9 and the MAC. */
  readonly padding: number;
  /** DFDF25, as text where it is text, else hexadecimal; empty where it is missing. */
  readonly serialNumber: string;
  /** DFDF56, key serial number of the encrypted data, in hexadecimal. */
  readonly ksn?: string;
  /** DFDF57, one byte in hexadecimal; its bits are not published. */
  readonly encryption?: string;
  /** DFDF59, how many bytes are encrypted. */
  readonly encryptedLength?: number;
  /** At most the first six and last four digits of the card number, the others as `*`. */
  readonly maskedPan?: string;
  /** DFDF52. */
  readonly cardType?: number;
  /** DFDF53. */
  readonly fallback?: number;
  /** DFDF1A of a batch: 00 accept, 01 decline, 02 error [MF, DP batch]. */
  readonly result?: number;
}

/** First byte of the detail code [DP 0101, PJ]. */
const interfaces: Readonly<Record<number, CardDataInterface>> = {
  0x07: 'manual',
  0x08: 'swipe',
  0x10: 'contact',
  0x20: 'contactless',
};

/** The other three bytes of the detail code [DP 0101, PJ]. */
const kinds: Readonly<Record<string, CardData['kind']>> = { '080202': 'arqc', '080302': 'batch' };

const LENGTH_BYTES = 2;
const MAC_BYTES = 4;
const SHOWN_FIRST = 6;
const SHOWN_LAST = 4;

/**
 * The card data of a message; undefined where it carries none.
 * @throws {MmsError} when it says that it carries some and they are not whole.
 */
export function readCardData(message: MmsMessage): CardData | undefined {
  if (message.kind !== 'notification' || message.id !== TRANSACTION_INFORMATION) return undefined;
  const via = interfaces[message.detail[0] as number];
  const kind = kinds[toHex(message.detail).slice(2)];
  if (!via || !kind) return undefined;
  const blob = message.payload.find(({ tag }) => tag === '84')?.value;
  if (!blob) throw new MmsError('bad-payload', 0, 'the card data (inner tag 84) are missing');
  return { kind, via, ...readBlob(blob) };
}

/**
 * The parts of a blob that begins with its two length bytes.
 * @throws {MmsError} when it is not whole; offsets count from its first byte.
 */
export function readBlob(bytes: Uint8Array): Omit<CardData, 'kind' | 'via'> {
  const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const end = LENGTH_BYTES + length;
  if (bytes.length < end + MAC_BYTES) {
    throw new MmsError(
      'truncated',
      0,
      `the card data declare ${String(length)} bytes and a MAC, ${String(bytes.length)} are there`,
    );
  }
  const tlv = decodeTlv(bytes.subarray(LENGTH_BYTES, end));
  if (tlv.length !== 1 || tlv[0]?.tag !== 'F9')
    throw new MmsError('bad-payload', LENGTH_BYTES, 'the card data are not one object F9');

  const valueOf = (tag: string): Uint8Array | undefined => searchTlv(tlv, tag)?.value;
  const byteOf = (tag: string): number | undefined => valueOf(tag)?.[0];
  const hexOf = (tag: string): string | undefined => {
    const value = valueOf(tag);
    return value && toHex(value);
  };
  const track = valueOf('DFDF33') ?? valueOf('DFDF4D') ?? valueOf('DFDF31');
  return {
    tlv,
    bytes,
    mac: bytes.subarray(bytes.length - MAC_BYTES),
    padding: bytes.length - end - MAC_BYTES,
    serialNumber: serialText(findTlv(tlv, 'F9/DFDF25')?.value),
    ...defined('ksn', hexOf('DFDF56')),
    ...defined('encryption', hexOf('DFDF57')),
    ...defined('encryptedLength', valueOf('DFDF59')?.length),
    ...defined('maskedPan', track && maskedPan(track)),
    ...defined('cardType', byteOf('DFDF52')),
    ...defined('fallback', byteOf('DFDF53')),
    ...defined('result', byteOf('DFDF1A')),
  };
}

/** A serial number as text where it is printable, else in hexadecimal. */
function serialText(value: Uint8Array | undefined): string {
  if (!value) return '';
  const text = String.fromCharCode(...value).replace(/\0+$/, '');
  return /^[\x20-\x7e]+$/.test(text) ? text : toHex(value);
}

/** The card number of a masked track 1 or 2 (12 to 19 digits), masked further where the reader left more than we show. */
function maskedPan(track: Uint8Array): string | undefined {
  const pan = /^(?:;|%?B)([0-9*]{12,19})[=^]/.exec(String.fromCharCode(...track))?.[1];
  if (pan === undefined) return undefined;
  const last = pan.slice(-SHOWN_LAST);
  const first = pan.slice(0, SHOWN_FIRST);
  return first + '*'.repeat(pan.length - first.length - last.length) + last;
}

const defined = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
