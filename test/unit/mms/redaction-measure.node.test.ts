/** Redaction measured in small; `npm run measure:redaction` does it in large. */
import { expect, test } from 'vitest';
import { redactText } from '../../../src/mms/redact.js';
import { isLeft, isOwnText, logLines, placement, randomFrom } from '../../../tools/redaction-corpus.mjs';

test('at most two in a hundred log lines without card data are changed, and none of our own texts', () => {
  const lines = logLines(480, 7);
  const changed = lines.filter((line) => redactText(line) !== line);
  expect(changed.length).toBeLessThanOrEqual(lines.length * 0.02);
  expect(changed.filter(isOwnText)).toEqual([]);
});

test('no test number is left, wherever it was placed', () => {
  const random = randomFrom(7);
  const left: string[] = [];
  for (let at = 0; at < 1500; at++) {
    const { number, text } = placement(at, random);
    const redacted = redactText(text);
    expect(redacted).toHaveLength(text.length);
    if (isLeft(redacted, number)) left.push(text);
    expect(redactText(redacted)).toBe(redacted);
  }
  expect(left).toEqual([]);
});

test.each([
  [12, 1 / 15],
  [14, 1 / 15],
  [16, 1 / 15],
  [19, 1 / 7],
])('of random numbers of %i digits few are taken for card numbers', (length, most) => {
  const random = randomFrom(length);
  const numbers = Array.from({ length: 2000 }, () =>
    Array.from({ length }, () => String(Math.floor(random() * 10))).join(''),
  );
  expect(numbers.filter((digits) => redactText(digits) !== digits).length).toBeLessThan(numbers.length * most);
});
