import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesOf, containsCardNumber, findCardDigits, passesLuhn } from '../../../src/mms/luhn.js';
import { cardNumber } from '../../support/card-number.js';

/** The text with every hidden digit as `*`. */
function hide(text: string, isPacked = false): string {
  const marks = findCardDigits(codesOf(text), isPacked);
  return Array.from(text, (character, at) => (marks?.[at] === 1 ? '*' : character)).join('');
}

describe('passesLuhn', () => {
  test.each(['4111111111111111', '5555555555554444', '378282246310005', '4222222222222', '0', '18'])(
    '%s does',
    (digits) => {
      expect(passesLuhn(digits)).toBe(true);
    },
  );

  test.each(['4111111111111112', '1', '', '4111 1111 1111 1111', 'abc', '41111111111111١١'])('%j does not', (text) => {
    expect(passesLuhn(text)).toBe(false);
  });
});

describe('card numbers in text', () => {
  test.each([
    ['4111111111111111', '411111******1111'],
    ['4222222222222', '422222***2222'],
    ['6304000000000000018', '630400*********0018'],
    ['4111 1111 1111 1111', '4111 11** **** 1111'],
    ['4111-1111-1111-1111', '4111-11**-****-1111'],
    ['4111.1111/1111_1111', '4111.11**/****_1111'],
    ['4111 - 1111 - 1111 - 1111', '4111 - 11** - **** - 1111'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '4 1 1 1 1 1 * * * * * * 1 1 1 1'],
    ['4111|1111|1111|1111', '4111|11**|****|1111'],
    ['4111+1111+1111+1111', '4111+11**+****+1111'],
    ['"4111","1111","1111","1111"', '"4111","11**","****","1111"'],
    ['4111    1111    1111    1111', '4111    11**    ****    1111'],
    ['3782 822463 10005', '3782 82**** *0005'],
    ['4222 222 222 222', '4222 22* ** 2222'.replace('22* ** 2222', '22* **2 222')],
    ['503396198909 17', '503396****** 17'.replace('****** 17', '****09 17')],
    ['500000000009', '500000**0009'],
    ['6767 7000 0005', '6767 70** 0005'],
    ['pan=4111111111111111;', 'pan=411111******1111;'],
    ['x5555555555554444y4111111111111111z', 'x555555******4444y411111******1111z'],
  ])('%s is hidden but for 6 and 4 digits', (text, hidden) => {
    expect(containsCardNumber(text)).toBe(true);
    expect(hide(text)).toBe(hidden);
  });

  test.each([
    '',
    'no digits',
    '9640562241549909',
    '411111111111',
    '4111 1111                  1111 1111',
    '192.168.69.58:45680',
    '2026-11-28 20:25:38.123',
    '2026-11-28T20:25:38.123Z',
    '354412345678910',
    '1795897538123',
    '1.3.6.1.4.1.15113',
    '41, 5555, 1, 1234567, 22222, 333',
    '4111111a111111111',
    '0000000000000000000',
    '2026-11-23T07:02:15Z',
    '411111******1111',
  ])('%j is left alone', (text) => {
    expect(containsCardNumber(text)).toBe(false);
    expect(hide(text)).toBe(text);
  });

  test.each([
    ['alone', '5018000000000017', '501800******0017'],
    ['filled up with zeros', '0000213111111111116000', '0000213111*****1116000'],
    ['in a longer run with a typical beginning', '9841111111111111112712', '98411111******11112712'],
    ['in a run that may be one number', '141111111111111112', '1411111******11112'],
  ])('is found %s', (_, text, hidden) => {
    expect(hide(text)).toBe(hidden);
  });

  test('finds a number in packed digits at any place', () => {
    fc.assert(
      fc.property(
        cardNumber,
        fc.stringMatching(/^[0-9]{0,30}$/),
        fc.stringMatching(/^[0-9]{0,30}$/),
        (pan, before, after) => {
          const hidden = hide(before + pan + after, true);
          expect(hidden.slice(before.length + 6, before.length + pan.length - 4)).toMatch(/^\*+$/);
        },
      ),
    );
  });

  test('does not join digits across letters', () => {
    expect(containsCardNumber('4111111A111111111')).toBe(false);
  });

  test('takes time in proportion to the length', () => {
    const time = (length: number): number => {
      const text = '1'.repeat(length);
      const start = performance.now();
      containsCardNumber(text);
      return performance.now() - start;
    };
    time(100_000);
    const times = Array.from({ length: 5 }, () => time(1_000_000));
    // 40 ms on a slow machine; a method that looks at every pair of places would take hours.
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});
