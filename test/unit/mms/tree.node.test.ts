/** Messages as trees of named parts: every byte has its place, and parts say what they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { redact } from '../../../src/mms/redact.js';
import { encodeTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { messageTree, type TreeNode } from '../../../src/mms/tree.js';
import constructedVectors from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import vectors from '../../support/vectors/messages.json' with { type: 'json' };

const constructed = constructedVectors.messages;

/** One line a part: depth, tag, label, reading. */
function linesOf(nodes: readonly TreeNode[], depth = 0): string[] {
  return nodes.flatMap(({ tag, label, reading, children }) => [
    `${'  '.repeat(depth)}${[tag ?? '', label, reading].filter((text) => text !== '').join(' | ')}`,
    ...linesOf(children ?? [], depth + 1),
  ]);
}

const treeOf = (message: MmsMessage | string): string[] =>
  linesOf(messageTree(typeof message === 'string' ? decodeMessage(message) : message));

describe('a tree', () => {
  test('of a start names its parameters and reads its amounts in their currency', () => {
    const start = commands.startTransaction({ amount: '4.60', currency: 'EUR', accept: 'insert tap', reference: 7 });
    expect(treeOf(start)).toEqual([
      'Start of message | AA',
      'Version | 0',
      '81 | Message information',
      '  Type | 01 request to the reader',
      '  Reference | 07 7',
      '  Number | 1001 Start Transaction',
      '84 | Payload',
      '  Number | 1001',
      '  82 | Time limit, seconds | 3C',
      '  A3 | Reader options',
      '    81 | Magnetic stripe reader | 00 off',
      '    82 | Contact reader | 01 on',
      '    83 | Contactless reader | 01 EMV',
      '  84 | Transaction options | 0003',
      '  86 | Transaction data',
      '    9C | Transaction type | purchase',
      '    9F02 | Amount, authorized | 4.60 EUR',
      '    9F03 | Amount, other | 0.00 EUR',
      '    5F2A | Transaction currency code | EUR',
    ]);
  });

  test('of a property names it, its nodes and its value', () => {
    const answer = 'AA00810482B5D1018204000000008482001CD10181072B06010401F6098501028704020101018906C104B6032260';
    expect(treeOf(answer).slice(2)).toEqual([
      '81 | Message information',
      '  Type | 82 response from the reader',
      '  Reference | B5 181',
      '  Number | D101 Get Property',
      '82 | Status',
      '  Summary | 00 done',
      '  Detail | 000000 success',
      '84 | Payload',
      '  Number | D101',
      '  81 | Company id | 2B06010401F609',
      '  85 | Property type, first node | 02',
      '  87 | Identifier prefix | 02010101',
      '  89 | Identifier remainder and value | 2.2.1.1.1.1 Serial number',
      '    C1 | Node 1 | B6032260 B603226',
    ]);
    const password = commands.setProperty({ oid: '1.2.2.1.1.2', value: new TextEncoder().encode('secret') });
    expect(treeOf(redact(password)).at(-1)).toBe('    C2 | Node 2 | masked, 6 bytes');
    const long = commands.getProperty({ oid: '2.2.1.1.1.2', form: 'long' });
    expect(treeOf(long).slice(-5)).toEqual([
      '    E2 | Node 2',
      '      E1 | Node 1',
      '        E1 | Node 1',
      '          E1 | Node 1',
      '            C2 | Node 2 | empty',
    ]);
  });

  test('of card data names objects, reads what is shown and says what is masked', () => {
    const arqc = constructed.find(({ hex }) => hex.startsWith('AA00810483000101820410080202'))?.hex ?? '';
    const lines = treeOf(redact(decodeMessage(arqc)));
    expect(lines).toContain('82 | Notification detail | 10080202 ARQC from contact card');
    expect(lines).toContain('  84 | Card data');
    expect(lines).toContain('    Length | 00BB 187 bytes');
    expect(lines).toContain('      DFDF25 | Device (IFD) serial number | “B603226”');
    expect(lines.some((line) => line.includes('DFDF59 | Encrypted data primitive | masked, 64 bytes'))).toBe(true);
    expect(lines.some((line) => line.includes('| contact chip'))).toBe(true);
    expect(lines.some((line) => line.includes('Padding and MAC'))).toBe(true);
  });

  test('of an answer or a notification does not take the tags of commands for those of EMV', () => {
    const nested = { tag: 'A5', children: [{ tag: '95', value: parseHex('0000000000') }] };
    const answer = toMessage({
      kind: 'response',
      id: 0x1100,
      status: { summary: 0x41, detail: '020304' },
      payload: [{ tag: '82', value: parseHex('1980') }, nested, { tag: 'F8', children: [] }],
    });
    expect(treeOf(answer).slice(6)).toEqual([
      '82 | Status',
      '  Summary | 41 running with warnings',
      '  Detail | 020304 no transaction in progress',
      '84 | Payload',
      '  Number | 1100',
      '  82 | 1980',
      '  A5',
      '    95 | 0000000000',
      '  F8 | Encrypted data container',
    ]);
  });

  test('of a message for the screen says its text', () => {
    expect(treeOf(commands.displayMessage({ message: 3 })).slice(-2)).toEqual([
      '  81 | Display time, seconds | 00 until something else is shown',
      '  82 | Text | 03 APPROVED',
    ]);
  });

  test('of a start shows the tax in its currency, and as digits where there is none', () => {
    const tax = { tag: 'A4', children: [{ tag: '82', value: parseHex('000000000123') }] };
    const start = (list: string) =>
      treeOf(toMessage({ kind: 'request', id: 0x1001, payload: [{ tag: '86', value: parseHex(list) }, tax] }));
    expect(start('5F2A020978').at(-1)).toMatch(/1\.23 EUR$/);
    expect(start('9F0206000000000460').at(-1)).toMatch(/000000000123$/);
    expect(start('9F02').at(-1)).toMatch(/000000000123$/);
    expect(treeOf(toMessage({ kind: 'request', id: 0x1001, payload: [tax] })).at(-1)).toMatch(/000000000123$/);
  });

  test('of card data calls a tag what it is for the kernel of the application', () => {
    const card = (application: string) => {
      const objects = `F914FA1270104F07${application}9F6E0420700000`;
      const arqc = `AA0081048300010182041008020284200101841C0016${objects}00000000`;
      return treeOf(arqc).find((line) => line.includes('9F6E'));
    };
    expect(card('A0000000031010')).toBe('          9F6E | Form factor indicator | 20700000');
    expect(card('A0000000041010')).toBe('          9F6E | Third-party data | 20700000');
    expect(card('A0000009999999')).toContain('| Third-party data, form factor or reader capabilities |');
  });

  test('of what cannot be read as objects has it as one value', () => {
    const broken = [{ tag: '86', value: parseHex('9F02') }];
    expect(treeOf(toMessage({ kind: 'request', id: 0x1001, payload: broken })).at(-1)).toBe(
      '  86 | Transaction data | 9F02',
    );
    expect(
      treeOf(toMessage({ kind: 'request', id: 0xd101, payload: [{ tag: '89', value: parseHex('C1') }] })).at(-1),
    ).toBe('  89 | Identifier remainder and value | C1');
    expect(treeOf('AA008104830001018204200804028406010184020102').at(-1)).toBe('  84 | Data | 0102');
    expect(treeOf('AA0081048300010182040010000084050101840100').slice(-1)).toEqual(['  84 | Data']);
    expect(treeOf('AA00810483000101820400100000840401018400').slice(-1)).toEqual(['  84 | Data']);
    // No padding, no MAC.
    expect(treeOf('AA008104830001018204100802028408010184040002F900').slice(-2)).toEqual([
      '    Length | 0002 2 bytes',
      '    F9 | Outer container: MAC structure and generic data',
    ]);
    // A list beside the objects that name its property.
    const property = [
      { tag: '85', value: parseHex('01') },
      { tag: '87', value: parseHex('02') },
      { tag: '89', value: parseHex('C100') },
      { tag: '89', value: parseHex('C1') },
    ];
    expect(treeOf(toMessage({ kind: 'request', id: 0xd111, payload: property }))).toContain(
      '  89 | Identifier remainder and value | 1.2.1',
    );
    const unreadable = [{ tag: '85', value: parseHex('01') }, { tag: '89', value: parseHex('C1') }, property[2]!];
    expect(treeOf(toMessage({ kind: 'request', id: 0xd111, payload: unreadable }))).toContain(
      '    C1 | Node 1 | empty',
    );
  });

  test('of a unique id, of a text, of a file and of reserved bytes has all of them', () => {
    expect(treeOf('AA00810483000101820420080402840E0101840ADF790704A1B2C3D4E5F6').slice(-2)).toEqual([
      '  84 | Data',
      '    DF79 | 04A1B2C3D4E5F6',
    ]);
    expect(
      treeOf('AA00810483001803820402FFFFFF8482001818030000000000000000000050524553454E542043415244').at(-1),
    ).toMatch(/^ {2}Text \| 0000/);
    const file = treeOf('AA00810A8409D82101000000AAAA8303010203840148');
    expect(file).toContain('  File id | 01000000 signature');
    expect(file).toContain('  Reserved | AAAA');
    expect(file).toContain('83 | Additional details | 010203');
    expect(file).toContain('84 | Contents | 48');
    // A command that nobody has named.
    expect(treeOf('AA00810401007777').some((line) => line.includes('7777'))).toBe(true);
    // An object beside those of a message.
    expect(treeOf('AA00810401001008840210085F2A020978').at(-1)).toContain('5F2A | Transaction currency code');
    // A stray status in a request, and a payload without its number.
    expect(treeOf('AA00810401001008820400000000').at(-1)).toBe('82 | Notification detail | 00000000');
    expect(treeOf('AA008104010010088400').at(-1)).toBe('84 | Payload | empty');
    expect(treeOf('AA00810482001008820480020304').at(-2)).toBe('  Summary | 80 refused or failed');
  });

  test('writes long values out only in part', () => {
    const long = commands.showBitmap({ bitmap: new Uint8Array(1000) });
    expect(treeOf(long).at(-1)).toMatch(/^ {2}85 \| Bitmap file \| 0{64}… 1000 bytes$/);
  });

  /** Every part lies within its parent, behind the one before it. */
  function check(nodes: readonly TreeNode[], start: number, end: number): void {
    let at = start;
    for (const node of nodes) {
      const isLine = node.tag === undefined && node.start < at;
      expect(node.start).toBeGreaterThanOrEqual(isLine ? start : at);
      expect(node.end).toBeGreaterThanOrEqual(node.start);
      expect(node.end).toBeLessThanOrEqual(end);
      if (node.children) check(node.children, node.start, node.end);
      at = Math.max(at, node.end);
    }
  }

  test('knows where each part stands, in every vector', () => {
    const messages = [...vectors, ...constructed].flatMap(({ hex }) => {
      try {
        return [decodeMessage(hex)];
      } catch (error) {
        expect(error).toBeInstanceOf(MmsError);
        return [];
      }
    });
    expect(messages.length).toBeGreaterThan(30);
    for (const message of messages) {
      const tree = messageTree(message);
      check(tree, 0, message.bytes.length);
      expect(toHex(message.bytes.subarray(tree[2]?.start, tree[2]?.end))).toMatch(/^81/);
    }
  });

  const batch = (...objects: readonly TlvInput[]): string => {
    const f9 = encodeTlv([{ tag: 'F9', children: objects }]);
    const blob = Uint8Array.of(0, f9.length, ...f9, 0, 0, 0, 0);
    const detail = parseHex('10080302');
    return toHex(toMessage({ kind: 'notification', id: 0x0101, detail, payload: [{ tag: '84', value: blob }] }).bytes);
  };
  const amount = (digits: string): TlvInput => ({ tag: '9F02', value: parseHex(digits) });
  const currency = (numeric: string): TlvInput => ({ tag: '5F2A', value: parseHex(numeric) });
  const list = (tag: string, ...children: readonly TlvInput[]): TlvInput => ({ tag, children });
  const readings = (hex: string, tag: string): string[] => {
    const found: string[] = [];
    const collect = (nodes: readonly TreeNode[]): void => {
      for (const node of nodes) {
        if (node.tag === tag) found.push(node.reading);
        collect(node.children ?? []);
      }
    };
    collect(messageTree(decodeMessage(hex)));
    return found;
  };

  test.each([
    [[list('F7', currency('0392'), amount('000000000460'))], '460 JPY'],
    [[list('F7', currency('0800'), amount('000000012500'))], '12500 UGX'],
    [[list('F7', amount('000000001234'), currency('0368'))], '1.234 IQD'],
    [[list('FA', currency('0978'), list('F7', amount('000000000460')))], '4.60 EUR'],
    [[list('FA', currency('0978'), list('F7', currency('0392'), amount('000000000460')))], '460 JPY'],
    [[list('F7', amount('000000000460'))], '000000000460'],
    [[list('F7', currency('0978')), list('F3', amount('000000000460'))], '000000000460'],
    [[list('F7', currency('0001'), amount('000000000460'))], '000000000460'],
  ])('of card data shows an amount in the currency beside it (%#)', (objects, reading) => {
    expect(readings(batch(...objects), '9F02')).toEqual([reading]);
  });

  test('of a start shows the tax in the currency of the sale', () => {
    const start = (alpha?: string): string =>
      toHex(commands.startTransaction({ amount: '460', tax: '40', ...(alpha ? { currency: alpha } : {}) }).bytes);
    expect(readings(start('JPY'), '82')).toContain('40 JPY');
    expect(readings(start(), '82')).toContain('000000004000');
  });

  test.each(['5F34', '5F57', '9F11'])('says of one hidden byte that it is masked: %s', (tag) => {
    const object = (name: string, byte: number): string => batch({ tag: name, value: Uint8Array.of(byte) });
    expect(readings(toHex(redact(decodeMessage(object(tag, 1))).bytes), tag)).toEqual(['masked, 1 byte']);
    expect(readings(object('DFDF53', 0x2a), 'DFDF53')).toEqual(['2A']);
  });

  test('says of one hidden byte of an answer that it is masked', () => {
    expect(readings('AA0081048200110382040000000084051103810 12A'.replace(' ', ''), '81')).toContain('masked, 1 byte');
  });

  test('of whatever decodes never throws', () => {
    const whole = [...vectors, ...constructed].map(({ hex }) => hex).filter((hex) => /^AA00[0-9A-F]+$/.test(hex));
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.nat(255), (hex, place, byte) => {
        const bytes = parseHex(hex.slice(0, hex.length & ~1));
        bytes[place % bytes.length] = byte;
        let message;
        try {
          message = decodeMessage(bytes);
        } catch {
          return;
        }
        check(messageTree(message), 0, bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
