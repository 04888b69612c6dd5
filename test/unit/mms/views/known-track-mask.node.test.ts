import { describe, expect, test } from 'vitest';
import { toMessage } from '../../../../src/mms/encode.js';
import { parseHex } from '../../../../src/mms/hex.js';
import type { MmsResponse } from '../../../../src/mms/message.js';
import { KnownTrackMask } from '../../../../src/mms/views/known-track-mask.js';

const LEADING = 'C3';
const TRAILING = 'C4';

/** An answer with the value of a property of the masked card number, 1.1.2.2.1.x [MG p9]. */
const answer = (property: string, value: string): MmsResponse => {
  const length = (value.length / 2).toString(16).padStart(2, '0');
  const payload = [
    { tag: '85', value: Uint8Array.of(1) },
    { tag: '87', value: parseHex('01020201') },
    { tag: '89', value: parseHex(`${property}${length}${value}`) },
  ];
  return toMessage({ kind: 'response', reference: 1, id: 0xd101, status: { summary: 0, detail: '000000' }, payload });
};

describe('the digits that masked tracks keep', () => {
  test('are not known before the reader has told one of them', () => {
    expect(new KnownTrackMask().mask).toBeUndefined();
  });

  test.each([
    ['the leading', LEADING, { leading: 6, trailing: 4 }],
    ['the trailing', TRAILING, { leading: 4, trailing: 6 }],
  ])('are the usual ones beside %s that were told', (_, property, expected) => {
    const known = new KnownTrackMask();
    known.learn(answer(property, '06'));
    expect(known.mask).toEqual(expected);
  });

  test.each(['', '0606', '14'])('are not learnt from the value “%s”', (value) => {
    const known = new KnownTrackMask();
    known.learn(answer(LEADING, value));
    expect(known.mask).toBeUndefined();
  });

  test('are not learnt from another property', () => {
    const known = new KnownTrackMask();
    known.learn(answer('C1', '06'));
    expect(known.mask).toBeUndefined();
  });
});
