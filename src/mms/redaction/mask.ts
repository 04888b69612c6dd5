/** The mask that replaces a hidden value. */
import type { TlvNode } from '../tlv.js';

/**
 * The byte that hidden bytes become: `*`. It shows as hidden in a dump of text and of hexadecimal, it is not a digit, and as two
 * halves (2 and A) it cannot join packed digits to a number. Lengths stay, because only values of primitive objects change.
 */
export const MASK = 0x2a;

/** Hides a whole value. */
export function mask(value: Uint8Array): void {
  value.fill(MASK);
}

/** Hides all values of objects, at any depth. */
export function maskAll(nodes: readonly TlvNode[]): void {
  for (const { value, children } of nodes) {
    if (children === undefined) mask(value);
    else maskAll(children);
  }
}
