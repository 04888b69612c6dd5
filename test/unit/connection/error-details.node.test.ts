/** Details of errors in all languages: the same codes and the same values; and how they are made in English. */
import { expect, test } from 'vitest';
import type { DetailCode } from '../../../src/connection/detail-code.js';
import { detailed, errorDetails } from '../../../src/connection/error-details.js';
import { rareDetailed, rareDetails } from '../../../src/connection/rare-details.js';
import { tagDetails } from '../../../src/connection/tag-details.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { french } from '../../../src/language/french.js';
import { german } from '../../../src/language/german.js';
import { spanish } from '../../../src/language/spanish.js';

const english = { ...errorDetails, ...rareDetails, ...tagDetails };
const codes = Object.keys(english) as (keyof typeof english)[];
const placesIn = (text: string): string[] => [...text.matchAll(/\{[^}]*\}/g)].map(([place]) => place).sort();

test.each(Object.entries({ german, french, spanish }))('%s details have the values of the English ones', (_, words) => {
  for (const code of codes) expect(placesIn(words[`detail.${code}`]), code).toEqual(placesIn(english[code]));
});

test('every language has the same details', () => {
  const detailsOf = (words: object): string[] => Object.keys(words).filter((key) => key.startsWith('detail.'));
  expect(detailsOf(french).sort()).toEqual(detailsOf(german).sort());
  expect(detailsOf(spanish).sort()).toEqual(detailsOf(german).sort());
});

test('a detail is its template with the values, and the same as data', () => {
  const error = new ReaderError('unreachable', detailed('reader-silent', { device: 'Shop/{id}' }));
  expect(error.detail).toBe('The reader Shop/{id} did not answer a question.');
  expect(error.message).toBe(`${error.summary} ${error.detail}`);
  expect(error.because).toEqual({ code: 'reader-silent', values: { device: 'Shop/{id}' } });
});

test('a close frame without a text leaves no space behind', () => {
  const { detail } = detailed('ended-by-reader', { code: '1000', text: '' });
  expect(detail).toBe('The reader ended it (close code 1000).');
});

test('the compiler reports a forgotten value, a superfluous one and an unknown code', () => {
  // @ts-expect-error It has a value.
  detailed('host');
  // @ts-expect-error It has no values.
  rareDetailed('no-pin', { pin: '' });
  // @ts-expect-error No code of that name.
  const code: DetailCode = 'no-such-code';
  expect(codes).not.toContain(code);
});
