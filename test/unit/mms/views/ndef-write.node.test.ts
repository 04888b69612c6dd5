/** NDEF messages that are written: they read back as they were, and a tag that is cut off at any page holds a whole message. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { readNdef, type NdefRecord } from '../../../../src/mms/views/ndef.js';
import { encodeNdef } from '../../../../src/mms/views/ndef-encode.js';
import { PAGE_BYTES, planNdef, type NdefPlan } from '../../../../src/mms/views/ndef-plan.js';
import { errorOf } from '../../../support/error-of.js';

const header = (size: number, { access = '00', locks = '0000', version = '10' } = {}): string =>
  `04A1B29FC3D4E5F60048${locks}E1${version}${toHex(Uint8Array.of(size / 8))}${access}`;

/** A tag with room for so many bytes, of which the first are given. */
function tagWith(data: string, size = 144, options = {}): Uint8Array {
  const memory = new Uint8Array(16 + size);
  memory.set(parseHex(header(size, options) + data));
  return memory;
}

const planned = (memory: Uint8Array, message: Uint8Array): NdefPlan => {
  const plan = planNdef(memory, message);
  if ('problem' in plan) throw new Error(plan.problem);
  return plan;
};

/** Bytes of a message for which there is room behind whatever stands before it. */
const ROOM = 1_900;

const writesOf = ({ empty, fill, finish }: NdefPlan): NdefPlan['fill'] => [...empty, ...fill, ...finish];

const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\uFEFF'));
const text = fc.record({
  kind: fc.constant('text' as const),
  language: fc.constantFrom('en', 'de-AT', 'x'.repeat(63)),
  text: fc.oneof(
    word,
    word.map((part) => part.repeat(5)),
  ),
});
const uri = fc.record({
  kind: fc.constant('uri' as const),
  uri: fc
    .tuple(
      fc.constantFrom('', 'https://www.', 'https://', 'ftp://anonymous:anonymous@', 'urn:epc:id:', 'urn:', 'geo:'),
      word,
    )
    .map((parts) => parts.join('')),
});
const other = fc.record({
  kind: fc.constant('other' as const),
  format: fc.constantFrom(2, 3, 4, 5),
  type: fc.constantFrom('text/plain', 'example.com:x', ''),
  payload: fc.uint8Array({ maxLength: 300 }),
});
const poster = fc.tuple(uri, fc.array(text, { maxLength: 2 })).map(([address, titles]): NdefRecord => {
  return { kind: 'smart-poster', uri: address.uri, titles, records: [address, ...titles] };
});
const records: fc.Arbitrary<NdefRecord[]> = fc.array(fc.oneof(text, uri, other, poster), { maxLength: 3 });

describe('records', () => {
  test('read back as they were written', () => {
    fc.assert(
      fc.property(records, (some) => {
        const message = encodeNdef(some);
        fc.pre(message.length < ROOM);
        const plan = planned(tagWith('', 2032), message);
        expect(readNdef(plan.memory)).toEqual(some);
      }),
      { numRuns: 200 },
    );
  });

  test('have the bytes of the specifications', () => {
    const bytes = (record: NdefRecord): string => toHex(encodeNdef([record]));
    // URI RTD 1.0, appendix A: http://www.nfc.com; Text RTD 1.0: “Hello, world!”.
    expect(bytes({ kind: 'uri', uri: 'http://www.nfc.com' })).toBe('D1010855016E66632E636F6D');
    expect(bytes({ kind: 'text', language: 'en', text: 'Hello, world!' })).toBe(
      'D101105402656E48656C6C6F2C20776F726C6421',
    );
    expect(bytes({ kind: 'other', format: 2, type: 'a/b', payload: new Uint8Array(256) })).toMatch(
      /^C20300000100612F62(00){256}$/,
    );
    // Smart poster RTD 1.0: the records of a poster are a message of their own.
    expect(bytes({ kind: 'smart-poster', uri: 'b', titles: [], records: [{ kind: 'uri', uri: 'b' }] })).toBe(
      'D102065370' + 'D101025500' + '62',
    );
    expect(toHex(encodeNdef([]))).toBe('');
    const two = toHex(
      encodeNdef([
        { kind: 'uri', uri: 'a' },
        { kind: 'uri', uri: 'b' },
      ]),
    );
    expect(two).toBe('9101025500615101025500' + '62');
  });

  test.each<[string, NdefRecord, RegExp]>([
    ['a language without letters', { kind: 'text', language: '', text: '' }, /language/],
    ['a language that is too long', { kind: 'text', language: 'x'.repeat(64), text: '' }, /language/],
    ['a language that is not ASCII', { kind: 'text', language: 'dé', text: '' }, /language/],
    ['half a character', { kind: 'text', language: 'en', text: '\uD800' }, /text/],
    ['an address with half a character', { kind: 'uri', uri: 'https://\uDC00' }, /uri/],
    ['a chunk', { kind: 'other', format: 6, type: '', payload: new Uint8Array(1) }, /format/],
    ['an empty record', { kind: 'other', format: 0, type: '', payload: new Uint8Array(0) }, /format/],
    [
      'a type that is too long',
      { kind: 'other', format: 4, type: 'x'.repeat(256), payload: new Uint8Array(0) },
      /type/,
    ],
    ['a kind that there is not', { kind: 'image' } as never, /kind/],
  ])('with %s are refused', (_, record, message) => {
    expect(errorOf(() => encodeNdef([record]))).toMatchObject({ code: 'bad-value' });
    expect(() => encodeNdef([record])).toThrow(message);
  });
});

/** Blocks before the message: empty ones, locks behind the data, something of somebody else's. */
const before = fc
  .array(fc.constantFrom('00', '0103F00C38', 'FD02AABB', '0000'), { maxLength: 3 })
  .map((parts) => parts.join(''));

/** What was there: a message, none, or an end. */
const content = fc.oneof(
  fc.constantFrom('', 'FE', '0300FE', '03FF0003', '05'),
  records.map((some) => {
    const message = encodeNdef(some).subarray(0, 0xfe);
    return message.length < 0xfe ? `03${toHex(Uint8Array.of(message.length))}${toHex(message)}FE` : '0300';
  }),
);

describe('a tag', () => {
  test('that is cut off after any page holds its old records, none, or the new ones', () => {
    fc.assert(
      fc.property(before, content, records, (front, rest, some) => {
        const memory = tagWith(front + rest, 2032);
        const message = encodeNdef(some);
        fc.pre(message.length < ROOM);
        const plan = planned(memory, message);
        const old = sideOf(memory);
        const now = memory.slice();
        const writes = writesOf(plan);
        for (const [at, { page, bytes }] of writes.entries()) {
          expect(bytes).toHaveLength(PAGE_BYTES);
          expect(page).toBeGreaterThanOrEqual(4);
          now.set(bytes, page * PAGE_BYTES);
          const isEmpty = at < writes.length - 1 || some.length === 0;
          const isStillOld = at < plan.empty.length - 1;
          expect(isStillOld ? [[], old] : [isEmpty ? [] : some]).toContainEqual(sideOf(now));
        }
        expect(sideOf(now)).toEqual(some);
        expect(now).toEqual(plan.memory);
        // Blocks that stand before the message stay.
        const blocks = front.replace(/(00)*$/, '');
        expect(toHex(now.subarray(16)).startsWith(blocks)).toBe(true);
        expect(now.subarray(0, 16)).toEqual(memory.subarray(0, 16));
        // Nothing is left to write.
        expect(writesOf(planned(now, message))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  /** What a reader sees; none where it is broken. */
  const sideOf = (memory: Uint8Array): readonly NdefRecord[] | 'broken' => {
    try {
      return readNdef(memory);
    } catch {
      return 'broken';
    }
  };

  test('takes as much as it has room for, and not one byte more', () => {
    for (const [size, front, room] of [
      [48, '', 46],
      [48, '0103A00C34', 41],
      [256, '', 254],
      [264, '', 260],
      [496, '', 492],
      [8, 'FD060000000000' + '00', 0],
    ] as const) {
      const memory = tagWith(front, size);
      const plan = planNdef(memory, new Uint8Array(room));
      expect(plan, String(size)).toMatchObject(room === 0 ? { problem: 'too-small', room } : { room });
      expect(planNdef(memory, new Uint8Array(room + 1))).toEqual({ problem: 'too-small', room });
    }
  });

  test('has an end behind its message where there is room for it', () => {
    expect(toHex(planned(tagWith(''), parseHex('D10100')).memory.subarray(16, 24))).toBe('0303D10100FE0000');
    expect(planned(tagWith('', 48), new Uint8Array(46)).memory.at(-1)).toBe(0);
  });

  test.each([
    ['that is not prepared', tagWith('').fill(0, 12, 16), 'not-ndef'],
    ['of another version', tagWith('', 144, { version: '20' }), 'not-ndef'],
    ['that says that it is read-only', tagWith('', 144, { access: '0F' }), 'read-only'],
    ['that wants a password', tagWith('', 144, { access: '08' }), 'read-only'],
    ['whose page 4 is locked', tagWith('', 144, { locks: '1000' }), 'read-only'],
    ['whose page 5 is locked', tagWith('', 144, { locks: '2000' }), 'read-only'],
    ['with a block longer than its memory', tagWith('FDFF1000'), 'layout'],
    ['with reserved bytes where the message goes', tagWith('02034404320000'), 'layout'],
    ['with locks where the message goes', tagWith('010366083200'), 'layout'],
    ['with 256 locks before and where the message goes', tagWith('010330003200'), 'layout'],
    ['with a block that is cut off behind its kind', tagWith('FD05000000000001', 8), 'layout'],
  ] as const)('%s is not written', (_, memory, problem) => {
    expect(planNdef(memory, new Uint8Array(9).fill(1))).toEqual({ problem });
  });

  test('that holds the message already has nothing to write', () => {
    expect(writesOf(planned(tagWith('0303D10100FE'), parseHex('D10100')))).toEqual([]);
  });

  test('that ends before its first message has it there', () => {
    expect(toHex(planned(tagWith('FD01AAFE030161'), parseHex('D10100')).memory.subarray(16, 24))).toBe(
      'FD01AA0303D10100',
    );
  });

  test('whose locks are of other pages is written', () => {
    expect(planNdef(tagWith('', 144, { locks: '00F0' }), new Uint8Array(9))).toHaveProperty('fill');
  });
});
