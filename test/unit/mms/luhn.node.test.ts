import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BREAK, containsCardNumber, HIDDEN, hideCardDigits, passesLuhn, textSymbols } from '../../../src/mms/luhn.js';
import { cardNumber } from '../../support/card-number.js';

/** The text with every hidden digit as `*`. */
function hide(text: string): string {
  const symbols = textSymbols(text);
  hideCardDigits(symbols);
  return Array.from(text, (character, at) => (symbols[at] === HIDDEN ? '*' : character)).join('');
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
    '4111 1111    1111 1111',
    '4111111a111111111',
    '0000000000000000000',
    '2026-11-23T07:02:15Z',
    '411111******1111',
  ])('%j is left alone', (text) => {
    expect(containsCardNumber(text)).toBe(false);
    expect(hide(text)).toBe(text);
  });

  test('finds a number at any place inside more digits', () => {
    fc.assert(
      fc.property(
        cardNumber,
        fc.stringMatching(/^[0-9]{0,30}$/),
        fc.stringMatching(/^[0-9]{0,30}$/),
        (pan, before, after) => {
          const hidden = hide(before + pan + after);
          expect(hidden.slice(before.length + 6, before.length + pan.length - 4)).toMatch(/^\*+$/);
          expect(containsCardNumber(hidden)).toBe(false);
        },
      ),
    );
  });

  test('hides what the plain method finds, and nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{10,45}$/), (digits) => {
        const expected = Array.from(digits);
        for (let from = 0; from < digits.length; from++) {
          for (let to = from + 13; to <= Math.min(from + 19, digits.length); to++) {
            const run = digits.slice(from, to);
            if (passesLuhn(run) && /[1-9]/.test(run)) expected.fill('*', from + 6, to - 4);
          }
        }
        expect(hide(digits)).toBe(expected.join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('does not join digits across a break', () => {
    const symbols = Uint8Array.from([4, 1, 1, 1, 1, 1, 1, BREAK, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(hideCardDigits(symbols)).toBe(false);
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
