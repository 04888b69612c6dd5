/** Regular expressions of the log's search: they find what those of the language find, and no pattern takes long. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, PatternError } from '../../../src/elements/log/pattern.js';

const characters = fc.constantFrom('a', 'b', 'A', '1', ' ', '-', '_');

/** Patterns of everything that there is, nested. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ part: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      '1',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\S',
      '\\b',
      '\\B',
      '^',
      '$',
      '[ab]',
      '[^a1]',
      '[a-c_-]',
      '[\\d\\s]',
      '\\-',
      '\\x61',
      '\\u0062',
    ),
    tie('part').map((inner) => `(${inner})`),
    tie('part').map((inner) => `(?:${inner})`),
  ),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => a + b),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '*?', '+?'))
      .map(([inner, times]) => `(?:${inner})${times}`),
  ),
})).part;

test('a pattern finds what the one of the language finds', () => {
  fc.assert(
    fc.property(pattern, fc.array(characters, { maxLength: 12 }), fc.boolean(), (source, parts, ignoresCase) => {
      const flags = ignoresCase ? 'i' : '';
      let own;
      try {
        own = compilePattern(source, flags);
      } catch (error) {
        expect((error as PatternError).code).toBe('pattern-too-large');
        return;
      }
      const text = parts.join('');
      expect(own(text), `/${source}/${flags} in “${text}”`).toBe(new RegExp(source, flags).test(text));
    }),
    { numRuns: 1500 },
  );
});

test.each([
  '[\\d-a-z]',
  '[\\w-.]',
  '[a-\\d]',
  '[\\s--/]',
  'k',
  's',
  'µ',
  'σ',
  'ǅ',
  'ß',
  '[à-þ]',
  '[^K-S]',
  'a{',
  'a{,2}',
  'x{a}',
  '[^]',
])('a pattern finds each character that the one of the language finds: %s', (source) => {
  for (const flags of ['', 'i']) {
    const [own, wanted] = [compilePattern(source, flags), new RegExp(source, flags)];
    const differ: string[] = [];
    for (let code = 0; code < 0x3000; code++) {
      const text =
        source.startsWith('a{') || source.startsWith('x{')
          ? source.replace('a', String.fromCharCode(code))
          : String.fromCharCode(code);
      if (own(text) !== wanted.test(text)) differ.push(code.toString(16));
    }
    expect(differ, flags).toEqual([]);
  }
});

test('a pattern looks at each character in a limited number of states, whatever it is', () => {
  const text = 'a'.repeat(8_192);
  for (const source of ['(a+)+$b', '(a|a)*b', '(a*)*b', '(?:a?){60}a{60}b', '(\\w*\\w*)*!']) {
    // The language's own would not end: this one is counted by its end.
    expect(compilePattern(source, '')(text)).toBe(false);
  }
});

describe('a pattern that is wrong', () => {
  const cases: readonly (readonly [source: string, code: string, offset: number])[] = [
    ['a(b', 'unended-group', 1],
    ['a[b', 'unended-class', 1],
    ['ab)', 'unopened-group', 2],
    ['*a', 'nothing-to-repeat', 0],
    ['a|+', 'nothing-to-repeat', 2],
    ['a**', 'nothing-to-repeat', 2],
    ['^*', 'nothing-to-repeat', 0],
    ['x[z-a]', 'bad-range', 2],
    ['a{3,2}', 'bad-range', 1],
    ['ab\\', 'bad-escape', 2],
    ['\\q', 'bad-escape', 0],
    ['{2}', 'nothing-to-repeat', 0],
    ['a|{2,}b', 'nothing-to-repeat', 2],
    ['a\\01', 'not-here', 1],
    ['[\\07]', 'not-here', 1],
    ['('.repeat(500), 'pattern-too-large', 100],
    ['a'.repeat(30_000), 'pattern-too-large', 1000],
    ['(a)\\1', 'not-here', 3],
    ['a(?=b)', 'not-here', 1],
    ['(?<!a)b', 'not-here', 0],
    ['a{999}', 'pattern-too-large', 1],
    ['(a{50}){50}', 'pattern-too-large', 11],
  ];
  test.each(cases)('%s: %s at %i', (source, code, offset) => {
    let caught: unknown;
    try {
      compilePattern(source, '');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(PatternError);
    expect(caught).toMatchObject({ code, offset });
  });

  test('or has another letter behind it', () => {
    expect(() => compilePattern('a', 'g')).toThrow(PatternError);
  });

  test('never fails with anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (source) => {
        try {
          compilePattern(source, 'i')('some text');
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
        }
      }),
    );
  });
});
