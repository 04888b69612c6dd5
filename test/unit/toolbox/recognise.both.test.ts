/** What was pasted: in every notation, as messages, packets, objects, files and ids; with its place where it is wrong; never in clear. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { redactText } from '../../../src/mms/redact.js';
import { encodeTlv } from '../../../src/mms/tlv.js';
import type { TreeNode } from '../../../src/mms/tree.js';
import { readId } from '../../../src/toolbox/ids.js';
import { readBytes, toBase64, type Written } from '../../../src/toolbox/notation.js';
import { isFault, type PasteFault } from '../../../src/toolbox/paste-fault.js';
import { isBinary, LineRecogniser, recognise } from '../../../src/toolbox/recognise.js';
import { toPackets } from '../../../src/transports/hid-packets.js';
import { cardNumber } from '../../support/card-number.js';

const CANCEL = 'AA0081040113100884021008';
const APPROVED = 'AA0081040155180384081803810100820103';
const OBJECTS = '9F02060000000004605F2A020978500456495341';
const pairs = (hex: string): string[] => hex.match(/../g) ?? [];

function faultOf(text: string): PasteFault {
  const [problem] = recognise(text).problems;
  if (problem) return problem.fault;
  throw new Error(`nothing wrong with ${text}`);
}

function written(text: string): Written {
  const read = readBytes(text);
  if (!isFault(read)) return read;
  throw new Error(read.message);
}

describe('bytes as people write them', () => {
  test.each([
    ['AA008104', 'digits'],
    ['aa 00 81 04', 'spaces'],
    ['AA00 8104', 'groups'],
    ['AA:00:81:04', 'colons'],
    ['AA-00-81-04', 'hyphens'],
    ['0xAA, 0x0, 0x81, 0x4', '0x, with single digits'],
    ['0xAA008104', '0x in front of all'],
    [String.raw`\xAA\x00\x81\x04`, 'escapes'],
    ['AA 00\r\n81 04\n', 'line ends'],
    ['SENDCOMMAND,AA008104', 'the verb of scripts'],
  ])('%s: %s', (text) => {
    const { bytes, notation } = written(text);
    expect([toHex(bytes), notation]).toEqual(['AA008104', 'hexadecimal']);
  });

  test.each([
    ['qgCBBAETEAiEAhAI', 'plain'],
    ['qgCBBAET\r\nEAiEAhAI', 'with a line end'],
    ['SENDBASE64COMMAND,qgCBBAETEAiEAhAI', 'the verb of scripts'],
    ['data:application/octet-stream;base64,qgCBBAETEAiEAhAI', 'an address'],
  ])('%s: %s', (text) => {
    const { bytes, notation } = written(text);
    expect([toHex(bytes), notation]).toEqual([CANCEL, 'base64']);
  });

  test('base64 of both alphabets, with and without padding, is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        (bytes, isUrl, isPadded) => {
          let text = toBase64(bytes);
          if (isUrl) text = text.replace(/\+/g, '-').replace(/\//g, '_');
          if (!isPadded) text = text.replace(/=+$/, '');
          expect(toHex(written(`SENDBASE64COMMAND,${text}`).bytes)).toBe(toHex(bytes));
        },
      ),
    );
  });

  test('the place of a byte is that of its first character, however it is written', () => {
    const { offsetOf } = written('SENDCOMMAND, 0xAA, 0x0, 0x81');
    expect([0, 1, 2, 3].map(offsetOf)).toEqual([15, 20, 26, 28]);
    const base64 = written('SENDBASE64COMMAND,qgCB\nBAET');
    expect([0, 1, 3].map(base64.offsetOf)).toEqual([18, 19, 23]);
  });

  test.each([
    ['AA00 81xx', 'bad-hex', 7],
    ['AA008', 'odd-hex', 4],
    ['1:23:45', 'odd-hex', 0],
    ['170, 0, 129, 4', 'odd-hex', 2],
    ['SENDCOMMAND,AA0', 'odd-hex', 14],
    ['SENDBASE64COMMAND,qgCB*', 'bad-base64', 22],
    ['SENDBASE64COMMAND,qgCBB', 'cut-base64', 23],
    ['qgCBBAETEAiEAhAI*gCBBAETEAi', 'bad-base64', 16],
    ['hello', 'bad-hex', 0],
  ])('%s is wrong: %s at character %i', (text, code, offset) => {
    expect(faultOf(text)).toMatchObject({ code, offset });
  });
});

describe('what was pasted', () => {
  test('is a message, in each notation', () => {
    for (const text of [CANCEL, pairs(CANCEL).join(':'), toBase64(parseHex(CANCEL)), `# note\n${CANCEL}`]) {
      const { findings, problems } = recognise(text);
      expect(problems).toEqual([]);
      expect(findings).toMatchObject([{ kind: 'message', text: 'Cancel Transaction (ref 19)' }]);
      expect(toHex(findings[0]!.bytes)).toBe(CANCEL);
    }
  });

  test('is one message although it has line breaks, or several where each line begins one', () => {
    expect(recognise(pairs(CANCEL).join('\n')).findings).toHaveLength(1);
    const several = recognise(`${CANCEL}\r\n\r\n# a note\nSENDCOMMAND,${APPROVED}`);
    expect(several.findings.map(({ line, text }) => [line, text])).toEqual([
      [1, 'Cancel Transaction (ref 19)'],
      [4, 'Display Message “APPROVED” (ref 85)'],
    ]);
  });

  test('goes on behind a line that is wrong, and says where that is', () => {
    const { findings, problems } = recognise(`${CANCEL}\n${CANCEL.slice(0, -2)}\n${APPROVED}`);
    expect(findings.map(({ line }) => line)).toEqual([1, 3]);
    expect(problems).toMatchObject([{ line: 2, fault: { code: 'truncated', byte: 8, offset: 25 + 16 } }]);
  });

  test('is a list of objects, read as EMV objects', () => {
    const { findings } = recognise(OBJECTS);
    expect(findings).toMatchObject([{ kind: 'objects', text: 'List of objects, 20 bytes' }]);
    expect(findings[0]!.tree.map(({ tag, label, reading }) => `${tag ?? ''} ${label}: ${reading}`)).toEqual([
      '9F02 Amount, authorized: 4.60 EUR',
      '5F2A Transaction currency code: EUR',
      '50 Application label: “VISA”',
    ]);
  });

  // A number of the card schemes' for tests, 5105105105105100, reads as an object 51 of five bytes.
  test.each([
    ['behind others', '9A032611305105105105105100', '9A0326113051052A2A2A2A2A00'],
    ['between others', '9A032611305105105105105100009C0100', '9A0326113051052A2A2A2A2A00009C0100'],
    ['within another', '9A03261130E0075105105105105100', '9A03261130E00751052A2A2A2A2A00'],
    ['before padding', '9C01005105105105105100000000', '9C010051052A2A2A2A2A00000000'],
  ])('is a list of objects without the card number that looks like one %s', (_, hex, shown) => {
    const { findings } = recognise(hex);
    expect(findings.map(({ kind, bytes }) => [kind, toHex(bytes)])).toEqual([['objects', shown]]);
  });

  test.each([1, 200, 5000])('is the USB packets of a message with %i bytes of text', (length) => {
    const text = toHex(new Uint8Array(length).fill(0xee));
    const object = toHex(encodeTlv([{ tag: '81', value: parseHex(text) }]));
    const payload = toHex(encodeTlv([{ tag: '84', value: parseHex(`1803${object}`) }]));
    const message = parseHex(`AA00810401551803${payload}`);
    const packets = toPackets(message, 64);
    const forms = [
      packets.map(toHex).join('\n'),
      packets.map(toHex).join(''),
      packets.map((packet) => `00 ${toHex(packet)}`).join('\n'),
      packets.map((packet) => pairs(toHex(packet)).join(' ')).join('\r\n'),
    ];
    for (const form of forms) {
      const { findings, problems } = recognise(form);
      expect(problems).toEqual([]);
      expect(findings).toMatchObject([{ kind: 'message', packets: packets.length }]);
      expect(toHex(findings[0]!.bytes)).toBe(toHex(message));
    }
  });

  test('is packets of which the last are missing, or one in between', () => {
    const message = parseHex(`AA00810401551803848200CD18038181C8${'EE'.repeat(200)}`);
    const lines = toPackets(message, 64).map(toHex);
    expect(faultOf(lines.slice(0, -1).join('\n')).code).toBe('unfinished-packets');
    expect(faultOf(lines.filter((_, at) => at !== 1).join('\n')).code).toBe('bad-packets');
  });

  test('is the file of a reader: nothing but its type is shown', () => {
    const file = `4D47544B41503130C10401000000CE0481020102`;
    const [finding] = recognise(file).findings;
    expect(finding).toMatchObject({ kind: 'file', text: 'File of a reader, 20 bytes' });
    expect(toHex(finding!.bytes)).toBe('4D47544B41503130C10401000000CE042A2A2A2A');
    expect(recognise(parseHex(file)).findings).toMatchObject([{ kind: 'file', notation: 'bytes' }]);
  });

  test('is firmware, by its own tag', () => {
    expect(recognise(parseHex('0000000000000000E504810202001234')).findings).toMatchObject([
      { kind: 'firmware', text: 'Firmware file: main, 16 bytes' },
    ]);
  });

  test.each([
    ['USB\\VID_0801&PID_2020&REV_0100', 'USB device 0801:2020, DynaFlex'],
    ['HID\\VID_0801&PID_2024\\7&1A2B3C&0&0000', 'USB device 0801:2024, DynaFlex II Go'],
    ['Bus 001 Device 004: ID 0801:2023 MagTek', 'USB device 0801:2023, DynaProx'],
    ['0801:20ff', 'USB device 0801:20FF, not named in any published source'],
    ['vid_046d&pid_c52b', 'USB device 046D:C52B, not a MagTek device'],
    ['1000007383-AG1-PRD', 'Firmware 1000007383, revision AG1, build PRD'],
  ])('is the id %s', (id, text) => {
    const [finding] = recognise(` ${id}\n`).findings;
    expect(finding?.text).toBe(text);
    expect(finding?.tree.length).toBeGreaterThan(1);
  });

  test('is an id only where it is nothing else, however long', () => {
    expect(readId('\\'.repeat(100_000))).toBeUndefined();
    expect(readId(`USB\\VID_0801&PID_2020${'\\'.repeat(150)} x`)).toBeUndefined();
  });

  test.each([
    ['', 'nothing'],
    ['# only a note', 'nothing'],
    ['00112233', 'no-start'],
    ['00', 'no-start'],
    ['9F0206000000', 'truncated'],
    ['AA00', 'bad-information'],
  ])('is nothing that is known: “%s”', (text, code) => {
    expect(faultOf(text).code).toBe(code);
  });

  test('is something, or has something wrong in it, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.uint8Array({ maxLength: 60 })), (input) => {
        const { findings, problems } = recognise(input);
        expect(findings.length + problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a card number in what was pasted', () => {
  const said = (nodes: readonly TreeNode[]): string =>
    nodes
      .map(({ tag, label, reading, children = [] }) => `${tag ?? ''} ${label} ${reading} ${said(children)}`)
      .join('\n');

  test('is shown nowhere, in whatever object, notation and packet it stands', () => {
    const notations = fc.constantFrom<(hex: string) => string>(
      (hex) => hex,
      (hex) => pairs(hex).join(':'),
      (hex) => toBase64(parseHex(hex)),
      (hex) => toPackets(parseHex(hex), 64).map(toHex).join('\n'),
    );
    fc.assert(
      fc.property(
        cardNumber,
        notations,
        fc.constantFrom('5A', '57', 'DFDF4D', 'DF71', '50', '41', '81', 'C2'),
        (pan, write, tag) => {
          const packed = parseHex(pan.length % 2 === 0 ? pan : `${pan}F`);
          const text = Uint8Array.from(pan, (digit) => digit.charCodeAt(0));
          for (const value of [packed, text]) {
            const object = toHex(encodeTlv([{ tag, value }]));
            const message = `AA00810401551803${toHex(encodeTlv([{ tag: '84', value: parseHex(`1803${object}`) }]))}`;
            for (const hex of [object, `70${toHex(Uint8Array.of(object.length / 2))}${object}`, message]) {
              const { findings, problems } = recognise(write(hex));
              const output = [
                ...findings.flatMap((finding) => [finding.text, said(finding.tree), toHex(finding.bytes)]),
                ...problems.map(({ fault }) => fault.message),
              ].join('\n');
              expect(output).not.toContain(pan);
              expect(output).not.toContain(toHex(text));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is not decoded where it is all there is', () => {
    for (const text of ['4111111111111111', '4111 1111 1111 1111', '41:11:11:11:11:11:11:11']) {
      const fault = faultOf(text);
      expect(fault.code).toBe('card-number');
      expect(redactText(fault.message)).toBe(fault.message);
    }
  });

  test('that looks like tag, length and value is hidden', () => {
    // A number that begins with 40 06 would be the tag 40 with six bytes.
    const pan = '4006000000000006';
    const [finding] = recognise(`${pan}5F2A020978500456495341`).findings;
    expect(said(finding!.tree)).not.toMatch(/000000000006/);
  });
});

describe('a line at a time', () => {
  test('packets are put together across lines, and other lines are what they are', () => {
    const message = parseHex(`AA00810401551803848200CD18038181C8${'EE'.repeat(200)}`);
    const lines = new LineRecogniser();
    const packets = toPackets(message, 64).map(toHex);
    const found = packets.map((packet) => lines.add(packet));
    expect(found.slice(0, -1).every((finding) => finding === undefined)).toBe(true);
    expect(found.at(-1)).toMatchObject({ kind: 'message', packets: packets.length });
    expect(lines.isOpen).toBe(false);
    expect(lines.add(CANCEL)).toMatchObject({ kind: 'message' });
  });
});

test('a file is text or not by its control characters', () => {
  expect(isBinary(new TextEncoder().encode(`${CANCEL}\r\n\t`))).toBe(false);
  expect(isBinary(Uint8Array.of(0xff, 0xfe, 0x41, 0x00))).toBe(false);
  expect(isBinary(parseHex(CANCEL))).toBe(true);
});

test('names the place in its line, however many lines are wrong', () => {
  const wrong = 20_000;
  const { findings, problems } = recognise(`${CANCEL}\r\n${CANCEL}\n${'  AA!!\n'.repeat(wrong)}`);
  expect(findings).toHaveLength(2);
  expect(problems).toHaveLength(wrong);
  expect(problems[0]).toMatchObject({ line: 3, place: 5 });
  expect(problems.at(-1)).toMatchObject({ line: wrong + 2, place: 5 });
  expect(recognise(`${CANCEL}\n000CAA`).problems.at(-1)).toMatchObject({ line: 2 });
});

test('takes no card number for a part of a firmware id', () => {
  expect(readId('1000007383-4111111111111111-PRD')).toBeUndefined();
  expect(readId('1000007383-AG1-4111111111111111')).toBeUndefined();
});
