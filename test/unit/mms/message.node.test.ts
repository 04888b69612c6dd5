import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { encodeMessage, longLengthObject, toMessage, withReference } from '../../../src/mms/encode.js';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage, MmsMessageInput } from '../../../src/mms/message.js';
import { readStatus } from '../../../src/mms/status.js';
import { encodeTlv } from '../../../src/mms/tlv.js';
import { errorOf } from '../../support/error-of.js';

const START =
  'AA00810401001001842B100182013CA3098101018201018301018402000386159C01009F02060000000001009F0306000000000000';
const SERIAL = 'AA00810482B5D1018204000000008482001CD10181072B06010401F6098501028704020101018906C104B6032260';

describe('decodeMessage', () => {
  test('refuses what nests deeper than anything that a reader sends, in the payload and beside it', () => {
    let nested = encodeTlv([{ tag: 'E1', value: new Uint8Array(0) }]);
    for (let depth = 0; depth < 70; depth++) nested = encodeTlv([{ tag: 'E1', value: nested }]);
    const payload = encodeTlv([{ tag: '84', value: Uint8Array.of(0x10, 0x08, ...nested) }]);
    for (const tail of [payload, nested]) {
      const error = errorOf(() => decodeMessage(Uint8Array.of(...parseHex('AA00810401131008'), ...tail)));
      expect(error).toMatchObject({ code: 'too-deep' });
    }
  });

  test('reads a request', () => {
    const message = decodeMessage(START);
    expect(message).toMatchObject({ kind: 'request', direction: 'to-reader', version: 0, reference: 0, id: 0x1001 });
    expect(message.payloadId).toBe(0x1001);
    expect(message.payload.map(({ tag }) => tag)).toEqual(['82', 'A3', '84', '86']);
    expect(message.payload[1]?.children?.map(({ tag }) => tag)).toEqual(['81', '82', '83']);
    expect(message.payload[0]?.offset).toBe(12);
    expect(message.bytes).toEqual(parseHex(START));
    expect(message.rest).toEqual([]);
    expect(message).not.toHaveProperty('additional');
  });

  test('reads a response, with lengths that are not minimal', () => {
    const message = decodeMessage(SERIAL);
    if (message.kind !== 'response') throw new Error(message.kind);
    expect(message).toMatchObject({ direction: 'from-reader', reference: 0xb5, id: 0xd101, payloadId: 0xd101 });
    expect(message.status).toMatchObject({ summary: 0, detail: '000000', ok: true, running: false, warning: false });
    expect(toHex(message.payload[3]?.value ?? new Uint8Array(0))).toBe('C104B6032260');
  });

  test.each([
    ['020501', 'tr31-invalid-parameter', 'TR-31: invalid parameter'],
    ['020502', 'tr31-invalid-aes-length', 'TR-31: invalid AES length'],
    ['020503', 'tr31-not-16-byte-aligned', 'TR-31: not 16-byte aligned'],
    ['02052D', 'self-test-key-corrupted', 'Self-test: key corrupted'],
    ['020599', 'unknown', 'unknown detail 02 05 99'],
  ])('names the key loading status %s %s', (detail, code, text) => {
    expect(readStatus(0x80, detail)).toMatchObject({ code, text, ok: false });
  });

  test('names what a status says', () => {
    const message = decodeMessage('AA00810482081001820480020308');
    if (message.kind !== 'response') throw new Error(message.kind);
    expect(message.status).toMatchObject({ ok: false, detail: '020308', code: 'transaction-in-progress' });
    expect(message.payload).toEqual([]);
    expect(message).not.toHaveProperty('payloadId');
  });

  test('takes “accepted” for accepted, not for success', () => {
    const message = decodeMessage('AA00810482071001820401000000');
    if (message.kind !== 'response') throw new Error(message.kind);
    expect(message.status).toMatchObject({ ok: true, running: true });
  });

  test('reads a notification with additional details', () => {
    const message = decodeMessage('AA00810483001805820401010101830401000000');
    if (message.kind !== 'notification') throw new Error(message.kind);
    expect(message).toMatchObject({ id: 0x1805, direction: 'from-reader', reference: 0 });
    expect(toHex(message.detail)).toBe('01010101');
    expect(toHex(message.additional ?? new Uint8Array(0))).toBe('01000000');
    expect(message.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(message.text).not.toBe('');
  });

  test('tells a notification from the command of the same number', () => {
    expect(decodeMessage('AA00810483001001820400020200').kind).toBe('notification');
    expect(decodeMessage('AA0081040100100184021001').kind).toBe('request');
  });

  test('reads a file, whose payload has no id', () => {
    const message = decodeMessage('AA0081088409D8210100000084034D474B');
    if (message.kind !== 'file') throw new Error(message.kind);
    expect(message).toMatchObject({ direction: 'from-reader', reference: 9, id: 0xd821, fileId: '01000000' });
    expect(toHex(message.contents)).toBe('4D474B');
    expect(message.payload).toEqual([]);
    expect(message).not.toHaveProperty('payloadId');
  });

  test('keeps two different ids apart: the vendor’s own code sends such a request', () => {
    expect(decodeMessage('AA0081040108D8218408D825810400000100')).toMatchObject({ id: 0xd821, payloadId: 0xd825 });
  });

  test('keeps the payload of notification 1803 whole where it is not TLV', () => {
    const text = '0000000000000000000050524553454E542043415244';
    const message = decodeMessage(`AA00810483001803820402FFFFFF848200181803${text}`);
    expect(toHex(message.opaque ?? new Uint8Array(0))).toBe(text);
    expect(message.payload).toEqual([]);
    expect(errorOf(() => decodeMessage(`AA00810483000101820402FFFFFF848200180101${text}`)).code).toBe('truncated');
  });

  test('reads objects in any order and keeps those without a place of their own', () => {
    const message = decodeMessage('AA00 9E01AA 84021008 81040113 1008 E103 810101 8202FFFF');
    expect(message).toMatchObject({ kind: 'request', id: 0x1008, payloadId: 0x1008 });
    expect(message.rest.map(({ tag }) => tag)).toEqual(['9E', 'E1', '82']);
  });

  test('keeps reserved bytes of tag 81 and any version', () => {
    const message = decodeMessage('AA02 8106 01131008 BEEF 84021008');
    expect(message.version).toBe(2);
    expect(toHex(message.reserved ?? new Uint8Array(0))).toBe('BEEF');
    expect(toHex(encodeMessage(message))).toBe('AA02810601131008BEEF84021008');
  });

  test.each([
    ['', 'no-start', 0],
    ['00A20401000000', 'no-start', 0],
    ['AA', 'truncated', 1],
    ['AA00', 'bad-information', 2],
    ['AA0084021008', 'bad-information', 2],
    ['AA008103011310', 'bad-information', 4],
    ['AA008104051310 08', 'bad-information', 4],
    ['AA008104001310 08', 'bad-information', 4],
    ['AA008104111310 08', 'bad-information', 4],
    ['AA0081040113100881040113100884021008', 'bad-information', 8],
    ['AA00810484091D821', 'odd-hex', 16],
    ['AA008104840 9D8218400', 'bad-information', 4],
    ['AA0081088409D82101000000', 'bad-payload', 4],
    ['AA00810482071001', 'bad-status', 4],
    ['AA008104820710018200', 'bad-status', 10],
    ['AA0081048300100182050000020000', 'bad-status', 10],
    ['AA0081048207100182040000000082040000 0000', 'bad-status', 14],
    ['AA00810401131008 840110', 'bad-payload', 10],
    ['AA00810401131008 84021008 84021008', 'bad-payload', 12],
    ['AA00810401131008 8300 8300', 'bad-object', 10],
    ['AA00810401131008 84031008', 'truncated', 8],
    ['AA00810401131008 84041008 8101', 'truncated', 12],
    ['AA00810401131008 E1038102', 'truncated', 8],
    ['AA00810401131008 E1028102', 'truncated', 10],
    ['AA0081040155D111848200F3D111850101870402020102898200E4C48200E0', 'truncated', 8],
    ['636F6E6E6563746564', 'no-start', 0],
  ] as const)('refuses %j', (hex, code, offset) => {
    expect(errorOf(() => decodeMessage(hex))).toMatchObject({ name: 'MmsError', code, offset });
  });

  test('accepts an empty payload like none', () => {
    const message = decodeMessage('AA00810482071001820401000000 8400');
    expect(message).not.toHaveProperty('payloadId');
    expect(message.payload).toEqual([]);
  });

  test('serialises to hexadecimal text, whole', () => {
    expect(JSON.parse(JSON.stringify(decodeMessage('AA0081040113100884021008')))).toEqual({
      kind: 'request',
      direction: 'to-reader',
      version: 0,
      reference: 19,
      id: '1008',
      bytes: 'AA0081040113100884021008',
    });
    expect(JSON.parse(JSON.stringify(decodeMessage('AA00810482071001820401000000')))).toHaveProperty(
      'status.running',
      true,
    );
    expect(JSON.parse(JSON.stringify(decodeMessage('AA0081048300100182040002000D')))).toHaveProperty(
      'detail',
      '0002000D',
    );
    expect(JSON.parse(JSON.stringify(decodeMessage('AA0081088409D821010000008400')))).toHaveProperty(
      'fileId',
      '01000000',
    );
  });
});

/** Random messages as the encoder takes them. */
const bytes = fc.uint8Array({ maxLength: 40 });
const nodes = fc.array(
  fc.oneof(
    fc.record({ tag: fc.constantFrom('81', '9F02', 'DFDF59'), value: bytes }),
    fc.record({ tag: fc.constant('A3'), children: fc.array(fc.record({ tag: fc.constant('81'), value: bytes })) }),
  ),
  { maxLength: 5 },
);
const common = {
  version: fc.nat(255),
  reference: fc.nat(255),
  id: fc.nat(0xffff),
  direction: fc.constantFrom('to-reader', 'from-reader'),
};
const hexOf = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => toHex(value));
/** A record in which only the fields that every message has may be left out. */
const record = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> => {
  const optional = ['version', 'reference', 'direction', 'payloadId', 'additional'];
  return fc.record(model, { requiredKeys: Object.keys(model).filter((key) => !optional.includes(key)) });
};
const four = fc.uint8Array({ minLength: 4, maxLength: 4 });
const status = fc.record({ summary: fc.nat(255), detail: hexOf(3) });
const input = fc.oneof(
  record({ ...common, kind: fc.constant('request'), payload: nodes, payloadId: fc.nat(0xffff), additional: bytes }),
  record({ ...common, kind: fc.constant('response'), payload: nodes, status }),
  record({ ...common, kind: fc.constant('notification'), payload: nodes, detail: four, additional: bytes }),
  record({ ...common, kind: fc.constant('file'), fileId: hexOf(4), contents: bytes }),
) as fc.Arbitrary<MmsMessageInput>;

describe('encodeMessage', () => {
  test.each([START, 'AA0081040113100884021008', 'AA0081048300100182040002000D', 'AA0081088409D8210100000084034D474B'])(
    'writes %s again',
    (hex) => {
      expect(toHex(encodeMessage(decodeMessage(hex)))).toBe(hex);
    },
  );

  test('decodes to what was encoded, and encodes to the same bytes again', () => {
    fc.assert(
      fc.property(input, (message) => {
        const encoded = encodeMessage(message);
        const decoded = decodeMessage(encoded);
        expect(decoded.kind).toBe(message.kind);
        expect(decoded.id).toBe(message.id);
        expect(decoded.reference).toBe(message.reference ?? 0);
        expect(decoded.version).toBe(message.version ?? 0);
        if (message.direction) expect(decoded.direction).toBe(message.direction);
        if (decoded.kind === 'file') {
          expect(decoded.contents).toEqual(message.kind === 'file' && message.contents);
        }
        expect(encodeMessage(decoded)).toEqual(encoded);
      }),
      { numRuns: 2_000 },
    );
  });

  test('means the same after the lengths became minimal', () => {
    const again = decodeMessage(encodeMessage(decodeMessage(SERIAL)));
    expect(again.bytes.length).toBe(SERIAL.length / 2 - 2);
    expect(again.payload.map(({ tag, value }) => [tag, toHex(value)])).toEqual(
      decodeMessage(SERIAL).payload.map(({ tag, value }) => [tag, toHex(value)]),
    );
  });

  test('writes the length of the payload as readers do where asked', () => {
    expect(toHex(encodeMessage(decodeMessage(SERIAL), { longPayloadLength: true }))).toBe(SERIAL);
    expect(toHex(encodeMessage(decodeMessage('AA00810482071001820401000000'), { longPayloadLength: true }))).toBe(
      'AA00810482071001820401000000',
    );
    expect(errorOf(() => longLengthObject(0x84, new Uint8Array(0x1_0000))).code).toBe('bad-value');
  });

  test('opens the payload with the id, and says where a message goes by its kind', () => {
    expect(toHex(encodeMessage({ kind: 'request', id: 0x1803, payload: [{ tag: '82', value: parseHex('03') }] }))).toBe(
      'AA0081040100180384051803820103',
    );
    const file = toMessage({
      kind: 'file',
      id: 0xd812,
      fileId: '05000000',
      contents: parseHex('AA'),
      direction: 'to-reader',
    });
    expect(toHex(file.bytes)).toBe('AA0081080400D812050000008401AA');
    expect(toMessage({ kind: 'file', id: 0xd821, fileId: '01000000', contents: bytesOf('') }).direction).toBe(
      'from-reader',
    );
  });

  const request = { kind: 'request', id: 0x1001, payload: [] } as const;
  test.each([
    ['id', { ...request, id: 0x1_0000 }],
    ['id', { ...request, id: -1 }],
    ['reference', { ...request, reference: 256 }],
    ['reference', { ...request, reference: 1.5 }],
    ['version', { ...request, version: 300 }],
    ['payloadId', { ...request, payloadId: -1 }],
    ['status', { ...request, kind: 'response' }],
    ['status.summary', { ...request, kind: 'response', status: { summary: 256, detail: '000000' } }],
    ['status.detail', { ...request, kind: 'response', status: { summary: 0, detail: '0000' } }],
    ['detail', { ...request, kind: 'notification', detail: bytesOf('00') }],
    ['detail', { ...request, kind: 'notification' }],
    ['fileId', { kind: 'file', id: 1, fileId: '0', contents: bytesOf('') }],
    ['fileId', { kind: 'file', id: 1, contents: bytesOf('') }],
    ['contents', { kind: 'file', id: 1, fileId: '00000000' }],
    ['payload', { ...decodeMessage(START) }],
  ])('refuses a message whose %s does not fit', (field, message) => {
    const error = errorOf(() => encodeMessage(message as MmsMessageInput));
    expect(error).toMatchObject({ name: 'MmsError', code: 'bad-value' });
    expect(error.message).toContain(field);
  });
});

function bytesOf(hex: string): Uint8Array {
  return parseHex(hex);
}

describe('withReference', () => {
  test('changes the reference and nothing else', () => {
    const message = decodeMessage(SERIAL);
    const other = withReference(message, 7);
    expect(other.reference).toBe(7);
    expect(toHex(other.bytes)).toBe(SERIAL.replace('82B5', '8207'));
    expect(message.reference).toBe(0xb5);
    expect(errorOf(() => withReference(message, 256)).code).toBe('bad-value');
  });
});

describe('whatever arrives', () => {
  /** Valid messages to cut, splice and change. */
  const whole = [START, SERIAL, 'AA00810483000101820410010200', 'AA0081088409D8210100000084034D474B'].map(parseHex);
  const mutated = fc
    .tuple(fc.constantFrom(...whole), fc.constantFrom(...whole), fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 6 }))
    .map(([a, b, at, from, patch]) => {
      const cut = at % (a.length + 1);
      return Uint8Array.of(...a.subarray(0, cut), ...patch, ...b.subarray(from % (b.length + 1)));
    });
  const flipped = fc.tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(255)).map(([message, at, value]) => {
    const copy = message.slice();
    copy[at % copy.length] = value;
    return copy;
  });
  const truncated = fc
    .tuple(fc.constantFrom(...whole), fc.nat())
    .map(([message, at]) => message.subarray(0, at % message.length));
  const random = fc.uint8Array({ maxLength: 60 }).map((rest) => Uint8Array.of(0xaa, ...rest));

  test('gives a whole message or an MmsError with an offset inside it (100,000 cases)', () => {
    const seed = Date.now() & 0x7fffffff;
    console.log(`seed of the malformed messages: ${String(seed)}`);
    fc.assert(
      fc.property(fc.oneof(mutated, flipped, truncated, random), (input) => {
        let message: MmsMessage;
        try {
          message = decodeMessage(input);
        } catch (error) {
          if (!(error instanceof MmsError)) throw error;
          return error.offset >= 0 && error.offset <= input.length;
        }
        // Whole: everything that it says can be read, and written again with the same meaning.
        const again = decodeMessage(encodeMessage(message));
        return (
          again.kind === message.kind &&
          again.id === message.id &&
          again.reference === message.reference &&
          again.payload.length === message.payload.length &&
          JSON.stringify(message) !== ''
        );
      }),
      { numRuns: 100_000, seed },
    );
  }, 60_000);

  test('never accepts a message that is cut short', () => {
    for (const message of whole) {
      for (let length = 0; length < message.length; length++) {
        const cut = message.subarray(0, length);
        try {
          const decoded = decodeMessage(cut);
          // Only between two top-level objects is a shorter message whole as well.
          expect(decoded.bytes.length).toBe(length);
          expect(['request', 'response', 'notification']).toContain(decoded.kind);
          expect(encodeMessage(decoded).length).toBeLessThanOrEqual(length);
        } catch (error) {
          expect(error).toBeInstanceOf(MmsError);
        }
      }
    }
  });

  test('reads a payload of a megabyte, and refuses a length of four bytes that is not there', () => {
    const value = new Uint8Array(1_000_000).fill(0x5a);
    const message = toMessage({ kind: 'request', id: 0x1823, payload: [{ tag: '85', value }] });
    expect(decodeMessage(message.bytes).payload[0]?.value).toHaveLength(1_000_000);
    expect(errorOf(() => decodeMessage('AA008104011310088484FFFFFFFF1008'))).toMatchObject({
      code: 'truncated',
      offset: 8,
    });
  });
});
