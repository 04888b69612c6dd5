/**
 * Types for what a reader reports of a card, and for the encrypted data that it sends of it.
 */
import type { TlvNode } from '../mms/tlv.js';

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
}

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
  /** At most the first six and last four digits; empty where the reader sent none. */
  readonly maskedPan: string;
  /** Key serial number of the encrypted data, in hexadecimal. */
  readonly ksn: string;
  /** Encryption type byte, in hexadecimal; its bits are not published. */
  readonly encryption: string;
}
