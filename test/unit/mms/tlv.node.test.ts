import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { searchHex } from '../../../src/mms/search-hex.js';
import { decodeTlv, encodeTlv, findTlv, isTlv, searchTlv, type TlvInput, type TlvNode } from '../../../src/mms/tlv.js';
import { errorOf } from '../../support/error-of.js';

/** A tree without views and offsets, to compare. */
const plain = (nodes: readonly TlvNode[]): unknown =>
  nodes.map(({ tag, value, children }) =>
    children ? { tag, children: plain(children) } : { tag, value: toHex(value) },
  );

const decode = (hex: string): unknown => plain(decodeTlv(parseHex(hex)));

describe('decodeTlv', () => {
  test('reads tags of one to four bytes and their values', () => {
    expect(decode('9C0100 9F0206000000000100 DFDF590102 DFDFDF370103')).toEqual([
      { tag: '9C', value: '00' },
      { tag: '9F02', value: '000000000100' },
      { tag: 'DFDF59', value: '02' },
      { tag: 'DFDFDF37', value: '03' },
    ]);
  });

  test('keeps children of constructed objects inside them and gives primitive ones none', () => {
    const nodes = decodeTlv(parseHex('A303810101 8403810101'));
    expect(plain(nodes)).toEqual([
      { tag: 'A3', children: [{ tag: '81', value: '01' }] },
      { tag: '84', value: '810101' },
    ]);
    expect(nodes[0]?.value).toEqual(parseHex('810101'));
    expect(nodes[1]).not.toHaveProperty('children');
  });

  test('tells where each object begins', () => {
    const nodes = decodeTlv(parseHex('00 9C0100 E1 04 9F0201AA'));
    expect(nodes.map(({ offset }) => offset)).toEqual([1, 4]);
    expect(nodes[1]?.children?.[0]?.offset).toBe(6);
  });

  test('skips padding between objects, before and after them, and inside constructed ones', () => {
    expect(decode('0000 810100 00 E105 00 810101 00 00')).toEqual([
      { tag: '81', value: '00' },
      { tag: 'E1', children: [{ tag: '81', value: '01' }] },
    ]);
    expect(decode('000000')).toEqual([]);
    expect(decode('')).toEqual([]);
  });

  test.each([
    ['8102AABB', 'AABB'],
    ['818102AABB', 'AABB'],
    ['81820002AABB', 'AABB'],
    ['8183000002AABB', 'AABB'],
    ['818400000002AABB', 'AABB'],
  ])('accepts lengths that are not minimal: %s', (hex, value) => {
    expect(decode(hex)).toEqual([{ tag: '81', value }]);
  });

  test('reads all bytes of long lengths: 010203 is 66,051, not 515', () => {
    const value = new Uint8Array(0x010203).fill(0x5a);
    const bytes = Uint8Array.of(0x81, 0x83, 0x01, 0x02, 0x03, ...value);
    expect(decodeTlv(bytes)[0]?.value).toHaveLength(66_051);
  });

  test.each([
    ['81', 'truncated', 0],
    ['9F', 'truncated', 0],
    ['DFDF', 'truncated', 0],
    ['8102AA', 'truncated', 0],
    ['810100 8205AA', 'truncated', 3],
    ['8182', 'truncated', 0],
    ['818200', 'truncated', 0],
    ['81840000000F00', 'truncated', 0],
    ['8184FFFFFFFF00', 'truncated', 0],
    ['8180AA0000', 'bad-length', 1],
    ['8185000000000100', 'bad-length', 1],
    ['9F0280', 'bad-length', 2],
    ['E103 8102AA', 'truncated', 2],
    ['E103 810500 AAAAAA', 'truncated', 2],
  ] as const)('refuses %s', (hex, code, offset) => {
    expect(errorOf(() => decode(hex))).toMatchObject({ name: 'MmsError', code, offset });
  });

  test('bounds the depth, by default at 64 and as asked', () => {
    const nested = (depth: number): Uint8Array =>
      Array.from({ length: depth }).reduce<Uint8Array>(
        (inner) => encodeTlv([{ tag: 'E1', value: inner }]),
        new Uint8Array(0),
      );
    expect(() => decodeTlv(nested(64))).not.toThrow();
    expect(errorOf(() => decodeTlv(nested(65)))).toMatchObject({ code: 'too-deep' });
    expect(() => decodeTlv(nested(2), { maxDepth: 2 })).not.toThrow();
    expect(errorOf(() => decodeTlv(nested(3), { maxDepth: 1 }))).toMatchObject({ code: 'too-deep', offset: 2 });
    expect(errorOf(() => decodeTlv(nested(1), { maxDepth: 0 }))).toMatchObject({ code: 'too-deep', offset: 0 });
  });

  test('takes any tag length without reading beyond the end', () => {
    const tag = 'DF'.repeat(500) + '01';
    expect(decode(`${tag}01AA`)).toEqual([{ tag, value: 'AA' }]);
    expect(errorOf(() => decodeTlv(new Uint8Array(1_000_000).fill(0xff)))).toMatchObject({
      code: 'truncated',
      offset: 0,
    });
  });

  test('is not quadratic on nested tags that all claim the rest', () => {
    const bytes = new Uint8Array(1_000_000);
    for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.set([0xe1, 0x82, 0xff, 0xff], at);
    const error = errorOf(() => decodeTlv(bytes));
    expect(['truncated', 'too-deep']).toContain(error.code);
  });

  test('does not copy values', () => {
    const bytes = parseHex('8101AA');
    expect(decodeTlv(bytes)[0]?.value.buffer).toBe(bytes.buffer);
  });
});

/** Random objects as the encoder takes them. */
const tag = fc.constantFrom('81', '9C', '9F02', 'DFDF59', 'DFDFDF37', 'C1');
const constructedTag = fc.constantFrom('A3', 'E1', 'F9', 'FF42', 'BF8101');
const { forest } = fc.letrec<{ forest: TlvInput[]; node: TlvInput }>((tie) => ({
  forest: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 5 },
    fc.record({ tag, value: fc.uint8Array({ maxLength: 140 }) }),
    fc.record({ tag: constructedTag, children: tie('forest') }),
  ),
}));

describe('isTlv', () => {
  /** Bytes of which tags, lengths and padding are made, so that many are whole objects and many nearly so. */
  const nearly = fc
    .array(fc.constantFrom(0x00, 0x1f, 0x3f, 0x82, 0x81, 0x80, 0x85, 0xe1, 0xff, 0x02, 0x01), { maxLength: 24 })
    .map((bytes) => Uint8Array.from(bytes));

  test('says yes to just what decodeTlv reads', () => {
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(nearly, fc.uint8Array({ maxLength: 40 })), (bytes) => {
        const reads = (() => {
          try {
            decodeTlv(bytes);
            return true;
          } catch {
            return false;
          }
        })();
        if (reads) read++;
        else refused++;
        expect(isTlv(bytes)).toBe(reads);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(read, refused)).toBeGreaterThan(100);
  });

  test('counts levels as decodeTlv does', () => {
    const nested = (levels: number): Uint8Array => {
      let bytes: Uint8Array = Uint8Array.of(0x81, 0x00);
      for (let level = 0; level < levels; level++) bytes = encodeTlv([{ tag: 'E1', value: bytes }]);
      return bytes;
    };
    expect([isTlv(nested(64)), isTlv(nested(65))]).toEqual([true, false]);
    expect(() => decodeTlv(nested(64))).not.toThrow();
    expect(() => decodeTlv(nested(65))).toThrow(MmsError);
  });
});

describe('encodeTlv', () => {
  test('takes bytes of another realm: of a frame, or of Node where a test has a page of its own', () => {
    const value = runInNewContext('Uint8Array.of(1, 2, 3)') as Uint8Array;
    expect(value instanceof Uint8Array).toBe(false);
    expect(toHex(encodeTlv([{ tag: 'FA', children: [{ tag: '9F02', value }] }]))).toBe('FA069F0203010203');
  });

  test('writes what decodeTlv reads, with minimal lengths', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const bytes = encodeTlv(nodes);
        const decoded = decodeTlv(bytes);
        expect(plain(decoded)).toEqual(plain(nodes.map(asNode)));
        expect(encodeTlv(decoded)).toEqual(bytes);
      }),
    );
  });

  test.each([0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, 0x100_0000])('writes a length of %i minimally', (length) => {
    const bytes = encodeTlv([{ tag: '81', value: new Uint8Array(length) }]);
    const lengthBytes = length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : length < 0x100_0000 ? 4 : 5;
    expect(bytes.length).toBe(1 + lengthBytes + length);
    expect(decodeTlv(bytes)[0]?.value).toHaveLength(length);
  });

  test('writes children, not the value, where both are there', () => {
    const bytes = encodeTlv([{ tag: 'A3', value: parseHex('FFFF'), children: [{ tag: '81', value: parseHex('01') }] }]);
    expect(toHex(bytes)).toBe('A303810101');
  });

  test('writes the value of a constructed object given whole, and nothing for no value', () => {
    expect(toHex(encodeTlv([{ tag: 'A3', value: parseHex('810101') }, { tag: '82' }]))).toBe('A3038101018200');
  });

  test.each(['', '00', '9', '9F', '9F8F', '8181', 'XX', '9F0201', '0001'])('refuses the tag %j', (bad) => {
    expect(errorOf(() => encodeTlv([{ tag: bad }]))).toMatchObject({ name: 'MmsError', code: 'bad-value' });
  });

  test('refuses children of a primitive tag', () => {
    expect(errorOf(() => encodeTlv([{ tag: '84', children: [] }]))).toMatchObject({ code: 'bad-value' });
  });
});

function asNode(node: TlvInput): TlvNode {
  const children = node.children?.map(asNode);
  return { tag: node.tag, value: node.value ?? new Uint8Array(0), offset: 0, ...(children ? { children } : {}) };
}

describe('findTlv', () => {
  const nodes = decodeTlv(parseHex('F9088101AA E103 8101BB F905 E103 8201CC'));

  test('follows a path, through every branch that fits', () => {
    expect(findTlv(nodes, 'F9/81')?.value).toEqual(parseHex('AA'));
    expect(findTlv(nodes, 'F9/E1/81')?.value).toEqual(parseHex('BB'));
    expect(findTlv(nodes, 'F9/E1/82')?.value).toEqual(parseHex('CC'));
  });

  test.each(['81', 'F9/83', 'F9/81/82', 'F9/E1/81/9C', ''])('finds nothing at %j', (path) => {
    expect(findTlv(nodes, path)).toBeUndefined();
  });
});

test('random bytes give a tree or an MmsError inside them, and decode again to the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      let nodes: TlvNode[];
      try {
        nodes = decodeTlv(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MmsError);
        expect((error as MmsError).offset).toBeLessThan(bytes.length);
        return;
      }
      expect(plain(decodeTlv(encodeTlv(nodes)))).toEqual(plain(nodes));
    }),
    { numRuns: 20_000 },
  );
});

describe('in bytes, without a tree of all of them', () => {
  /** Every path that leads to an object, and some that lead nowhere. */
  const pathsOf = (nodes: readonly TlvNode[]): string[] =>
    nodes.flatMap((node) => [
      node.tag,
      `${node.tag}/9F7F`,
      ...pathsOf(node.children ?? []).map((rest) => `${node.tag}/${rest}`),
    ]);

  const tagsOf = (nodes: readonly TlvNode[]): string[] =>
    nodes.flatMap(({ tag, children = [] }) => [tag, ...tagsOf(children)]);
  const hexOf = (node: TlvNode | undefined): string | undefined => node && toHex(node.value);

  test('what is found is what is found in the tree', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const bytes = encodeTlv(nodes);
        const tree = decodeTlv(bytes);
        for (const path of ['81', 'DFDF59', 'df', '', ...pathsOf(tree)]) {
          expect(findTlv(bytes, path)).toEqual(findTlv(tree, path));
          const last = path.slice(path.lastIndexOf('/') + 1);
          expect(searchTlv(bytes, last)).toEqual(searchTlv(tree, last));
        }
        const tags = ['81', ...tagsOf(tree), 'DFDF59'];
        expect(searchHex(bytes, tags)).toEqual(tags.map((tag) => hexOf(searchTlv(tree, tag))));
      }),
    );
  });

  test('bytes of another realm are read as ours are', () => {
    const bytes = runInNewContext('Uint8Array.of(0xA3, 3, 0x81, 1, 0x55)') as Uint8Array;
    expect(toHex(findTlv(bytes, 'A3/81')!.value)).toBe('55');
    expect(toHex(searchTlv(bytes, '81')!.value)).toBe('55');
    expect(searchHex(bytes, ['81', '82'])).toEqual(['55', undefined]);
  });

  test('padding is skipped, and offsets count from the first byte', () => {
    const bytes = parseHex('0000A30500810155000081 01AA');
    expect(searchTlv(bytes, '81')).toEqual({ tag: '81', value: Uint8Array.of(0x55), offset: 5 });
    expect(findTlv(bytes, '81')).toEqual({ tag: '81', value: Uint8Array.of(0xaa), offset: 10 });
    expect(findTlv(bytes, '81/82')).toBeUndefined();
  });

  test('nesting without an end is refused as in a tree', () => {
    const deep = parseHex('E182FFFF'.repeat(70));
    const nested = Array.from({ length: 66 }).reduce<Uint8Array>(
      (inside) => encodeTlv([{ tag: 'E1', value: inside }]),
      parseHex('8100'),
    );
    expect(errorOf(() => searchTlv(nested, '81'))).toEqual(errorOf(() => decodeTlv(nested)));
    expect(errorOf(() => findTlv(nested, Array.from({ length: 67 }, () => 'E1').join('/')))).toMatchObject({
      code: 'too-deep',
    });
    expect(errorOf(() => searchTlv(deep, '81'))).toMatchObject({ code: 'truncated' });
  });

  test('bytes that are no whole objects are refused as decodeTlv refuses them, also behind what is looked for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (rest) => {
        const bytes = Uint8Array.of(0x81, 0x00, ...rest);
        const refusal = (act: () => unknown): unknown => {
          try {
            act();
            return undefined;
          } catch (error) {
            const { code, offset } = error as MmsError;
            return { code, offset };
          }
        };
        const expected = refusal(() => decodeTlv(bytes));
        expect(refusal(() => searchTlv(bytes, '81'))).toEqual(expected);
        expect(refusal(() => findTlv(bytes, '81'))).toEqual(expected);
        expect(refusal(() => searchHex(bytes, ['81', '82']))).toEqual(expected);
      }),
    );
  });
});
