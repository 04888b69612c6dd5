import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { cancelPacket, LARGEST_MESSAGE, PacketAssembler, toPackets } from '../../../src/transports/hid-packets.js';
import { messageReport, type HidDeviceLike } from '../../../src/transports/hid-device.js';
import vectors from '../../support/vectors/messages.json' with { type: 'json' };

/** What an assembler makes of packets. */
function assemble(packets: readonly Uint8Array[]): { messages: string[]; noises: string[] } {
  const messages: string[] = [];
  const noises: string[] = [];
  const assembler = new PacketAssembler({
    message: (bytes) => messages.push(toHex(bytes)),
    noise: (text) => noises.push(text),
  });
  for (const packet of packets) assembler.add(packet);
  return { messages, noises };
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7 + 1) & 0xff);
const packet = (hex: string): Uint8Array => parseHex(hex);

describe('published packets', () => {
  interface HidVector {
    readonly id: string;
    readonly hex: string;
    readonly kind: string;
    readonly expect: { readonly hid?: { readonly innerHex: string } };
  }
  const published = (vectors as readonly HidVector[]).filter(({ kind }) => kind === 'hid-packet');

  test('there are some', () => {
    expect(published.map(({ id }) => id)).toEqual(['hid-echo-64', 'hid-echo-short']);
  });

  test.each(published.map(({ id, ...vector }) => [id, vector] as const))('%s holds its message', (_, vector) => {
    const {
      hex,
      expect: { hid },
    } = vector;
    expect(assemble([packet(hex)])).toEqual({ messages: [hid?.innerHex], noises: [] });
  });

  test('the 64-byte report is what is made of its message', () => {
    const [full] = published;
    expect(toPackets(packet(full!.expect.hid!.innerHex), 64).map(toHex)).toEqual([full!.hex]);
  });

  const bad = (vectors as readonly HidVector[]).filter(({ id }) => id.startsWith('hid-bad'));
  test.each(bad.map(({ id, hex }) => [id, hex] as const))(
    '%s, padded as it was sent, is never a message that begins with AA',
    (_, hex) => {
      const padded = new Uint8Array(64);
      padded.set(packet(hex));
      for (const message of assemble([padded]).messages) expect(message).not.toMatch(/^AA/);
    },
  );
});

describe('taking apart', () => {
  test('a message that fits goes into one packet, the next longer one into two', () => {
    expect(toPackets(bytes(62), 64)).toHaveLength(1);
    const [head, tail, ...others] = toPackets(bytes(63), 64);
    expect(others).toEqual([]);
    expect(toHex(head!.subarray(0, 5))).toBe('010000003F');
    expect(toHex(tail!.subarray(0, 2))).toBe('0304');
  });

  test('the layout is that of the table, with middles numbered from one', () => {
    const packets = toPackets(bytes(59 + 61 + 61 + 62), 64);
    expect(packets.map((one) => toHex(one.subarray(0, 5)))).toEqual([
      '01000000F3',
      `020001${toHex(bytes(300).subarray(59, 61))}`,
      `020002${toHex(bytes(300).subarray(120, 122))}`,
      `033E${toHex(bytes(300).subarray(181, 184))}`,
    ]);
  });

  test('padding is zeros', () => {
    expect(toHex(toPackets(bytes(1), 64)[0]!.subarray(3))).toBe('00'.repeat(61));
    expect(toHex(toPackets(bytes(63), 64)[1]!.subarray(6))).toBe('00'.repeat(58));
  });

  test.each([0, LARGEST_MESSAGE + 1])('%s bytes are refused', (length) => {
    expect(() => toPackets(new Uint8Array(length), 64)).toThrow(RangeError);
  });

  test('reports that are too short or too long are refused', () => {
    for (const length of [7, 258, 512]) expect(() => toPackets(bytes(3), length)).toThrow(RangeError);
  });

  test('messages of every length come back whole through the longest report', () => {
    for (let length = 1; length < 1_100; length++)
      expect(assemble(toPackets(bytes(length), 257))).toEqual({ messages: [toHex(bytes(length))], noises: [] });
  });

  test('cancel is one report', () => {
    expect(toHex(cancelPacket(64))).toBe(`04${'00'.repeat(63)}`);
  });
});

test('the report of a device for messages is the longest that packets can fill', () => {
  const reportOf = (...lengths: readonly number[]) =>
    messageReport({
      collections: [
        {
          outputReports: lengths.map((reportCount, reportId) => ({
            reportId,
            items: [{ reportSize: 8, reportCount }],
          })),
        },
      ],
    } as unknown as HidDeviceLike);
  expect(reportOf(7, 64, 512, 63)).toEqual({ id: 1, length: 64 });
  expect(reportOf(257, 258)).toEqual({ id: 0, length: 257 });
  expect(reportOf(7, 512)).toBeUndefined();
});

describe('there and back', () => {
  const message = fc.uint8Array({ minLength: 1, maxLength: 2_000 });

  test('any message comes back whole, through reports of any length', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), fc.integer({ min: 8, max: 257 }), (messages, length) => {
        const packets = messages.flatMap((one) => toPackets(one, length));
        expect(packets.every((one) => one.length === length)).toBe(true);
        expect(assemble(packets)).toEqual({ messages: messages.map(toHex), noises: [] });
      }),
    );
  });

  test('the largest message does', () => {
    const largest = bytes(LARGEST_MESSAGE);
    const received: Uint8Array[] = [];
    const assembler = new PacketAssembler({ message: (one) => received.push(one), noise: () => undefined });
    for (const one of toPackets(largest, 64)) assembler.add(one);
    expect(received).toHaveLength(1);
    // Compared one by one: a list of a hundred thousand differences helps nobody.
    expect(received[0]!.every((byte, at) => byte === largest[at])).toBe(true);
    expect(received[0]).toHaveLength(LARGEST_MESSAGE);
  });

  test('packets lost, repeated or exchanged never make another message', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 63, maxLength: 600 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('lost', 'repeated', 'exchanged'),
        (sent, from, to, fault) => {
          const packets: Uint8Array[] = toPackets(sent, 64);
          const a = from % packets.length;
          const b = to % packets.length;
          if (fault === 'lost') packets.splice(a, 1);
          else if (fault === 'repeated') packets.splice(a, 0, packets[a]!);
          else [packets[a], packets[b]] = [packets[b]!, packets[a]!];
          for (const got of assemble(packets).messages) expect(got).toBe(toHex(sent));
        },
      ),
    );
  });

  test('arbitrary packets deliver nothing longer than they are, and never throw', () => {
    const any = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.uint8Array({ maxLength: 63 }))
      .map(([type, rest]) => Uint8Array.of(type, ...rest));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (packets) => {
        const total = packets.reduce((sum, { length }) => sum + length, 0);
        const { messages } = assemble(packets);
        expect(messages.reduce((sum, text) => sum + text.length / 2, 0)).toBeLessThanOrEqual(total);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what makes no message is told and forgotten', () => {
  const head = `010000003F${'11'.repeat(59)}`;
  const tail = '0304AABBCCDD';
  const good = '0002AA00';
  const wrong: [string, string[], RegExp][] = [
    ['an empty report', [''], /without a type/],
    ['an unknown type', ['0511'], /unknown type/],
    ['a single without its length', ['00'], /shorter than it says/],
    ['a single of nothing', ['0000'], /shorter than it says/],
    ['a single that is cut', ['0005AA00'], /shorter than it says/],
    ['a middle alone', ['02000111'], /without its beginning/],
    ['a tail alone', [tail], /without its beginning/],
    ['a head that is cut', ['0100000040'], /without its length/],
    ['a head that holds all', [`0100000003${'11'.repeat(59)}`], /3 bytes/],
    ['a head of four gigabytes', [`01FFFFFFFF${'11'.repeat(59)}`], /4294967295 bytes/],
    ['a head of one byte more than is put together', [`0100100001${'11'.repeat(59)}`], /1048577 bytes/],
    ['a message that begins inside another', [head, head, tail], /not finished/],
    ['a single inside a message', [head, good], /not finished/],
    ['a middle without its number', [head, '0200'], /out of order/],
    [
      'middles that skip a number',
      [`0100000200${'11'.repeat(59)}`, `020001${'22'.repeat(61)}`, `020003${'22'.repeat(61)}`],
      /out of order/,
    ],
    ['more middles than announced', [head, `020001${'22'.repeat(61)}`], /more of a message/],
    ['a tail that says less', [head, '0303AABBCC'], /parts are missing/],
    ['a tail that says more', [head, '0305AABBCCDDEE'], /parts are missing/],
    ['a tail that is cut', [head, '0304AABB'], /parts are missing/],
    ['a tail without its length', [head, '03'], /parts are missing/],
  ];
  test.each(wrong)('%s', (_, packets, why) => {
    const { messages, noises } = assemble([...packets, good].map(packet));
    expect(noises.join()).toMatch(why);
    expect(noises.join()).not.toMatch(/11|22|AA/);
    expect(messages.at(-1)).toBe('AA00');
  });

  test('cancel forgets a message without a word, and the next one is whole', () => {
    expect(assemble([head, `04${'00'.repeat(63)}`, good].map(packet))).toEqual({ messages: ['AA00'], noises: [] });
    expect(assemble([head, '04', tail].map(packet)).noises).toHaveLength(1);
  });
});
