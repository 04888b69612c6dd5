/** Every message of `test/support/vectors` decodes as it says, and encodes to the same message again. */
import berTlv from 'ber-tlv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { decodeTlv, encodeTlv, findTlv, type TlvNode } from '../../../src/mms/tlv.js';
import examples from '../../support/vectors/command-examples.json' with { type: 'json' };
import constructed from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import collected from '../../support/vectors/messages.json' with { type: 'json' };
import { errorOf } from '../../support/error-of.js';

interface Tree {
  readonly tag: string;
  readonly len: number;
  readonly value?: string;
  readonly children?: readonly Tree[];
}

interface Expected {
  readonly version: number;
  readonly ref: number;
  readonly id: string;
  readonly topTags: readonly { readonly tag: string; readonly len: number; readonly lenBytes: number }[];
  readonly payload?: { readonly startsWithId: boolean; readonly bodyHex: string; readonly tree: readonly Tree[] };
}

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly expect: Expected & { readonly hid?: { readonly innerHex: string }; readonly message?: Expected };
}

const vectors = collected as unknown as readonly Vector[];
const ofKind = (kind: string): readonly Vector[] => vectors.filter((vector) => vector.kind === kind);

/** A tree as the vectors write it. */
const treeOf = (nodes: readonly TlvNode[]): unknown =>
  nodes.map(({ tag, value, children }) => ({
    tag,
    len: value.length,
    ...(children ? { children: treeOf(children) } : { value: toHex(value) }),
  }));

/** What a message means, without the lengths of its lengths. */
function meaning(message: MmsMessage): unknown {
  const { kind, version, direction, reference, id, payloadId, payload, opaque, additional, reserved, rest } = message;
  const own =
    message.kind === 'response'
      ? message.status
      : message.kind === 'notification'
        ? message.detail
        : message.kind === 'file'
          ? { fileId: message.fileId, contents: message.contents }
          : undefined;
  const base = { kind, version, direction, reference, id, payloadId, opaque, additional, reserved, own };
  return { ...base, payload: valuesOf(payload), rest: valuesOf(rest) };
}

/** Values of primitive objects: those of constructed ones have the lengths inside. */
const valuesOf = (nodes: readonly TlvNode[]): unknown =>
  nodes.map(({ tag, value, children }) => (children ? { tag, children: valuesOf(children) } : { tag, value }));

function expectDecoded(hex: string, expected: Expected): void {
  const message = decodeMessage(hex);
  expect(message).toMatchObject({ version: expected.version, reference: expected.ref });
  expect(message.id.toString(16).toUpperCase().padStart(4, '0')).toBe(expected.id);
  const top = decodeTlv(message.bytes.subarray(2)).map(({ tag, value }) => ({ tag, len: value.length }));
  expect(top).toEqual(expected.topTags.map(({ tag, len }) => ({ tag, len })));
  if (!expected.payload) return;
  expect(message.payloadId === message.id).toBe(expected.payload.startsWithId);
  if (expected.payload.startsWithId) expect(treeOf(message.payload)).toEqual(expected.payload.tree);
}

describe('messages that others wrote', () => {
  test.each(ofKind('request'))('$id decodes as it says', ({ hex, expect: expected }) => {
    expect(decodeMessage(hex).kind).toBe('request');
    expectDecoded(hex, expected);
  });

  test.each(ofKind('hid-packet'))('the message inside $id decodes as it says', ({ expect: { hid, message } }) => {
    expectDecoded(hid!.innerHex, message!);
  });

  test.each([...ofKind('malformed'), ...ofKind('text-frame'), ...ofKind('hid-packet')])(
    '$id is not a message',
    ({ hex }) => {
      const error = errorOf(() => decodeMessage(hex));
      expect(error).toBeInstanceOf(MmsError);
      expect(error.offset).toBeLessThanOrEqual(hex.length / 2);
    },
  );

  test.each(ofKind('arqc-payload'))('the container of $id is whole', ({ hex }) => {
    const bytes = parseHex(hex);
    const length = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    const nodes = decodeTlv(bytes.subarray(2, 2 + length));
    expect(nodes.map(({ tag }) => tag)).toEqual(['F9']);
    expect(findTlv(nodes, 'F9/FA/70/DFDF52')?.value).toHaveLength(1);
  });
});

const all = [
  ...ofKind('request').map(({ id, hex }) => ({ name: id, hex })),
  ...examples.examples.map(({ labels, command, hex }) => ({ name: `${command} ${labels[0] ?? ''}`, hex })),
  ...constructed.messages,
];

describe.each(all)('$name', ({ hex }) => {
  test('means the same after it was encoded anew, and from then on has the same bytes', () => {
    const message = decodeMessage(hex);
    const bytes = encodeMessage(message);
    const again = decodeMessage(bytes);
    expect(meaning(again)).toEqual(meaning(message));
    expect(encodeMessage(again)).toEqual(bytes);
    // Lengths of requests are minimal in all published ones but those with a topic of 224 bytes.
    if (bytes.length === hex.length / 2) expect(toHex(bytes)).toBe(hex);
  });

  test('is refused wherever it is cut', () => {
    const { bytes } = decodeMessage(hex);
    const step = Math.max(1, Math.floor(bytes.length / 500));
    const boundaries = new Set(decodeTlv(bytes.subarray(2)).map(({ offset }) => offset + 2));
    for (let end = 0; end < bytes.length; end += step) {
      // A message without its last object may still be one.
      if (boundaries.has(end)) continue;
      expect(errorOf(() => decodeMessage(bytes.subarray(0, end)))).toBeInstanceOf(MmsError);
    }
  });
});

test('reads what a strict TLV library of npm reads, and refuses what it refuses', () => {
  interface Item {
    readonly tag: string;
    readonly value: Buffer | null;
    readonly items: readonly Item[] | null;
  }
  const plain = (items: readonly Item[]): unknown =>
    items.map(({ tag, value, items: inner }) =>
      inner ? { tag, children: plain(inner) } : { tag, value: toHex(value ?? new Uint8Array(0)) },
    );
  const ours = (nodes: readonly TlvNode[]): unknown =>
    nodes.map(({ tag, value, children }) =>
      children ? { tag, children: ours(children) } : { tag, value: toHex(value) },
    );

  const primitive = fc.constantFrom('80', '9F02', 'DFDF59', '5A', 'DFDFDF37', '1F8155');
  const { nodes } = fc.letrec<{ nodes: { tag: string; value?: Uint8Array; children?: object[] }[] }>((tie) => ({
    nodes: fc.array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ tag: primitive, value: fc.uint8Array({ maxLength: 300 }) }),
        fc.record({ tag: fc.constantFrom('E1', 'F9', 'FF42', '70'), children: tie('nodes') }),
      ),
      { maxLength: 4 },
    ),
  }));
  fc.assert(
    fc.property(nodes, fc.option(fc.nat()), (tree, cut) => {
      const bytes = encodeTlv(tree as never);
      const part = cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
      let theirs: unknown;
      try {
        theirs = plain(berTlv.TlvFactory.parse(Buffer.from(part)));
      } catch {
        expect(() => decodeTlv(part)).toThrow(MmsError);
        return;
      }
      expect(ours(decodeTlv(part))).toEqual(theirs);
    }),
    { numRuns: 3_000 },
  );
});
