import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/mms/catalogue.js';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { encodeMessage, toMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage, MmsRequest } from '../../../src/mms/message.js';
import { redact, redactBytes, redactText, redactValue, redactWords } from '../../../src/mms/redact.js';
import { encodeTlv, findTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { readDisplayText } from '../../../src/mms/views/display-text.js';
import { readUid } from '../../../src/mms/views/uid.js';
import constructed from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import messages from '../../support/vectors/messages.json' with { type: 'json' };

const redactHex = (hex: string): string => toHex(redact(decodeMessage(hex)).bytes);

const vector = (name: string): string => constructed.messages.find((message) => message.name === name)?.hex ?? '';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const latin1 = (bytes: Uint8Array | undefined): string => String.fromCharCode(...(bytes ?? []));

const primitive = (tag: string, hex: string): TlvInput => ({ tag, value: parseHex(hex) });
const textObject = (tag: string, text: string): TlvInput => ({ tag, value: ascii(text) });

/** Hexadecimal text of a text, with so many spaces that its digits are not joined to a number themselves. */
const hexText = (text: string): string => toHex(ascii(text)).replace(/..(?=.)/g, '$&    ');

/** Milliseconds of the fastest of three runs: on a busy computer a single one says little. */
const fastest = (run: () => unknown): number => {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
};

/** Redacting again finds nothing more. */
const expectStable = (redacted: MmsMessage): void => {
  expect(redactHex(toHex(redacted.bytes))).toBe(toHex(redacted.bytes));
};

/** Notification 0101 with card data, laid out as readers do: length, F9, padding, MAC. */
function cardData(children: readonly TlvInput[], detail = '10080202'): MmsMessage {
  const f9 = encodeTlv([{ tag: 'F9', children }]);
  const blob = Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0xde, 0xad, 0xbe, 0xef);
  return toMessage({
    kind: 'notification',
    id: 0x0101,
    detail: parseHex(detail),
    payload: [{ tag: '84', value: blob }],
  });
}

/** The values inside the container F9 by tag, after redaction. */
function valuesAfter(message: MmsMessage): Record<string, string> {
  const values: Record<string, string> = {};
  const collect = (nodes: ReturnType<typeof findTlv>[]): void => {
    for (const node of nodes) {
      if (node?.children) collect([...node.children]);
      else if (node) values[node.tag] = toHex(node.value);
    }
  };
  collect([...(readCardData(redact(message))?.tlv ?? [])]);
  return values;
}

const notification = (id: number, detail: string, payload: readonly TlvInput[]): MmsMessage =>
  toMessage({ kind: 'notification', id, detail: parseHex(detail), payload });
const response = (id: number, payload: readonly TlvInput[]): MmsMessage =>
  toMessage({ kind: 'response', id, status: { summary: 0, detail: '000000' }, payload });
const request = (id: number, payload: readonly TlvInput[]): MmsMessage => toMessage({ kind: 'request', id, payload });

const all: readonly (readonly [name: string, hex: string])[] = [
  ...constructed.messages.map(({ name, hex }) => [name, hex] as const),
  ...messages.filter(({ kind }) => kind === 'request').map(({ id, hex }) => [id, hex] as const),
  ...catalogue.map(({ name, hex }) => [name, hex] as const),
  ...messages
    .filter(({ kind, complete }) => kind === 'arqc-payload' && complete)
    .map(({ id, hex }) => {
      const payload = [{ tag: '84', value: parseHex(hex) }];
      return [id, toHex(notification(0x0101, '10080202', payload).bytes)] as const;
    }),
];

describe('redact', () => {
  test.each(all)('keeps the shape of %s', (_, hex) => {
    const message = decodeMessage(hex);
    const redacted = redact(message);
    expect(toHex(message.bytes)).toBe(hex);
    expect(redacted.bytes).toHaveLength(message.bytes.length);
    const { kind, id, reference, direction, payloadId } = message;
    expect(redacted).toMatchObject({ kind, id, reference, direction });
    expect(redacted.payloadId).toBe(payloadId);
    expect(redacted.payload.map(({ tag }) => tag)).toEqual(message.payload.map(({ tag }) => tag));
    expect(toHex(encodeMessage(decodeMessage(redacted.bytes)))).toBe(toHex(encodeMessage(redacted)));
    expect(toHex(redact(redacted).bytes)).toBe(toHex(redacted.bytes));
  });

  test.each(
    all.filter(
      ([name]) =>
        !/arqc|pin|signature-file|file-(?:from|to)-reader|barcode|mifare|t2|card-emu|cardemu|^nfc-/.test(name),
    ),
  )('shows all of %s', (_, hex) => {
    expect(redactHex(hex)).toBe(hex);
  });

  test('does not touch the bytes it was given, also where they are a Buffer', () => {
    const buffer = Buffer.from(vector('contact-arqc'), 'hex');
    redact(decodeMessage(buffer));
    expect(toHex(buffer)).toBe(vector('contact-arqc'));
  });

  test('never throws: bytes that were changed after decoding give an empty message', () => {
    const message = decodeMessage('AA0081040113100884021008');
    message.bytes[0] = 0;
    expect(redact(message)).toMatchObject({ kind: 'notification', id: 0, payload: [] });
  });
});

describe('redact: card data', () => {
  test('leaves of an ARQC what support needs', () => {
    const message = decodeMessage(vector('contact-arqc'));
    const redacted = redact(message);
    expect(readCardData(redacted)).toMatchObject({
      kind: 'arqc',
      via: 'contact',
      serialNumber: 'B603226',
      ksn: '00000000000000000000',
      encryption: '80',
      encryptedLength: 64,
      maskedPan: '4111********1111',
    });
    expect(valuesAfter(message)).toEqual({
      DFDF54: '00000000000000000000',
      DFDF55: '82',
      DFDF25: '42363033323236',
      DFDF53: '00',
      DFDF4D: toHex(ascii(';4111********1111=********************?')),
      DFDF52: '05',
      DFDF59: '2A'.repeat(64),
      DFDF56: '00000000000000000000',
      DFDF57: '80',
      DFDF58: '03',
    });
  });

  test('shows what is listed and hides all else, at any depth', () => {
    const clear = [
      ['9F02', '000000000460'],
      ['5F2A', '0978'],
      ['9A', '261123'],
      ['9F21', '081500'],
      ['9C', '00'],
      ['4F', 'A0000000031010'],
      ['84', 'A0000000041010'],
      ['9F06', 'A0000001523010'],
      ['50', '56495341204445424954'],
      ['9F12', '43524544495420434152 44'.replace(' ', '')],
      ['95', '8000008000'],
      ['9B', 'E800'],
      ['82', '3900'],
      ['9F34', '1F0302'],
      ['9F33', 'E0F8C8'],
      ['9F36', '0001'],
      ['DFDF1A', '01'],
      ['DFDF56', 'FFFF9876543210E00001'],
    ] as const;
    const secret = [
      ['5A', '4111111111111111'],
      ['57', '4111111111111111D25122011234512345'],
      ['5F20', '544553542F43415244'],
      ['5F24', '251231'],
      ['5F34', '01'],
      ['9F10', '06010A03A00000'],
      ['9F26', '1122334455667788'],
      ['99', '0123456789ABCDEF'],
      ['DFDF35', '3B30313431'],
      ['C7', '0102'],
      ['DF8129', '30F0F000A0B0C0D0'],
    ] as const;
    const inner = [...clear, ...secret].map(([tag, hex]) => primitive(tag, hex));
    const message = cardData([{ tag: 'FA', children: [{ tag: 'F0', children: [{ tag: 'F7', children: inner }] }] }]);
    const values = valuesAfter(message);
    expect(values).toEqual({
      ...Object.fromEntries(clear),
      ...Object.fromEntries(secret.map(([tag, hex]) => [tag, hex.replace(/../g, '2A')])),
    });
  });

  test('hides listed objects that are longer than their format allows', () => {
    const name = toHex(ascii('CARDHOLDER/TEST A'));
    expect(valuesAfter(cardData([primitive('50', name), primitive('9F02', '41111111111111')]))).toEqual({
      '50': '2A'.repeat(17),
      '9F02': '2A'.repeat(7),
    });
  });

  test.each(['6766716568506D', '6766716568506F', '55555555555544440000'])(
    'hides packed digits that read as text, also where a letter ends the number: %s',
    (digits) => {
      const message = toMessage({
        kind: 'notification',
        id: 0x1801,
        detail: new Uint8Array(4),
        payload: [primitive('C2', digits)],
      });
      expect(toHex(redact(message).bytes)).not.toContain(digits.slice(0, 12));
    },
  );

  test('hides card numbers also in listed objects', () => {
    const values = valuesAfter(
      cardData([
        primitive('50', '5555555555554444'),
        textObject('9F12', '4111111111111111'),
        primitive('4F', '4111111111111111'),
        primitive('9F06', 'A0000000034111111111111111'),
        primitive('84', ''),
        primitive('DFDF54', '00004111111111111111'),
        textObject('DFDF25', '378282246310005'),
      ]),
    );
    expect(values).toEqual({
      '50': '5555552A2A2A4444',
      '9F12': toHex(ascii('411111******1111')),
      '4F': '4111112A2A2A1111',
      '9F06': expect.stringMatching(/^A0000000034111(?:..)(?:2A)+1111$/) as string,
      '84': '',
      DFDF54: '2A'.repeat(10),
      DFDF25: toHex(ascii('378282*****0005')),
    });
  });

  test('hides padding and MAC', () => {
    const redacted = redact(cardData([primitive('DFDF55', '82')]));
    expect(toHex(readCardData(redacted)?.mac ?? new Uint8Array(0))).toBe('2A2A2A2A');
    expect(readCardData(redacted)?.padding).toBe(3);
  });

  test.each([
    ['cut short', '0030F930DFDF2507'],
    ['not TLV inside', '0006F90482035F20'],
    ['without a container', '54455354'],
    ['too short to tell', '41'],
    ['with a cut length', '0002F9'],
  ])('hides card data whole that are %s', (_, hex) => {
    const redacted = redact(notification(0x0101, '10080202', [primitive('84', hex)]));
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe(hex.replace(/../g, '2A'));
  });

  test('reads card data without their two length bytes too', () => {
    const redacted = redact(notification(0x0101, '10080202', [primitive('84', 'F908DFDF2501425A0141')]));
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe('F908DFDF2501425A012A');
  });

  test('hides the UID of a tag and keeps its place', () => {
    const inner = primitive('84', 'DF7B0704A1B2C3D4E5F6');
    const redacted = redact(notification(0x0101, '20080402', [inner]));
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe(`DF7B07${'2A'.repeat(7)}`);
    expect(redacted.kind === 'notification' && readUid(redacted)).toEqual(new Uint8Array(7).fill(0x2a));
  });

  test('hides digits that look like a list of empty objects', () => {
    const redacted = redact(notification(0x0101, '20080402', [primitive('84', '4100420043005900')]));
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe('2A'.repeat(8));
    expectStable(redacted);
  });

  test('hides objects beside the card data, and what else such messages carry', () => {
    const message = toMessage({
      kind: 'notification',
      id: 0x0105,
      detail: parseHex('10000000'),
      payload: [primitive('81', '0102'), primitive('82', '3900'), { tag: 'F8', children: [primitive('DFDF57', '80')] }],
      additional: parseHex('0102030405'),
      reserved: parseHex('0102030405'),
      rest: [primitive('9E', '01'), { tag: 'E1', children: [primitive('5A', '41')] }],
    });
    const redacted = redact(message);
    expect(toHex(redacted.bytes)).toBe(
      `AA0081098300010 5${'2A'.repeat(5)}820410000000 8305${'2A'.repeat(5)}8411010581022A2A82022A2AF805DFDF5701809E012AE1035A012A`.replace(
        / /g,
        '',
      ),
    );
  });

  test('hides the PIN block and shows its KSN, format and type', () => {
    const hidden = redactHex(vector('pin-data'));
    expect(hidden).toBe(vector('pin-data').replace('99080000000000000000', `9908${'2A'.repeat(8)}`));
  });

  test.each([
    // The manual of an older product prints a track whose correction digit stands in the middle [DM p95].
    ['with a correction digit', ';5413000040001513=25122010000000000000?', ';5413********1513=********************?'],
    ['of a name', '%B4111110000001111^CARD/TEST^2512000?', '%B4111********1111^*****************?'],
    ['without a percent sign', 'B4111110000001111^CARD/TEST^2512?', 'B4111********1111^**************?'],
    ['clear', ';4111111111111111=25122011234512345?', ';4111********1111=*****************?'],
    ['13 digits', ';4222222222222=2512?', ';4222*****2222=****?'],
    ['12 digits', ';411111001111=2512?', ';4111****1111=****?'],
    ['masked with stars', ';411111******1111=2512?', ';411111******1111=****?'],
    ['masked with letters', ';541333XXXXXX1513=2512?', ';541333******1513=****?'],
    ['masked all but the last', ';############1513=2512?', ';************1513=****?'],
    ['with letters', ';4A1111000000111B=2512?', ';4***************=****?'],
    ['without an end sentinel', ';4111110000001111=2512', ';4111********1111=****'],
    ['without a separator', ';41111100000011112512?', '**********************'],
    ['of 20 digits', ';41111100000000001111=2512?', '***************************'],
    ['of 11 digits', ';41111101111=2512?', '******************'],
    ['of another shape', 'A4111110000001111^CARD/TEST^2512?', '*********************************'],
    ['bad', ';E?', '***'],
    ['empty', '', ''],
  ])('masks a track (%s)', (_, track, hidden) => {
    for (const tag of ['DFDF31', 'DFDF33', 'DFDF4D']) {
      expect(valuesAfter(cardData([textObject(tag, track)]))).toEqual({ [tag]: toHex(ascii(hidden)) });
      const elsewhere = redact(request(0x1f01, [textObject(tag, track)]));
      expect(latin1(elsewhere.payload[0]?.value)).toBe(hidden);
    }
  });
});

describe('redact: key serial numbers', () => {
  const tags = ['DFDF41', 'DFDF50', 'DFDF54', 'DFDF56'];

  test.each([
    '9500030000000120039D',
    'FFFF9876543210E00001',
    '62994900000000000001',
    '123456789012345600000001',
    '9010010B3B1D5B000001',
  ])('shows %s whole, wherever it stands', (ksn) => {
    for (const tag of tags) {
      expect(valuesAfter(cardData([primitive(tag, ksn)]))).toEqual({ [tag]: ksn });
      expect(toHex(redact(response(0x1806, [primitive(tag, ksn)])).bytes)).toContain(ksn);
    }
  });

  test.each([
    ['a card number', '00004111111111111111'],
    ['a card number, filled up', '4111111111111111FFFF'],
    ['a card number as text', toHex(ascii('500000000009'))],
    ['more than one', '95000300000001200395000300'],
  ])('hides %s in its place', (_, hex) => {
    for (const tag of tags) {
      expect(valuesAfter(cardData([primitive(tag, hex)]))).toEqual({ [tag]: '2A'.repeat(hex.length / 2) });
    }
  });
});

describe('redact: other messages', () => {
  test('hides the strokes of a signature and shows which file it is', () => {
    const hex = vector('signature-file');
    expect(redactHex(hex)).toBe(hex.replace(/(CE24).*$/, `$1${'2A'.repeat(36)}`));
  });

  test.each([
    ['4142434445', '2A2A2A2A2A'],
    ['4D47544B41503130', '4D47544B41503130'],
    ['4D47544B41503130C10401000000A7038101FF', '4D47544B41503130C10401000000A70381012A'],
    ['4D47544B41503130C1020100', '4D47544B41503130C1022A2A'],
    ['4D47544B41503130C104', '2A'.repeat(10)],
  ])('hides the file %s', (contents, hidden) => {
    const file = toMessage({
      kind: 'file',
      id: 0xd812,
      fileId: '05000000',
      contents: parseHex(contents),
      direction: 'to-reader',
      additional: parseHex('0102030405'),
      rest: [primitive('82', '01')],
    });
    const redacted = redact(file);
    expect(toHex(redacted.contents)).toBe(hidden);
    expect(redacted.fileId).toBe('05000000');
    expect(toHex(redacted.additional ?? new Uint8Array(0))).toBe('2A2A2A2A2A');
    expect(toHex(redacted.rest[0]?.value ?? new Uint8Array(0))).toBe('2A');
  });

  test('hides the account number of a PIN request', () => {
    const hex = catalogue.find(({ name }) => name === 'request-pin')?.hex ?? '';
    expect(redactHex(hex)).toBe(hex.replace('123456789012', '2A2A2A2A2A2A'));
    const strange = request(0x2001, [
      { tag: 'A1', children: [primitive('81', '0C0C'), primitive('82', '41')] },
      { tag: 'A4', children: [primitive('83', '0804'), primitive('90', '411111')] },
      primitive('A1', ''),
      primitive('91', '411111'),
    ]);
    expect(toHex(redact(strange).payload[0]?.value ?? new Uint8Array(0))).toBe('81022A2A82012A');
    expect(toHex(redact(strange).bytes)).toMatch(/A40983020804 ?90032A2A2AA10091032A2A2A$/);
  });

  test('shows of what is sent to a tag its command only', () => {
    const redacted = redact(commands.passThrough({ command: '1BFFFFFFFF', last: true }));
    expect(toHex(redacted.bytes)).toBe('AA0081040100110084 0F1100 81051B2A2A2A2A 820100 8301FF'.replace(/ /g, ''));
  });

  test('hides what a tag has answered', () => {
    const redacted = redact(
      response(0x1100, [primitive('82', 'FC06DF7A03010203'), { tag: 'FC', children: [primitive('DF7A', '01')] }]),
    );
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe('2A'.repeat(8));
    expect(toHex(redacted.payload[1]?.value ?? new Uint8Array(0))).toBe('DF7A012A');
  });

  test('shows which keys are asked for, and hides what is said of them and the passcode of the lock', () => {
    const question = toMessage({ kind: 'request', id: 0xef11, payload: [primitive('81', '1001')] });
    expect(redact(question).bytes).toEqual(question.bytes);
    const answer = response(0xef11, [{ tag: 'A2', children: [textObject('82', 'PRODUCTION')] }]);
    expect(toHex(redact(answer).bytes)).not.toContain(toHex(ascii('PROD')));
    const lock = toMessage({ kind: 'request', id: 0xef06, payload: [textObject('83', '1234')] });
    expect(toHex(redact(lock).bytes)).toMatch(/83042A2A2A2A$/);
  });

  test.each([0x1101, 0x1102, 0x1103, 0xd112, 0xeeee, 0xef02])(
    'hides all of commands without published parameters',
    (id) => {
      const redacted = redact(request(id, [primitive('81', '01'), { tag: 'A1', children: [primitive('82', '02')] }]));
      expect(toHex(redacted.bytes.subarray(-8))).toBe('81012AA10382012A');
    },
  );

  test('takes what stands in 1004 for card data', () => {
    const redacted = redact(
      request(0x1004, [{ tag: 'F9', children: [primitive('8A', '3030'), primitive('91', '0102')] }]),
    );
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe('8A02303091022A2A');
  });

  test('hides what does not belong into the EMV list of a start', () => {
    const list = encodeTlv([primitive('9F02', '000000000460'), primitive('5A', '4111111111111111')]);
    const redacted = redact(request(0x1001, [primitive('82', '3C'), { tag: '86', value: list }]));
    expect(toHex(redacted.payload[1]?.value ?? new Uint8Array(0))).toBe(`9F02060000000004605A08${'2A'.repeat(8)}`);
    const broken = redact(request(0x1001, [primitive('86', '9F0206')]));
    expect(toHex(broken.payload[0]?.value ?? new Uint8Array(0))).toBe('2A2A2A');
  });

  test.each([
    ['1.2.2.1.1.2', 'simple'],
    ['1.2.2.1.1.2', 'long'],
    ['1.2.2.1.1.1', 'simple'],
    ['1.2.2.1.2.8', 'long'],
    ['1.2.2.1.2.7', 'simple'],
    ['1.2.2.1.1.8', 'simple'],
    ['1.2.2.3.1.1', 'simple'],
    ['1.2.2.9.1.1', 'simple'],
  ] as const)('hides the value of property %s in %s form, in requests and answers', (oid, form) => {
    const { payload, bytes } = commands.setProperty({ oid, form, value: ascii('secret') });
    const hidden = toHex(bytes).replace(toHex(ascii('secret')), '2A'.repeat(6));
    expect(hidden).not.toBe(toHex(bytes));
    expect(redactHex(toHex(bytes))).toBe(hidden);
    for (const id of [0xd101, 0xd111]) {
      expect(toHex(redact(response(id, payload)).bytes)).not.toContain(toHex(ascii('secret')));
    }
  });

  test.each(['1.2.2.1.1.3', '1.2.2.1.1.5', '1.2.2.1.1.A', '1.2.2.1.1.11', '1.2.2.2.1.2', '1.2.7.1.2.1', '2.1.2.2.2.2'])(
    'shows the value of property %s',
    (oid) => {
      const { bytes } = commands.setProperty({ oid, value: '01020304' });
      expect(redactHex(toHex(bytes))).toBe(toHex(bytes));
    },
  );

  test('hides the secrets of a whole branch', () => {
    const branch = encodeTlv([
      { tag: 'E1', children: [primitive('C2', '414243'), primitive('CA', '04')] },
      { tag: 'E2', children: [primitive('C8', '444546')] },
    ]);
    const redacted = redact(
      response(0xd101, [primitive('85', '01'), primitive('87', '020201'), { tag: '89', value: branch }]),
    );
    expect(toHex(redacted.payload[2]?.value ?? new Uint8Array(0))).toBe('E108C2032A2A2ACA0104E205C8032A2A2A');
  });

  test.each([
    ['without a type', [primitive('87', '02020101'), primitive('89', 'C203414243')]],
    ['with an empty type', [primitive('85', ''), primitive('87', '02020101'), primitive('89', 'C203414243')]],
    ['with two types', [primitive('85', '01'), primitive('85', '02'), primitive('89', 'C203414243')]],
    [
      'with two prefixes',
      [primitive('85', '01'), primitive('87', '02'), primitive('87', '02'), primitive('89', 'C203414243')],
    ],
    ['with two values', [primitive('85', '02'), primitive('89', 'C203414243'), primitive('89', 'C203414243')]],
    ['that is not TLV', [primitive('85', '02'), primitive('87', '02010101'), primitive('89', 'C209414243')]],
  ])('hides all values of a property answer %s', (_, payload) => {
    expect(toHex(redact(response(0xd101, payload)).bytes)).not.toContain('414243');
  });

  test('hides card numbers in properties and beside them', () => {
    const { payload } = commands.setProperty({ oid: '1.1.1.1.1.1', value: ascii('4111111111111111') });
    const hex = toHex(redact(response(0xd101, [...payload, textObject('81', '5555555555554444')])).bytes);
    expect(hex).toContain(toHex(ascii('411111******1111')));
    expect(hex).toContain(toHex(ascii('555555******4444')));
  });

  test('takes both numbers of a message into account', () => {
    const two = (id: number, payloadId: number): MmsMessage =>
      toMessage({ kind: 'request', id, payloadId, payload: [primitive('81', '1B010203')] });
    expect(toHex(redact(two(0x1100, 0x1f01)).bytes)).toMatch(/81041B2A2A2A$/);
    expect(toHex(redact(two(0x1f01, 0x1100)).bytes)).toMatch(/81041B2A2A2A$/);
    expect(toHex(redact(two(0x1100, 0x2001)).bytes)).toMatch(/81042A2A2A2A$/);
    expect(toHex(redact(two(0x1f01, 0x1f02)).bytes)).toMatch(/81041B010203$/);
  });

  test('hides barcodes while idle and what is typed on the screen', () => {
    expect(redactHex(vector('barcode-while-idle'))).toBe(
      vector('barcode-while-idle').replace('48454C4C4F', '2A'.repeat(5)),
    );
    const typed = notification(0x1805, '01060101', [textObject('81', 'NAME')]);
    expect(toHex(redact(typed).payload[0]?.value ?? new Uint8Array(0))).toBe('2A2A2A2A');
    const raw = notification(0x1001, '01070000', [textObject('81', 'PASSPORT')]);
    expect(toHex(redact(raw).payload[0]?.value ?? new Uint8Array(0))).toBe('2A'.repeat(8));
  });

  test('hides card data in messages that are not known to carry any', () => {
    const f9 = encodeTlv([{ tag: 'F9', children: [primitive('5F20', '414243')] }]);
    const payload = [
      { tag: 'F9', children: [primitive('5F20', '414243'), primitive('9F02', '000000000460')] },
      { tag: 'A5', children: [primitive('5F20', '414243'), primitive('DF74', '414243')] },
      { tag: '84', value: Uint8Array.of(0, f9.length, ...f9, 0, 0, 1, 2, 3, 4) },
      { tag: '85', value: encodeTlv([{ tag: 'A1', children: [primitive('5F20', '414243')] }]) },
      { tag: '86', value: encodeTlv([primitive('81', '01'), primitive('57', '414243')]) },
    ];
    for (const message of [
      request(0x1f02, payload),
      response(0x1806, payload),
      notification(0x0905, '00000000', payload),
    ]) {
      const hex = toHex(redact(message).bytes);
      expect(hex).not.toContain('414243');
      expect(hex).toContain('9F0206000000000460');
    }
  });

  test('hides what becomes an object of card data when digits are hidden: nothing more is found later', () => {
    // Its hidden digits would begin an object of 42 bytes, with an issuer identification number (42) inside.
    const value = `400102111111004226${'FF'.repeat(38)}`;
    const redacted = redact(notification(0x1801, '00000000', [primitive('86', value)]));
    expect(toHex(redacted.payload[0]?.value ?? new Uint8Array(0))).toBe('2A'.repeat(47));
    expectStable(redacted);
  });

  test.each([
    ['in a row', '50529613858429'],
    ['in groups', '5 - 0 - 5 - 2 - 9 - 6 - 1 - 3 - 8 - 5 - 8 - 4 - 2 - 9'],
  ])('hides a number behind a length that is a digit as text: a Maestro number %s', (_, number) => {
    const text = ascii(number.padEnd(57, 'x'));
    const list = `DF7F39${toHex(text)}`;
    const hidden = toHex(redact(response(0x1801, [primitive('89', list)])).bytes);
    expect(String.fromCharCode(...parseHex(hidden)).replace(/[ -]/g, '')).toContain('9505296****8429');
    // The same object as a list of bytes in a text.
    const bytes = redactText(`[${[...parseHex(list)].join(', ')}]`);
    expect(bytes).toContain(', 57, 53,');
    expect(bytes).toContain('**');
  });

  test('looks into lists in lists, and shows them where they hold nothing of a card', () => {
    const lists = 'CA08CA06CA04CA02CA00CA00';
    expect(toHex(redact(response(0x1801, [primitive('8F', lists)])).payload[0]?.value ?? new Uint8Array(0))).toBe(
      lists,
    );
  });

  test('hides card numbers in all the other fields', () => {
    const pan = '4111111111111111';
    const message = toMessage({
      kind: 'request',
      id: 0x1f02,
      payload: [],
      additional: parseHex(pan),
      reserved: ascii(pan),
      rest: [primitive('9E', `12${pan}`), { tag: 'E1', children: [textObject('81', `card ${pan}.`)] }],
    });
    const hex = toHex(redact(message).bytes);
    expect(hex).toContain('4111112A2A2A1111');
    expect(hex).not.toContain(pan);
    expect(hex).not.toContain(toHex(ascii(pan)));
  });
});

describe('redact: display texts', () => {
  const display = (opaque: Uint8Array): MmsMessage =>
    toMessage({ kind: 'notification', id: 0x1803, detail: parseHex('02FFFFFF'), payload: [], opaque });

  test.each(['PRESENT CARD', 'TAP CARD', 'SWIPE CARD', 'PAID', 'VISA DEBIT\nMASTERCARD', 'AMOUNT $1234567.89'])(
    'shows %j',
    (text) => {
      const message = display(Uint8Array.of(...new Uint8Array(10), ...ascii(text)));
      expect(readDisplayText(redact(message))).toBe(text);
    },
  );

  test('hides a card number in one', () => {
    const message = display(Uint8Array.of(...new Uint8Array(10), ...ascii('CARD 4111 1111 1111 1111')));
    expect(readDisplayText(redact(message))).toBe('CARD 4111 11** **** 1111');
  });

  test('hides a card number in the bytes before', () => {
    const message = display(Uint8Array.of(...parseHex('FF4111111111111111FF00'), ...ascii('PAID')));
    expect(toHex(redact(message).opaque ?? new Uint8Array(0))).toBe('FF4111112A2A2A1111FF0050414944');
    const binary = display(parseHex('FF4111111111111111'));
    expect(toHex(redact(binary).opaque ?? new Uint8Array(0))).toBe('FF4111112A2A2A1111');
  });

  test('hides all of it where the payload says that it is card data', () => {
    const message = toMessage({
      kind: 'notification',
      id: 0x1803,
      payloadId: 0x0101,
      detail: parseHex('02FFFFFF'),
      payload: [],
      opaque: ascii('5F20 NAME'),
    });
    expect(latin1(redact(message).opaque)).toBe('*********');
  });

  test('stays opaque where it would read as objects with the digits hidden', () => {
    // C4 01 50, zeros between objects, then 03 with the impossible length 89; with two digits hidden 2A 03 with an object 89.
    const message = display(parseHex('C40150000000038901FF'));
    expect(message.payload).toEqual([]);
    const redacted = redact(message);
    expect(redacted.payload).toEqual([]);
    expect(toHex(redacted.opaque ?? new Uint8Array(0))).toBe('FF'.repeat(10));
    expect(toHex(redact(redacted).bytes)).toBe(toHex(redacted.bytes));
  });
});

describe('redactBytes', () => {
  test('redacts messages as redact does', () => {
    const hex = vector('contact-arqc');
    expect(redactBytes(parseHex(hex))).toBe(redactHex(hex));
  });

  test.each([
    ['AA00810483000101820410080202845F20', `AA00810483000101${'2A'.repeat(9)}`],
    ['AA0081', '2A2A2A'],
    ['AA00820410080202', '2A'.repeat(8)],
    ['AA00810510080202', '2A'.repeat(8)],
    ['00A20401000000', '2A'.repeat(7)],
    ['', ''],
  ])('leaves of %s only what kind of message it may be', (hex, hidden) => {
    const bytes = parseHex(hex);
    expect(redactBytes(bytes)).toBe(hidden);
    expect(toHex(bytes)).toBe(hex);
  });
});

describe('redactText', () => {
  const arqc = vector('contact-arqc');
  const cut = arqc.slice(0, 100);

  test.each([
    ['', ''],
    ['connected', 'connected'],
    ['Wait,1500', 'Wait,1500'],
    ['PAN 4111-1111-1111-1111!', 'PAN 4111-11**-****-1111!'],
    ['track ;4111111111111111=2512?', 'track ;411111******1111=2512?'],
    ['DF01084111111111111111', '2A'.repeat(11)],
    ['5A8=4111111111111111', '5A8=411111******1111'],
    ['34 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31', '34 31 31 31 31 31 2A 2A 2A 2A 2A 2A 31 31 31 31'],
    [hexText('4111111111111111'), hexText('411111******1111')],
    [`F${hexText('4111111111111111')}`, `F${hexText('411111******1111')}`],
    ['KSN 95000300 in 4111 and 4111', 'KSN 95000300 in 4111 and 4111'],
    ['[52,49,49,49,49,49,49,49,49,49,49,49,49,49,49,49]', '[52,49,49,49,49,49,**,**,**,**,**,**,49,49,49,49]'],
    ['[65, 17, 17, 17, 17, 17, 17, 17]', '[65, 17, 17, **, **, **, 17, 17]'],
    ['0x41, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11', '0x41, 0x11, 0x11, ****, ****, ****, 0x11, 0x11'],
    ['0x41 0x11 0x11 0x11 0x11 0x11 0x11 0x11', '0x41 0x11 0x11 **** **** **** 0x11 0x11'],
    [
      '{"0":65,"1":17,"2":17,"3":17,"4":17,"5":17,"6":17,"7":17}',
      '{"0":65,"1":17,"2":17,"3":**,"4":**,"5":**,"6":17,"7":17}',
    ],
    ['[1, 2, 3, 300, 5, 6, 7]', '[1, 2, 3, 300, 5, 6, 7]'],
    ['[170,0,129,4,1,0,17,0,132,7,17,0,129,3,27,255,255]', '[170,0,129,4,1,0,17,0,***,*,**,*,***,*,**,***,***]'],
    ['card NDExMTExMTExMTExMTExMQ== end', 'card NDExMTEx********MTExMQ== end'],
    ['xNDExMTExMTExMTExMTExMQ==', 'xNDExMTEx********MTExMQ=='],
    ['card QRERERERERE= end', 'card QRER****RERE= end'.replace('RERE=', 'ERE=')],
    [
      'trace 4bf92f3577b34da6a3ce929d0e0e4736 of 0af7651916cd43dd8448eb211c80319c',
      'trace 4bf92f3577b34da6a3ce929d0e0e4736 of 0af7651916cd43dd8448eb211c80319c',
    ],
    ['20261128 202538 123456 789012', '20261128 202538 123456 789012'],
    ['SENDCOMMAND,AA0081040113100884021008', 'SENDCOMMAND,AA0081040113100884021008'],
    [`SENDCOMMAND,${arqc}`, `SENDCOMMAND,${redactHex(arqc)}`],
    [`got ${arqc.toLowerCase()} and cut`, `got ${redactHex(arqc)} and cut`],
    [`${arqc.slice(0, 7)}\n${arqc.slice(7)}`, `${redactHex(arqc).slice(0, 7)}\n${redactHex(arqc).slice(7)}`],
    [`0x${arqc}`, `0x${redactHex(arqc)}`],
    [cut, cut.slice(0, 16) + '2A'.repeat(42)],
    [`${cut}zzz`, `${cut.slice(0, 16)}${'2A'.repeat(42)}zzz`],
    [`${cut}0`, '*'.repeat(101)],
    [
      'AA00810401001001 4111111111111111 and 4111111111111111',
      `AA00810401001001 ${'2A'.repeat(8)} and 411111******1111`,
    ],
  ])('%j', (text, hidden) => {
    expect(redactText(text)).toBe(hidden);
    expect(redactText(hidden)).toBe(hidden);
  });

  test('takes time in proportion to the length', () => {
    for (const text of [
      '4 '.repeat(500_000),
      '41'.repeat(500_000) + 'g',
      'aa '.repeat(300_000) + 'g',
      '4111111111111111 x '.repeat(50_000),
    ]) {
      expect(fastest(() => redactText(text))).toBeLessThan(5000);
    }
  });
});

describe('redact and speed', () => {
  test('takes time in proportion to the length', () => {
    for (const fill of [0x41, 0x30, 0x00, 0x11]) {
      const message: MmsRequest = commands.showBitmap({ bitmap: new Uint8Array(250_000).fill(fill) });
      expect(fastest(() => redact(message))).toBeLessThan(5000);
    }
  });
});

test('a value and words of others are copied without card numbers, and their length stays', () => {
  const value = parseHex('4111111111111111');
  expect(toHex(redactValue(value))).toBe('4111112A2A2A1111');
  expect(toHex(value)).toBe('4111111111111111');
  expect(redactWords('card 4111111111111111, DEADBEEFDEADBEEFDEADBEEF')).toBe(
    'card 411111******1111, DEADBEEFDEADBEEFDEADBEEF',
  );
});

test('hides all of a long message in base64, in time proportional to its length', () => {
  const length = 300_000;
  const value = `C183${length.toString(16).padStart(6, '0')}${'31'.repeat(length)}`;
  const size = (value.length / 2 + 2).toString(16).padStart(8, '0');
  const text = Buffer.from(`AA008104015518038484${size}1803${value}`, 'hex').toString('base64');
  const redacted = redactText(text);
  expect(redacted).toHaveLength(text.length);
  expect(redacted.slice(0, 16)).not.toContain('*'.repeat(8));
  expect(redacted.slice(16)).toMatch(/^\*+=*$/);
});
