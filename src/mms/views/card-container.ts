/**
 * The container of card data in notification 0101: what surrounds the encrypted part of an ARQC or a batch.
 * It does not know what the objects inside say.
 */
import { MmsError } from '../error.js';
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { TRANSACTION_INFORMATION } from '../tables/numbers.js';
import { decodeTlv, findNode, type TlvNode } from '../tlv.js';

/** How the card was read. */
export type CardDataInterface = 'contact' | 'contactless' | 'swipe' | 'manual';

export interface CardContainer {
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
}

/** Names of notifications that carry card data: the interface, and their kind [DP 0101, PJ]. */
const NAME = /^(manual|msr|contact|contactless)-(arqc|batch)$/;

export const LENGTH_BYTES = 2;
export const MAC_BYTES = 4;

/**
 * The container that a message carries; undefined where it carries none.
 * @throws {MmsError} when it says that it carries some and they are not whole.
 */
export function readCardContainer(message: MmsMessage): CardContainer | undefined {
  if (message.kind !== 'notification' || message.id !== TRANSACTION_INFORMATION) return undefined;
  const [, via, kind] = NAME.exec(message.name) ?? [];
  if (!kind) return undefined;
  const blob = message.payload.find(({ tag }) => tag === '84')?.value;
  if (!blob) throw new MmsError('bad-payload', 0, 'the card data (inner tag 84) are missing');
  return {
    kind: kind as CardContainer['kind'],
    via: via === 'msr' ? 'swipe' : (via as CardDataInterface),
    ...readContainer(blob),
  };
}

/**
 * The parts of a blob that begins with its two length bytes.
 * @throws {MmsError} when it is not whole; offsets count from its first byte.
 */
export function readContainer(bytes: Uint8Array): Omit<CardContainer, 'kind' | 'via'> {
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

  return {
    tlv,
    bytes,
    mac: bytes.subarray(bytes.length - MAC_BYTES),
    padding: bytes.length - end - MAC_BYTES,
    serialNumber: serialText(findNode(tlv, 'F9/DFDF25')?.value),
  };
}

/** A serial number as text where it is printable, else in hexadecimal. */
function serialText(value: Uint8Array | undefined): string {
  if (!value) return '';
  const text = String.fromCharCode(...value).replace(/\0+$/, '');
  return /^[\x20-\x7e]+$/.test(text) ? text : toHex(value);
}
