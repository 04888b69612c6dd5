/** The unique id of an NFC tag. */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { toHex } from '../../../../src/mms/hex.js';
import { readUid } from '../../../../src/mms/views/uid.js';
import { errorOf } from '../../../support/error-of.js';

const withPayload = (payload: string): string => `AA00810483000101820420080402${payload}`;

describe('the unique id', () => {
  test('is the value of the first object in the inner tag 84, whatever its tag', () => {
    const uid = readUid(decodeMessage(withPayload('840E0101840ADF790704A1B2C3D4E5F6')));
    expect(toHex(uid ?? new Uint8Array(0))).toBe('04A1B2C3D4E5F6');
  });

  test('is none in other messages', () => {
    expect(readUid(decodeMessage('AA00810483000101820410010200'))).toBeUndefined();
    expect(readUid(decodeMessage('AA0081040113100884021008'))).toBeUndefined();
  });

  test.each(['', '84020101', '840401018400'])('is an error where it is announced and missing: “%s”', (payload) => {
    expect(errorOf(() => readUid(decodeMessage(withPayload(payload))))).toMatchObject({ code: 'bad-payload' });
  });
});
