/**
 * The encrypted PIN block that a reader sends when a PIN was entered (notification 0205) [PJ].
 * The PIN itself never leaves the reader; this view decrypts nothing.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { searchNode } from '../tlv.js';
import { PIN_COMPLETE } from '../tables/numbers.js';

export interface PinData {
  /** DF71: format of the PIN block, 0 for ISO 9564 format 0; absent where the reader does not say. */
  readonly blockFormat?: number;
  /** Value of tag 99: the encrypted PIN block. Sensitive: it goes to the host and nowhere else. */
  readonly block: Uint8Array;
  /** DFDF41: key serial number of the block, in hexadecimal; empty where the reader sent none. */
  readonly ksn: string;
  /** DFDF42: encryption type, one byte in hexadecimal; its bits are not published. Empty where the reader sent none. */
  readonly encryption: string;
}

/** The PIN data; undefined for other messages and where the reader sent none: nobody entered a PIN, for example. */
export function readPin(message: MmsMessage): PinData | undefined {
  if (message.kind !== 'notification' || message.id !== PIN_COMPLETE) return undefined;
  const container = searchNode(message.payload, 'F5')?.children;
  const block = container && searchNode(container, '99')?.value;
  if (!container || !block || block.length === 0) return undefined;
  const hexOf = (tag: string): string => toHex(searchNode(container, tag)?.value ?? new Uint8Array(0));
  const blockFormat = searchNode(container, 'DF71')?.value[0];
  return {
    ...(blockFormat === undefined ? {} : { blockFormat }),
    block,
    ksn: hexOf('DFDF41'),
    encryption: hexOf('DFDF42'),
  };
}
