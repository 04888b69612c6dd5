/**
 * The kind of keys that a reader holds: those of production, or those for tests. The answer to EF11 begins in A2/82 with P or T [PJ].
 */
import type { MmsMessage } from '../message.js';
import { KEY_INFORMATION } from '../tables/numbers.js';
import { findNode } from '../tlv.js';

export type KeyStatus = 'production' | 'test';

const statuses: Readonly<Record<number, KeyStatus>> = { 0x50: 'production', 0x54: 'test' };

/** Undefined for other messages, refusals, and what no source explains. */
export function readKeyStatus(message: MmsMessage): KeyStatus | undefined {
  if (message.kind !== 'response' || message.id !== KEY_INFORMATION || !message.status.ok) return undefined;
  const [first] = findNode(message.payload, 'A2/82')?.value ?? [];
  return first === undefined ? undefined : statuses[first];
}
