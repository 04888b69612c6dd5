/** The readers that a sale has switched on, and how the reader asks for a card with them. */
import type { MmsRequest } from '../mms/message.js';
import { findNode } from '../mms/tlv.js';
import { TEXTS } from './sale-codes.js';

export interface EnabledReaders {
  readonly swipe: boolean;
  readonly contact: boolean;
  readonly contactless: number;
  readonly manual: boolean;
  readonly barcode: boolean;
}

/** Those that command 1001 names. */
export function enabledReaders({ payload }: MmsRequest): EnabledReaders {
  const byte = (path: string): number => findNode(payload, path)?.value[0] ?? 0;
  return {
    swipe: byte('A3/81') !== 0,
    contact: byte('A3/82') !== 0,
    contactless: byte('A3/83'),
    manual: findNode(payload, 'A3/84')?.value.some((each) => each !== 0) ?? false,
    barcode: byte('A3/85') !== 0,
  };
}

/** What the reader asks for, in the words of its own list. */
export function invitation({ swipe, contact, contactless, manual }: EnabledReaders): string {
  const ways = [contactless !== 0 ? 'TAP' : '', contact ? 'INSERT' : '', swipe ? 'SWIPE' : ''].filter(
    (way) => way !== '',
  );
  if (ways.length === 3) return 'TAP, INSERT or SWIPE CARD';
  if (ways.length === 0 && manual) return TEXTS.typeCard;
  return ways.length === 0 ? 'PRESENT CARD' : `${ways.join(' or ')} CARD`;
}
