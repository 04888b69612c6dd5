/**
 * The buttons for a tip, in a start (A4/81) and in property 1.1.1.1.2.2: a mode, and six times a kind with an amount or a percentage
 * of up to six digits [PJ]. Together their zeros and digits look like the packed digits of card numbers.
 */

export const LENGTH = 31;

/** The highest value of each byte, by its index modulo 5: last digits of a button (or the mode), kind, zeros, first digits (2 bytes). */
const MOST = [0xff, 0x03, 0x00, 0xff, 0xff] as const;

/** Whether a value has that form. */
export const isTip = (value: Uint8Array): boolean =>
  value.length === LENGTH && value.every((byte, at) => byte <= (MOST[at % MOST.length] as number));
