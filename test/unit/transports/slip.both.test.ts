import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { FrameDecoder, toFrame } from '../../../src/transports/slip.js';
import { CollectingSink } from '../../support/collecting-sink.js';

const decode = (...pieces: string[]): CollectingSink => {
  const sink = new CollectingSink();
  const decoder = new FrameDecoder(sink);
  for (const piece of pieces) decoder.add(parseHex(piece));
  return sink;
};

test('a message goes out between two C0, with direction and length, escaped', () => {
  expect(toHex(toFrame(parseHex('AA00C0DB11')))).toBe('C00000000005AA00DBDCDBDD11C0');
});

test('the length is escaped as well', () => {
  expect(toHex(toFrame(new Uint8Array(0xc0)).subarray(0, 8))).toBe('C000000000DBDC00');
});

test.each([0, 1_048_577])('a message of %i bytes is refused', (length) => {
  expect(() => toFrame(new Uint8Array(length))).toThrow(RangeError);
});

test('a message comes in in pieces of any size, with the other direction', () => {
  expect(decode('C00100', '000005AA00DB', 'DCDBDD11C0').messages).toEqual(['AA00C0DB11']);
});

test('frames may share a C0, and more of them are nothing', () => {
  const sink = decode('C0C0C00100000002AA00C00100000002AA01C0C0');
  expect(sink.messages).toEqual(['AA00', 'AA01']);
  expect(sink.noises).toEqual([]);
});

test.each([
  ['another length', 'C00100000003AA00C0', 'serial bytes of another length than they say'],
  ['no message', 'C00100000000C0', 'serial bytes that are shorter than any message'],
  ['an unknown escape', 'C00100000002DB00C0', 'serial bytes with an escape that does not exist'],
  ['half an escape', 'C00100000002AADBC0', 'serial bytes that end within an escape'],
])('%s is told once, and the next message comes whole', (_, bytes, words) => {
  const sink = decode(bytes, '0100000002AA01C0');
  expect(sink.noises).toEqual([words]);
  expect(sink.messages).toEqual(['AA01']);
});

test('a frame without an end is not kept for ever', () => {
  const sink = new CollectingSink();
  const decoder = new FrameDecoder(sink);
  decoder.add(parseHex('C0'));
  for (let count = 0; count < 1_100; count++) decoder.add(new Uint8Array(1_000));
  decoder.add(parseHex('C0'));
  expect(sink.noises).toEqual(['more serial bytes than a message has']);
});

test('any messages come out as they went in, however they are cut', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 600 });
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (messages, piece) => {
      const line = messages.flatMap((message) => [...toFrame(message)]);
      const sink = new CollectingSink();
      const decoder = new FrameDecoder(sink);
      for (let at = 0; at < line.length; at += piece) decoder.add(Uint8Array.from(line.slice(at, at + piece)));
      expect(sink.messages).toEqual(messages.map(toHex));
      expect(sink.noises).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
