/** Reads the result of a finished sale from its batch. */
import { findNode } from '../mms/tlv.js';
import type { CardDataDetail } from './card.js';

/** DFDF1A of a batch [MF, DP batch]. */
export const batchResults = { accept: 0x00, decline: 0x01, error: 0x02 } as const;

/** DFDF1A of a batch; undefined where it has none. Its place differs between descriptions. */
export function batchResult({ tlv }: CardDataDetail): number | undefined {
  const node = findNode(tlv, 'F9/FA/F0/F1/DFDF1A') ?? findNode(tlv, 'F9/FA/F0/DFDF1A') ?? findNode(tlv, 'F9/FA/DFDF1A');
  return node?.value[0];
}
