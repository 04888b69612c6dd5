/** Card numbers in every form, under any tag, at any depth, in any message: none may be left after redaction. */
import fc from 'fast-check';
import { describe as group, expect, test } from 'vitest';
import { findingText } from '../../../src/toolbox/finding-text.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { describe } from '../../../src/mms/describe.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { redact, redactBytes, redactText } from '../../../src/mms/redact.js';
import { tagTable } from '../../../src/mms/tables/tags.js';
import { encodeTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { messageTree } from '../../../src/mms/tree.js';
import { cardNumber } from '../../support/card-number.js';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** The same cases in every run; another SEED looks at others. */
const seed = Number(process.env['SEED'] ?? 1);

/** Other digits that may stand around the number, and what may stand between its digits. */
const halves = fc.constantFrom('', '0', 'F', 'D', '7');
const separator = fc.constantFrom('', ' ', '-', '.', '/', ' - ');

/** Ways to write a card number into a value. */
const written = (pan: string, around = halves): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    // Packed digits, from the upper or the lower half of a byte.
    fc.tuple(around, around).map(([before, after]) => {
      const digits = before + pan + after;
      return parseHex(digits.length % 2 === 0 ? digits : `${digits}F`);
    }),
    // Text, with separators after each so many digits.
    fc.tuple(separator, fc.integer({ min: 1, max: 6 })).map(([between, size]) => {
      const groups = pan.match(new RegExp(`.{1,${String(size)}}`, 'g')) ?? [];
      return ascii(groups.join(between));
    }),
    // Hexadecimal text of text, in either case and with separators.
    fc.tuple(separator, fc.boolean()).map(([between, lower]) => {
      const hex = Array.from(pan, (digit) => `3${digit}`).join(between);
      return ascii(lower ? hex.toLowerCase() : hex);
    }),
    // Tracks.
    fc.constantFrom(`;${pan}=25121010000000000?`, `%B${pan}^TEST/CARD^2512101000?`, `${pan}=2512`).map(ascii),
    fc.constant(
      parseHex(
        `${pan}D25121010000000${pan.length % 2 === 0 ? '' : '0'}F`.replace(/^(.*)$/, (all) =>
          all.length % 2 ? `${all}F` : all,
        ),
      ),
    ),
  );

/** Other bytes; no digits as text, which would make another number. */
const others = fc
  .uint8Array({ maxLength: 6 })
  .map((bytes) => bytes.map((byte) => (byte >= 0x30 && byte <= 0x39 ? 0x41 : byte)));

const surrounded = (pan: string): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(others, written(pan), others, fc.boolean())
    .map(([before, value, after, alone]) => (alone ? value : join(before, value, after)));

/** Key serial numbers are shown whole, and may hold the digits of a card number by chance. */
const keySerialNumbers = ['DFDF41', 'DFDF50', 'DFDF54', 'DFDF56', 'DFDFDF38'];
const known = Object.keys(tagTable).filter((tag) => !keySerialNumbers.includes(tag));
const isConstructed = (tag: string): boolean => (parseInt(tag.slice(0, 2), 16) & 0x20) !== 0;
const primitiveTags = [
  ...known.filter((tag) => !isConstructed(tag)),
  '80',
  '81',
  '83',
  '85',
  '88',
  '9E',
  'C1',
  'DF01',
  'DFDF7F',
];
const constructedTags = [...known.filter(isConstructed), 'A1', 'A4', 'E1', 'E2', '6F', '77', 'FF7F'];

/** A tree with the card number in one of its values at least. */
const tree = (pan: string): fc.Arbitrary<TlvInput[]> =>
  fc.letrec<{ node: TlvInput; nodes: TlvInput[] }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ tag: fc.constantFrom(...primitiveTags), value: surrounded(pan) }),
      fc.record({ tag: fc.constantFrom(...primitiveTags), value: fc.uint8Array({ maxLength: 12 }) }),
      fc.record({ tag: fc.constantFrom(...constructedTags), children: tie('nodes') }),
    ),
    nodes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
  })).nodes;

/** The tree as it is, or inside the objects that are known to hold one. */
const payload = (pan: string): fc.Arbitrary<TlvInput[]> =>
  fc.tuple(tree(pan), fc.constantFrom('plain', 'card data', 'list 86', 'list 89', 'list 82')).map(([nodes, how]) => {
    if (how === 'plain') return nodes;
    if (how !== 'card data')
      return [
        { tag: '85', value: Uint8Array.of(1) },
        { tag: how.slice(-2), value: encodeTlv(nodes) },
      ];
    const f9 = encodeTlv([{ tag: 'F9', children: nodes }]);
    return [{ tag: '84', value: join(Uint8Array.of(f9.length >> 8, f9.length), f9, Uint8Array.of(0, 0, 1, 2, 3, 4)) }];
  });

const ids = fc.oneof(
  fc.constantFrom(
    0x0101,
    0x0105,
    0x0205,
    0x1001,
    0x1004,
    0x1100,
    0x1101,
    0x1803,
    0x1805,
    0x2001,
    0x2002,
    0xd101,
    0xd111,
  ),
  fc.nat(0xffff),
);
const details = fc.constantFrom('10080202', '20080402', '30080002', '01070000', '01060101', '00000000').map(parseHex);

const message = (pan: string): fc.Arbitrary<MmsMessage> =>
  fc
    .oneof(
      fc.record({
        kind: fc.constant('request' as const),
        id: ids,
        payloadId: ids,
        payload: payload(pan),
        additional: surrounded(pan),
      }),
      fc.record({
        kind: fc.constant('response' as const),
        id: ids,
        payload: payload(pan),
        status: fc.constant({ summary: 0, detail: '000000' }),
        reserved: surrounded(pan),
      }),
      fc.record({
        kind: fc.constant('notification' as const),
        id: ids,
        detail: details,
        payload: payload(pan),
        rest: tree(pan),
      }),
      fc.record({ kind: fc.constant('notification' as const), id: ids, detail: details, payload: payload(pan) }),
      fc.record({
        kind: fc.constant('file' as const),
        id: ids,
        fileId: fc.constant('01000000'),
        contents: fc.oneof(
          surrounded(pan),
          tree(pan).map((nodes) => join(ascii('MGTKAP10'), encodeTlv(nodes))),
        ),
      }),
    )
    .map((input) =>
      toMessage({
        ...input,
        rest: 'rest' in input ? input.rest.filter(({ tag }) => !/^8[1-4]$/.test(tag)) : [],
      }),
    );

/** More digits in a row than the first 6 or the last 4 that may stay. Runs of few different digits may be there by chance. */
const telling = (pan: string): string[] =>
  Array.from({ length: pan.length - 10 }, (_, at) => pan.slice(at, at + 11)).filter((part) => new Set(part).size > 3);

/** The forms in which a card number may still be found in hexadecimal text. */
function leaksInHex(hex: string, pan: string): string[] {
  const text = String.fromCharCode(...parseHex(hex));
  return [hex, ...leakyTexts(text)].filter((form) => [pan, ...telling(pan)].some((digits) => form.includes(digits)));
}

/** A text, without its separators, and what it is as hexadecimal text of text. */
function leakyTexts(text: string): string[] {
  const compact = text.replace(/[ \-./:,]/g, '');
  const decoded = [0, 1].map((from) => compact.slice(from).replace(/3([0-9])/g, '$1'));
  return [text, compact, ...decoded];
}

const leaksInText = (text: string, pan: string): string[] =>
  leakyTexts(text).filter((form) => [pan, ...telling(pan)].some((digits) => form.includes(digits)));

group('a card number in a message', () => {
  const cases = cardNumber.chain((pan) => message(pan).map((made) => ({ pan, made })));

  test('is nowhere in the redacted message, nor in what is made of it', () => {
    fc.assert(
      fc.property(cases, ({ pan, made }) => {
        const clear = toHex(made.bytes);
        const redacted = redact(made);
        expect(leaksInHex(toHex(redacted.bytes), pan)).toEqual([]);
        expect(leaksInText(JSON.stringify(redacted), pan)).toEqual([]);
        expect(leaksInText(describe(redacted), pan)).toEqual([]);
        // What the command line prints.
        expect(leaksInText(findingText({ text: describe(redacted), tree: messageTree(redacted) }), pan)).toEqual([]);
        expect(toHex(made.bytes)).toBe(clear);
      }),
      { numRuns: 600, seed },
    );
  });

  test('is nowhere in the line that describes the message', () => {
    fc.assert(
      fc.property(cases, ({ pan, made }) => {
        expect(leaksInText(describe(made), pan)).toEqual([]);
      }),
      { numRuns: 400, seed },
    );
  });

  test('leaves a message of the same shape, and redacting twice changes nothing more', () => {
    const shape = (nodes: MmsMessage['payload']): unknown =>
      nodes.map(({ tag, value, offset, children }) => [tag, value.length, offset, children && shape(children)]);
    fc.assert(
      fc.property(cases, ({ made }) => {
        const redacted = redact(made);
        expect(redacted.bytes).toHaveLength(made.bytes.length);
        expect(shape(redacted.payload)).toEqual(shape(made.payload));
        expect(shape(redacted.rest)).toEqual(shape(made.rest));
        expect(redacted.kind).toBe(made.kind);
        expect(toHex(redact(decodeMessage(redacted.bytes)).bytes)).toBe(toHex(redacted.bytes));
      }),
      { numRuns: 400, seed },
    );
  });

  test('is nowhere in what was no message', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.boolean(), ({ pan, made }, cut, spaced) => {
        const bytes = made.bytes.subarray(0, made.bytes.length - (cut % 20));
        const hex = toHex(bytes);
        expect(leaksInHex(redactBytes(bytes), pan)).toEqual([]);
        const text = redactText(spaced ? hex.replace(/..(?=.)/g, '$& ') : hex);
        expect(leaksInText(text, pan)).toEqual([]);
      }),
      { numRuns: 300, seed },
    );
  });

  test('is nowhere in a redacted text', () => {
    const words = fc.stringMatching(/^[ a-zA-Z0-9:;,.=-]{0,20}$/);
    const edge = fc.constantFrom(' ', ':', 'x', '=', '"');
    const lines = cardNumber.chain((pan) =>
      fc
        .tuple(words, edge, written(pan, fc.constantFrom('', '0', 'F', 'D')), edge, words)
        .map(([before, begin, value, end, after]) => {
          const text = String.fromCharCode(...value);
          return { pan, text: `${before}${begin}${/^[\x20-\x7e]*$/.test(text) ? text : toHex(value)}${end}${after}` };
        }),
    );
    fc.assert(
      fc.property(lines, ({ pan, text }) => {
        const redacted = redactText(text);
        expect(redacted).toHaveLength(text.length);
        expect(leaksInText(redacted, pan)).toEqual([]);
      }),
      { numRuns: 600, seed },
    );
  });
});

group('any bytes', () => {
  test('are redacted without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (bytes, text) => {
        expect(redactBytes(bytes)).toHaveLength(bytes.length * 2);
        expect(redactText(text)).toHaveLength(text.length);
      }),
    );
  });
});
