/** Contents of notifications, answers and files, as values: PIN, barcode, touch, files, signatures, choices, NDEF. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { toMessage } from '../../../../src/mms/encode.js';
import { MmsError } from '../../../../src/mms/error.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { encodeTlv, type TlvInput } from '../../../../src/mms/tlv.js';
import { readBarcodeData } from '../../../../src/mms/views/barcode.js';
import { readFileProperties, readOfferedFile } from '../../../../src/mms/views/file.js';
import { readNdef } from '../../../../src/mms/views/ndef.js';
import { readPin } from '../../../../src/mms/views/pin.js';
import { readDisplayText } from '../../../../src/mms/views/display-text.js';
import { readSelection } from '../../../../src/mms/views/selection.js';
import { readSignature } from '../../../../src/mms/views/signature.js';
import { isTouchButton, readTouch } from '../../../../src/mms/views/touch.js';
import { errorOf } from '../../../support/error-of.js';

const CANCEL = decodeMessage('AA0081040113100884021008');
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const notification = (id: number, detail: string, payload: readonly TlvInput[] = []) =>
  toMessage({ kind: 'notification', id, payloadId: id, detail: parseHex(detail), payload });

describe('a PIN block', () => {
  test('comes with its format, key serial number and encryption type', () => {
    const pin = readPin(
      decodeMessage(
        'AA008104830002058204FFFFFFFF848200250205F521DF71010099080000000000000000DFDF410A00000000000000000000DFDF420181',
      ),
    );
    expect(pin).toEqual({
      blockFormat: 0,
      block: new Uint8Array(8),
      ksn: '00000000000000000000',
      encryption: '81',
    });
  });

  test('is found also behind other objects, and without what the reader does not say', () => {
    const block = { tag: '99', value: parseHex('0102030405060708') };
    const message = notification(0x0205, '00000000', [
      { tag: '81', value: Uint8Array.of(0) },
      { tag: 'FA', children: [{ tag: 'F5', children: [block] }] },
    ]);
    expect(readPin(message)).toEqual({ block: block.value, ksn: '', encryption: '' });
  });

  test('is none where nobody entered a PIN, and in other messages', () => {
    expect(readPin(notification(0x0205, '00FF02FF'))).toBeUndefined();
    expect(readPin(notification(0x0205, '00FF02FF', [{ tag: 'F5', children: [] }]))).toBeUndefined();
    const empty = { tag: 'F5', children: [{ tag: '99', value: new Uint8Array(0) }] };
    expect(readPin(notification(0x0205, '00FF02FF', [empty]))).toBeUndefined();
    expect(readPin(notification(0x0201, '00000000', [empty]))).toBeUndefined();
    expect(readPin(CANCEL)).toBeUndefined();
  });
});

describe('a barcode', () => {
  const HELLO = { tag: 'FC', children: [{ tag: 'DF74', value: ascii('HELLO') }] };

  test.each([
    ['00', 'unknown'],
    ['01', 'magtek'],
    ['02', 'emv'],
    ['7F', undefined],
  ])('that was read while idle has the type %s: %s', (code, type) => {
    expect(readBarcodeData(notification(0x1001, `0107${code}00`, [HELLO]))).toEqual({
      data: ascii('HELLO'),
      text: 'HELLO',
      ...(type ? { type } : {}),
    });
  });

  test('is read from a constructed example', () => {
    const message = decodeMessage('AA008104830010018204010700008482000E1001FC820008DF740548454C4C4F');
    expect(readBarcodeData(message)?.text).toBe('HELLO');
  });

  test('stands in the payload of 0101 or in an inner tag 84, and in what ends command 1804', () => {
    const inner = { tag: '84', value: encodeTlv([HELLO]) };
    for (const payload of [[HELLO], [inner]]) {
      expect(readBarcodeData(notification(0x0101, '30080002', payload))).toEqual({
        data: ascii('HELLO'),
        text: 'HELLO',
      });
    }
    expect(readBarcodeData(notification(0x1805, '00FF01FF', [HELLO]))?.text).toBe('HELLO');
  });

  // Contents as their standards print them; the sources stand behind.
  test.each([
    ['GS1 with separators', '0104012345123456\u001d10ABC123\u001d17260101'], // GS1 General Specifications, 7.8
    ['EMV merchant-presented QR', '00020101021153037025802SG5910MERCHANT 16304A60A'], // EMV QRCPS MPM, table 4.1
    ['Swiss QR bill', 'SPC\r\n0200\r\n1\r\nCH4431999123000889012\r\nS\r\nRobert Schneider AG\r\nZürich'], // SIX, annex A
    ['AAMVA', '@\n\u001e\rANSI 636000100002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\r'], // AAMVA DL/ID, annex D
    ['UTF-8', 'Zürich ✓ 東京'],
    ['one line break', '\n'],
  ])('has text: %s', (_, text) => {
    const value = { tag: 'DF74', value: new TextEncoder().encode(text) };
    expect(readBarcodeData(notification(0x0101, '30080002', [value]))?.text).toBe(text);
  });

  test('has Latin-1 text where the bytes are no UTF-8', () => {
    const value = { tag: 'DF74', value: parseHex('5AFC7269636880') };
    expect(readBarcodeData(notification(0x0101, '30080002', [value]))?.text).toBe('Z\u00fcrich\u0080');
  });

  test('has no text where it is none', () => {
    const binary = { tag: 'DF74', value: Uint8Array.of(0, 1, 2) };
    expect(readBarcodeData(notification(0x0101, '30080002', [binary]))).toEqual({ data: binary.value });
    const long = { tag: 'DF74', value: new Uint8Array(10_000).fill(0x31) };
    expect(readBarcodeData(notification(0x0101, '30080002', [long]))).toEqual({ data: long.value });
  });

  test('that is encrypted gives what the host needs', () => {
    const payload = [
      { tag: 'DFDF59', value: parseHex('AABB') },
      { tag: 'DFDF50', value: parseHex('0102') },
      { tag: 'DFDF51', value: parseHex('80') },
    ];
    const expected = { encrypted: { data: parseHex('AABB'), ksn: '0102', encryption: '80' } };
    expect(readBarcodeData(notification(0x0101, '30080002', payload))).toEqual(expected);
    expect(readBarcodeData(notification(0x1001, '01070100', payload))).toEqual({ ...expected, type: 'magtek' });
    const bare = readBarcodeData(notification(0x0101, '30080002', payload.slice(0, 1)));
    expect(bare?.encrypted).toMatchObject({ ksn: '', encryption: '' });
  });

  test('is none in other messages, and where nothing can be read', () => {
    expect(readBarcodeData(notification(0x1805, '05040100'))).toBeUndefined();
    expect(readBarcodeData(notification(0x0101, '10010200', [HELLO]))).toBeUndefined();
    const broken = { tag: '84', value: parseHex('DF7405') };
    expect(readBarcodeData(notification(0x0101, '30080002', [broken]))).toBeUndefined();
    expect(readBarcodeData(CANCEL)).toBeUndefined();
  });
});

describe('a touch', () => {
  test('has a place on the screen', () => {
    expect(readTouch(decodeMessage('AA0081048300100182040105000084081001810400800060'))).toEqual({
      action: 'pressed',
      x: 128,
      y: 96,
    });
    const position = { tag: '81', value: parseHex('012C00C8') };
    expect(readTouch(notification(0x1001, '01060000', [position]))).toEqual({ action: 'released', x: 300, y: 200 });
  });

  test('is none in other messages and without a place', () => {
    expect(readTouch(notification(0x1001, '01050000'))).toBeUndefined();
    expect(readTouch(notification(0x1001, '01050000', [{ tag: '81', value: parseHex('01') }]))).toBeUndefined();
    expect(readTouch(notification(0x1001, '01020000', [{ tag: '81', value: parseHex('00000000') }]))).toBeUndefined();
    expect(readTouch(CANCEL)).toBeUndefined();
  });
});

describe('a touch button', () => {
  test.each([
    [0x1803, '01020100', true],
    [0x1805, '01050000', true],
    [0x1805, '01010101', false],
    [0x1805, '01060101', false],
    [0x1805, '05040100', false],
    [0x1001, '01020100', false],
  ])('%i with %s: %s', (id, detail, expected) => {
    expect(isTouchButton(notification(id, detail))).toBe(expected);
  });
});

describe('a file of the reader', () => {
  const answer = (payload: readonly TlvInput[], { id = 0xd821, summary = 0 } = {}) =>
    toMessage({ kind: 'response', id, payload, status: { summary, detail: '000000' } });

  test('is described by the answer to a request for it', () => {
    const sha256 = Uint8Array.from({ length: 32 }, (_, at) => at);
    const payload: TlvInput[] = [
      { tag: '81', value: parseHex('01000000') },
      {
        tag: 'A2',
        children: [
          { tag: '81', value: parseHex('00000140') },
          { tag: '82', value: Uint8Array.of(4) },
          { tag: '83', value: sha256 },
        ],
      },
      { tag: 'A3', children: [{ tag: '81', value: ascii('Sign\0\0') }] },
    ];
    const expected = { fileId: '01000000', length: 320, sha256, name: 'Sign' };
    expect(readFileProperties(answer(payload))).toEqual(expected);
    expect(readFileProperties(answer(payload, { id: 0xd825 }))).toEqual(expected);
  });

  test('leaves out what the reader does not say or says in a way that no source lists', () => {
    expect(readFileProperties(answer([]))).toEqual({ fileId: '' });
    const children = [
      { tag: '81', value: new Uint8Array(5) },
      { tag: '82', value: Uint8Array.of(1) },
      { tag: '83', value: new Uint8Array(20) },
    ];
    expect(readFileProperties(answer([{ tag: 'A2', children }]))).toEqual({ fileId: '' });
    expect(readFileProperties(answer([{ tag: 'A2', children: [{ tag: '81', value: new Uint8Array(0) }] }]))).toEqual({
      fileId: '',
    });
  });

  test('is none in refusals and other messages', () => {
    expect(readFileProperties(answer([], { summary: 0x80 }))).toBeUndefined();
    expect(readFileProperties(answer([], { id: 0xd101 }))).toBeUndefined();
    expect(readFileProperties(CANCEL)).toBeUndefined();
  });

  test('is offered by a notification with its id', () => {
    expect(readOfferedFile(decodeMessage('AA00810483001805820401010101830401000000'))).toBe('01000000');
    expect(readOfferedFile(decodeMessage('AA0081048300180582040101010183020100'))).toBeUndefined();
    expect(readOfferedFile(notification(0x1805, '05040100'))).toBeUndefined();
    expect(readOfferedFile(CANCEL)).toBeUndefined();
  });
});

describe('a signature', () => {
  const file = (points: string, field = '000000FD00000078'): Uint8Array =>
    Uint8Array.of(
      ...ascii('MGTKAP10'),
      ...encodeTlv([
        { tag: 'C1', value: parseHex('01000000') },
        {
          tag: 'CE',
          value: encodeTlv([
            { tag: '81', value: parseHex(field) },
            { tag: '82', value: parseHex(points) },
          ]),
        },
      ]),
    );

  test('is read from a constructed example', () => {
    const message = decodeMessage(
      'AA0081088409D8210100000084344D47544B41503130C10401000000CE248108000000FD0000007882180010001000200020FFFFFFFF0030001000300030FFFFFFFF',
    );
    if (message.kind !== 'file') throw new Error(message.kind);
    expect(readSignature(message.contents)).toEqual({
      width: 253,
      height: 120,
      strokes: [
        [
          { x: 16, y: 16 },
          { x: 32, y: 32 },
        ],
        [
          { x: 48, y: 16 },
          { x: 48, y: 48 },
        ],
      ],
    });
  });

  test('may end without the pen being lifted, and lifting it twice makes no empty stroke', () => {
    const { strokes } = readSignature(file('FFFFFFFF00010002FFFFFFFFFFFFFFFF00030004'));
    expect(strokes).toEqual([[{ x: 1, y: 2 }], [{ x: 3, y: 4 }]]);
    expect(readSignature(file('')).strokes).toEqual([]);
    // Only both together lift the pen.
    expect(readSignature(file('FFFF0001')).strokes).toEqual([[{ x: 0xffff, y: 1 }]]);
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['another file', ascii('MGTKAP20')],
    ['no body', ascii('MGTKAP10')],
    ['no field', file('00010002', '')],
    ['half a point', file('000100')],
    ['no points', Uint8Array.of(...ascii('MGTKAP10'), ...parseHex('CE0A8108000000FD00000078'))],
  ])('is an error with %s', (_, contents) => {
    expect(errorOf(() => readSignature(contents))).toMatchObject({ code: 'bad-object' });
  });

  test('cut anywhere is an error and nothing else', () => {
    const whole = file('0010001000200020FFFFFFFF');
    for (let length = 0; length < whole.length; length++) {
      expect(() => readSignature(whole.subarray(0, length))).toThrow(MmsError);
    }
  });
});

describe('a choice for the cardholder', () => {
  const prompt = (text: string) =>
    toMessage({
      kind: 'notification',
      id: 0x1803,
      payloadId: 0x1803,
      detail: parseHex('02FFFFFF'),
      payload: [],
      opaque: Uint8Array.of(...new Uint8Array(10), ...ascii(text)),
    });

  test('is its text, and the lines after the first', () => {
    const text = 'Application ID Selection\nVISA CREDIT\r\nVISA ELECTRON\n';
    expect(readSelection(prompt(text))).toEqual({
      text: 'Application ID Selection\nVISA CREDIT\nVISA ELECTRON',
      title: 'Application ID Selection',
      lines: ['VISA CREDIT', 'VISA ELECTRON'],
    });
    expect(readSelection(prompt('Application ID Selection'))?.lines).toEqual([]);
  });

  const inTag83 = (hex: string) =>
    toMessage({
      kind: 'notification',
      id: 0x1803,
      detail: parseHex('02FFFFFF'),
      payload: [
        { tag: '81', value: Uint8Array.of(0) },
        { tag: '82', value: Uint8Array.of(60) },
        { tag: '83', value: parseHex(hex) },
      ],
    });
  const hexOf = (text: string): string => toHex(ascii(text));

  // The structure of samples and of the manuals of older products.
  test.each([
    [
      'with a title that says so',
      hexOf('Application ID Selection\0VISA CREDIT\0VISA\nELECTRON\0'),
      'Application ID Selection',
      ['VISA CREDIT', 'VISA ELECTRON'],
      {},
    ],
    [
      'with type 00 and a time limit',
      `003C${hexOf('SELECT LANGUAGE\0ENGLISH\0ESPANOL\0')}`,
      'SELECT LANGUAGE',
      ['ENGLISH', 'ESPANOL'],
      { seconds: 60 },
    ],
    ['with type 01', `011E${hexOf('SELECT APPLICATION\0DEBIT\0')}`, 'SELECT APPLICATION', ['DEBIT'], { seconds: 30 }],
    ['without a limit and with line feeds only', `0100${hexOf('SELECT\nA\nB')}`, 'SELECT', ['A', 'B'], {}],
  ] as const)('is read %s', (_, hex, title, lines, limit) => {
    expect(readSelection(inTag83(hex))).toEqual({ text: [title, ...lines].join('\n'), title, lines, ...limit });
  });

  // The index of a choice counts every item of the reader: one that is left out would choose another application.
  test.each([
    ['an empty choice', '013C53454C4543540041000042', 'SELECT\nA\nB', 'SELECT', ['A', '', 'B']],
    ['no title', '013C0041004200', 'A\nB', '', ['A', 'B']],
    ['an empty line of a text', '013C53454C4543540A0A410A42', 'SELECT\nA\nB', 'SELECT', ['A', 'B']],
  ] as const)('keeps the places of its choices with %s', (_, hex, text, title, lines) => {
    expect(readSelection(inTag83(hex))).toEqual({ text, title, lines, seconds: 60 });
  });

  test('is read as a list of applications', () => {
    const list = `4F07A0000000031010500B${hexOf('VISA CREDIT')}4F07A00000000320105004${hexOf('PLUS')}`;
    expect(readSelection(inTag83(list))).toEqual({
      text: 'VISA CREDIT\nPLUS',
      title: '',
      lines: ['VISA CREDIT', 'PLUS'],
      applications: ['A0000000031010', 'A0000000032010'],
    });
    const inTemplates = `610D4F07A00000000310105002${hexOf('VC')}`;
    expect(readSelection(inTag83(inTemplates))?.lines).toEqual(['VC']);
    expect(readSelection(inTag83('4F07A000000003101050024101'))?.lines).toEqual(['4101']);
    // Objects of other kinds are not choices.
    expect(readSelection(inTag83('4F07A000000003101087010150024142'))?.lines).toEqual(['AB']);
  });

  test.each([
    ['of one line', hexOf('PRESENT CARD'), 'PRESENT CARD'],
    ['of two lines', hexOf('PRESENT CARD\0OR PHONE'), 'PRESENT CARD\nOR PHONE'],
    ['of two lines with a line feed', hexOf('PRESENT CARD\nOR PHONE\0'), 'PRESENT CARD\nOR PHONE'],
    ['of one character', hexOf('5'), '5'],
    ['that clears the display', '', ''],
    ['of zeros', '0000', ''],
    ['with an accent', '4361667EE9', 'Caf~é'],
  ])('is none in a text %s, which is shown', (_, hex, text) => {
    expect(readSelection(inTag83(hex))).toBeUndefined();
    expect(readDisplayText(inTag83(hex))).toBe(text);
  });

  test('is none in other bytes', () => {
    for (const hex of ['0102', '4F07A0000000031010', '013C010203', '4F02']) {
      expect(readSelection(inTag83(hex))).toBeUndefined();
    }
    expect(readDisplayText(inTag83('01023C'))).toBeUndefined();
  });

  test('is shown from wherever it stands, where it has more than one character', () => {
    const request = (payload: TlvInput[]) =>
      toMessage({ kind: 'notification', id: 0x1803, detail: parseHex('02FFFFFF'), payload });
    const text = { tag: '85', value: ascii('PRESENT CARD') };
    const number = { tag: '85', value: ascii('5') };
    const bytes = { tag: '86', value: parseHex('0102') };
    expect(readDisplayText(request([{ tag: 'E1', children: [bytes, number, text] }]))).toBe('PRESENT CARD');
    expect(readDisplayText(request([{ tag: 'E1', children: [number] }, number]))).toBeUndefined();
  });

  test('is none in other texts and messages', () => {
    expect(readSelection(prompt('PRESENT CARD'))).toBeUndefined();
    expect(readSelection(CANCEL)).toBeUndefined();
  });
});

describe('the memory of a type 2 tag', () => {
  const memory = (blocks: string): Uint8Array => parseHex(`04A1B29FC3D4E5F600480000E1101200${blocks}`);
  /** A block with an NDEF message. */
  const message = (records: string): string => `03${(records.length / 2).toString(16).padStart(2, '0')}${records}FE`;
  const hexOf = (text: string): string => toHex(ascii(text));

  test('gives texts with their language', () => {
    expect(readNdef(memory(message('D101085402656E68656C6C6F')))).toEqual([
      { kind: 'text', language: 'en', text: 'hello' },
    ]);
    // UTF-16.
    for (const text of ['006800E4', 'FEFF006800E4', 'FFFE6800E400']) {
      const length = (3 + text.length / 2).toString(16).padStart(2, '0');
      expect(readNdef(memory(message(`D101${length}54826465${text}`)))).toEqual([
        { kind: 'text', language: 'de', text: 'hä' },
      ]);
    }
  });

  test.each([
    ['04', 'example.com', 'https://example.com'],
    ['00', 'urn:x', 'urn:x'],
    ['05', '+3222', 'tel:+3222'],
    ['23', 'sn', 'urn:nfc:sn'],
    ['24', 'reserved', 'reserved'],
  ])('gives addresses with prefix %s', (prefix, rest, uri) => {
    const record = `D101${(rest.length + 1).toString(16).padStart(2, '0')}55${prefix}${hexOf(rest)}`;
    expect(readNdef(memory(message(record)))).toEqual([{ kind: 'uri', uri }]);
  });

  test('gives several records, long ones, with ids, and those of other types as they are', () => {
    const media = `1A0A0201${hexOf('text/plain')}${hexOf('i')}${hexOf('ok')}`;
    const long = `C10100000002550361`;
    expect(readNdef(memory(message(media + long)))).toEqual([
      { kind: 'other', format: 2, type: 'text/plain', payload: ascii('ok') },
      { kind: 'uri', uri: 'http://a' },
    ]);
    expect(readNdef(memory(message('D1010054')))).toEqual([
      { kind: 'other', format: 1, type: 'T', payload: new Uint8Array(0) },
    ]);
    expect(readNdef(memory(message('D1010153AA')))).toEqual([
      { kind: 'other', format: 1, type: 'S', payload: Uint8Array.of(0xaa) },
    ]);
  });

  test('reads a smart poster, with a title in each language and what else is inside', () => {
    const uri = `9101085503${hexOf('ndef.eu')}`;
    const [english, german] = [`11010754 02656E${hexOf('Hi! ')}`, `11010854 026465${hexOf('Hallo')}`];
    const action = `510301${hexOf('act')}00`;
    const poster = parseHex(uri + english + german + action);
    const head = `D102${poster.length.toString(16)}${hexOf('Sp')}`;
    const titles = [
      { kind: 'text', language: 'en', text: 'Hi! ' },
      { kind: 'text', language: 'de', text: 'Hallo' },
    ];
    expect(readNdef(memory(message(head + toHex(poster))))).toEqual([
      {
        kind: 'smart-poster',
        uri: 'http://ndef.eu',
        titles,
        records: [
          { kind: 'uri', uri: 'http://ndef.eu' },
          ...titles,
          { kind: 'other', format: 1, type: 'act', payload: Uint8Array.of(0) },
        ],
      },
    ]);
  });

  test.each([
    ['without an address', '91010354025E5E'],
    ['that is cut', 'D101FF55'],
    ['with another inside', 'D102055370D1010155'],
  ])('leaves a smart poster %s as it is', (_, inside) => {
    const head = `D102${(inside.length / 2).toString(16).padStart(2, '0')}${hexOf('Sp')}`;
    expect(readNdef(memory(message(head + inside)))).toEqual([
      { kind: 'other', format: 1, type: 'Sp', payload: parseHex(inside) },
    ]);
  });

  test('puts the chunks of a record together', () => {
    // The first with type and id, one in the middle, the last; then a record of its own.
    const chunks = `B9010401 54 69 02656E68 36000165 5600026C6F`.replaceAll(' ', '');
    expect(readNdef(memory(message(`${chunks}5101025503 61`.replaceAll(' ', ''))))).toEqual([
      { kind: 'text', language: 'en', text: 'helo' },
      { kind: 'uri', uri: 'http://a' },
    ]);
  });

  test('skips other blocks, and takes a length of three bytes', () => {
    const text = 'D101085402656E68656C6C6F';
    expect(readNdef(memory(`0001030A0B0C03FF000C${text}FE`))).toHaveLength(1);
  });

  test('has no records where there is no message', () => {
    expect(readNdef(memory('FE'))).toEqual([]);
    expect(readNdef(memory('0000'))).toEqual([]);
    expect(readNdef(memory(message('D00000')))).toEqual([]);
    expect(readNdef(new Uint8Array(64))).toEqual([]);
    expect(readNdef(new Uint8Array(0))).toEqual([]);
  });

  test.each([
    ['a block longer than the memory', memory('0310D101'), 'truncated'],
    ['no length', memory('03'), 'truncated'],
    ['a record longer than its message', memory(message('D101FF54')), 'truncated'],
    ['a cut head', memory(message('D1')), 'truncated'],
    ['a record in chunks that another follows', memory(message('B10101540000')), 'bad-value'],
    ['a record in chunks without its last one', memory(message('B101015400360001AA')), 'bad-value'],
    ['a chunk without its first one', memory(message('D60001AA')), 'bad-value'],
  ])('is an error with %s', (_, bytes, code) => {
    expect(errorOf(() => readNdef(bytes))).toMatchObject({ code });
  });

  test('whatever it holds gives records or an MmsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (random) => {
        try {
          readNdef(Uint8Array.of(...memory(''), ...random));
        } catch (error) {
          expect(error).toBeInstanceOf(MmsError);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
