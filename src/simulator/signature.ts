/**
 * The file of a captured signature [PJ].
 */
import { parseHex } from '../mms/hex.js';
import { encodeTlv } from '../mms/tlv.js';
import { SIGNATURE_FILE } from './unconfirmed.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width and height of the field, the default of the vendor's demo [PJ]. */
const FIELD = '000000FD00000078';
const PEN_UP = [0xff, 0xff, 0xff, 0xff];

/** The file: eight letters, its id, and the strokes with the pen lifted between them. */
export function signatureFile(strokes: readonly (readonly Point[])[]): Uint8Array {
  const points = strokes.flatMap((stroke) => [
    ...stroke.flatMap(({ x, y }) => [x >> 8, x & 0xff, y >> 8, y & 0xff]),
    ...PEN_UP,
  ]);
  const body = encodeTlv([
    { tag: 'C1', value: parseHex(SIGNATURE_FILE) },
    {
      // Primitive by its number, though it holds objects.
      tag: 'CE',
      value: encodeTlv([
        { tag: '81', value: parseHex(FIELD) },
        { tag: '82', value: Uint8Array.from(points) },
      ]),
    },
  ]);
  return Uint8Array.of(...new TextEncoder().encode('MGTKAP10'), ...body);
}
