/** An ARQC of the size that readers send, for a key serial number. */
import { encodeTlv, parseHex, toHex } from '../../dist/mms/index.js';

const SERIAL = new TextEncoder().encode('B571AF2');
const ENCRYPTED = new Uint8Array(400).fill(0x5a);

/** @param {string} ksn */
export function arqcOf(ksn) {
  const number = parseHex(ksn);
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF54', value: number },
        { tag: 'DFDF25', value: SERIAL },
        {
          tag: 'FA',
          children: [
            {
              tag: '70',
              children: [
                {
                  tag: 'F8',
                  children: [
                    { tag: 'DFDF59', value: ENCRYPTED },
                    { tag: 'DFDF56', value: number },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
  return toHex(Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0));
}
