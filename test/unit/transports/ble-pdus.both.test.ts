import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../../src/mms/hex.js';
import { PDU, PduAssembler, toPdus } from '../../../src/transports/ble-pdus.js';
import { CollectingSink } from '../../support/collecting-sink.js';

const assemble = (...packets: Uint8Array[]): CollectingSink => {
  const sink = new CollectingSink();
  const assembler = new PduAssembler(sink);
  for (const packet of packets) assembler.add(packet);
  return sink;
};

const some = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at & 0xff);

test('a short message is one packet: counters, control, length, data', () => {
  const [packet, ...more] = toPdus(some(3), 7);
  expect(more).toEqual([]);
  expect(toHex(packet!)).toBe('07000000000003000102');
});

test('a long one goes on in packets of at most 244 bytes', () => {
  const packets = toPdus(some(237 + 242 + 1), 255);
  expect(packets.map(({ length }) => length)).toEqual([PDU, PDU, 3]);
  expect(packets.map((packet) => toHex(packet.subarray(0, 2)))).toEqual(['FF00', 'FF01', 'FF02']);
});

test('the packet counter goes from FF to 01', () => {
  const counters = toPdus(some(237 + 242 * 256), 0).map((packet) => packet[1]);
  expect(counters.slice(254)).toEqual([254, 255, 1]);
});

test.each([0, 1_048_577])('a message of %i bytes is refused', (length) => {
  expect(() => toPdus(new Uint8Array(length), 0)).toThrow(RangeError);
});

const LONG = toPdus(some(1_000), 1);
const SHORT = toPdus(some(5), 2);

test.each([
  ['a packet that is lost', LONG.filter((_, at) => at !== 2), 'a Bluetooth packet out of order'],
  ['a packet twice', [...LONG.slice(0, 2), ...LONG.slice(1)], 'a Bluetooth packet out of order'],
  ['a packet of another message', [...LONG.slice(0, 2), toPdus(some(1_000), 9)[2]!], 'a Bluetooth packet out of order'],
  ['a message without its beginning', LONG.slice(1), 'the middle of a message without its beginning'],
  ['a message without its end', LONG.slice(0, -1), 'a message that was not finished'],
  ['a beginning without a length', [Uint8Array.of(1, 0, 0)], 'the beginning of a message of a length that cannot be'],
  ['more than it has', [Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 9, 9)], 'more of a message than it has'],
])('%s is told once, and the next message comes whole', (_, packets, words) => {
  const sink = assemble(...packets, ...SHORT);
  expect(sink.noises).toEqual([words]);
  expect(sink.messages).toEqual([toHex(some(5))]);
});

test('any messages come out as they went in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { minLength: 1, maxLength: 4 }),
      (messages) => {
        const sink = assemble(...messages.flatMap((message, counter) => toPdus(message, counter)));
        expect(sink.messages).toEqual(messages.map(toHex));
        expect(sink.noises).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
