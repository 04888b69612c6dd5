/** Card data as a reader sends them: length prefix honoured, whatever stands around the container. */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { encodeTlv, type TlvInput } from '../../../../src/mms/tlv.js';
import { readBlob, readCardData } from '../../../../src/mms/views/card-data.js';
import { errorOf } from '../../../support/error-of.js';

/** A constructed ARQC: zero MAC, filler ciphertext, masked test card. */
const ARQC =
  'AA00810483000101820410080202848200CA0101848200C400BBF98200B7DFDF540A00000000000000000000DFDF550182DFDF250742363033323236FA8196708193DFDF530100DFDF4D273B343131313030303030303030313131313D30303030303030303030303030303030303030303FDFDF520105F85CDFDF5940101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4FDFDF560A00000000000000000000DFDF570180DFDF58010300000000000000';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function blob(children: readonly TlvInput[], { padding = 0, mac = '01020304' } = {}): Uint8Array {
  const f9 = encodeTlv([{ tag: 'F9', children }]);
  return Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, ...new Uint8Array(padding), ...parseHex(mac));
}

describe('an ARQC', () => {
  test('gives everything that stands in clear around the encrypted part', () => {
    const data = readCardData(decodeMessage(ARQC));
    expect(data).toMatchObject({
      kind: 'arqc',
      via: 'contact',
      serialNumber: 'B603226',
      ksn: '00000000000000000000',
      encryption: '80',
      encryptedLength: 64,
      maskedPan: '4111********1111',
      last4: '1111',
      brand: 'visa',
      entryMode: 'contact',
      cardType: 'contact',
      fallback: 'none',
      tracks: { 2: 'good' },
      padding: 3,
    });
    expect(data?.tlv[0]?.tag).toBe('F9');
    expect(toHex(data?.mac ?? new Uint8Array(0))).toBe('00000000');
    expect(data?.encrypted).toHaveLength(64);
    expect(data?.result).toBeUndefined();
    expect(data?.serviceCode).toBeUndefined();
  });

  test.each([
    ['10', 'contact'],
    ['20', 'contactless'],
    ['08', 'swipe'],
    ['07', 'manual'],
  ])('tells by detail %s how the card was read: %s', (technology, via) => {
    expect(readCardData(decodeMessage(ARQC.replace('820410080202', `8204${technology}080202`)))?.via).toBe(via);
  });

  test.each(['30080202', '10080902', '10010200'])('is none with the detail %s', (detail) => {
    expect(readCardData(decodeMessage(ARQC.replace('10080202', detail)))).toBeUndefined();
  });

  test('is none in other messages', () => {
    expect(readCardData(decodeMessage('AA0081040113100884021008'))).toBeUndefined();
    expect(readCardData(decodeMessage(ARQC.replace('83000101', '83000105')))).toBeUndefined();
  });

  test('is an error where the reader says that there is one and there is not', () => {
    expect(errorOf(() => readCardData(decodeMessage('AA00810483000101820410080202')))).toMatchObject({
      code: 'bad-payload',
    });
  });
});

describe('the blob', () => {
  test('keeps to its length prefix: what follows is padding up to the MAC', () => {
    const { padding, mac } = readBlob(blob([], { padding: 5, mac: 'AABBCCDD' }));
    expect(padding).toBe(5);
    expect(toHex(mac)).toBe('AABBCCDD');
  });

  test.each([
    ['nothing', ''],
    ['one byte', '00'],
    ['a length that lies', '00FFF90000000000'],
    ['no room for the MAC', '0002F900000000'],
  ])('is an error with %s', (_, hex) => {
    expect(errorOf(() => readBlob(parseHex(hex)))).toMatchObject({ code: 'truncated' });
  });

  test.each([
    ['no container', '000000000000'],
    ['another one', '0002FA0000000000'],
    ['two of them', '0004F900F90000000000'],
  ])('is an error with %s', (_, hex) => {
    expect(errorOf(() => readBlob(parseHex(hex)))).toMatchObject({ code: 'bad-payload', offset: 2 });
  });

  test('has a serial number as text, without padding; in hexadecimal where it is none; empty where there is none', () => {
    const serial = (value?: Uint8Array): string => readBlob(blob(value ? [{ tag: 'DFDF25', value }] : [])).serialNumber;
    expect(serial(ascii('B571AF2\0\0'))).toBe('B571AF2');
    expect(serial(Uint8Array.of(0xb5, 0x71))).toBe('B571');
    expect(serial(new Uint8Array(0))).toBe('');
    expect(serial()).toBe('');
  });

  const masked = (tag: string, track: string): string | undefined =>
    readBlob(blob([{ tag, value: ascii(track) }])).maskedPan;

  // The first is printed in the manual of an older product: 4 digits, zeros with a correction digit, 4 digits [DM p95, MG p9].
  test.each([
    ['DFDF33', ';5413000040001513=25122010000000000000?', '5413********1513'],
    ['DFDF33', ';4111000000001111=3012?', '4111********1111'],
    ['DFDF31', '%B4111111111111111^NAME/TEST^3012?', '4111********1111'],
    ['DFDF4D', ';411111*****1111=3012?', '411111*****1111'],
    ['DFDF4D', ';37828XXXXXX0005=3012?', '37828******0005'],
    ['DFDF4D', ';4111########1111=3012?', '4111********1111'],
    ['DFDF33', ';500000000009=3012?', '5000****0009'],
    ['DFDF33', ';6304000000000000018=3012?', '6304***********0018'],
    ['DFDF33', ';***************=3012?', '***************'],
  ])('shows of track %s digits of the card only, at most first six and last four: %s', (tag, track, pan) => {
    expect(masked(tag, track)).toBe(pan);
  });

  test('shows as many digits as the reader is known to leave', () => {
    const pan = (track: string, leading: number, trailing: number): string | undefined =>
      readBlob(blob([{ tag: 'DFDF33', value: ascii(track) }]), { leading, trailing }).maskedPan;
    expect(pan(';5413330040001513=2512?', 6, 4)).toBe('541333******1513');
    expect(pan(';5413330040001513=2512?', 8, 4)).toBe('541333******1513');
    expect(pan(';5000000040000013=2512?', 1, 2)).toBe('5*************13');
    expect(pan(';0000000040000000=2512?', 0, 0)).toBe('****************');
    expect(pan(';541333******1513=2512?', 4, 4)).toBe('5413********1513');
  });

  test('has the last four digits where the reader leaves them', () => {
    const last4 = (track: string): string | undefined => readBlob(blob([{ tag: 'DFDF33', value: ascii(track) }])).last4;
    expect(last4(';5413000040001513=2512?')).toBe('1513');
    expect(last4(';5413**********13=2512?')).toBeUndefined();
  });

  test.each([
    [';E?', '%B4111000000001111^^3012?'],
    ['', '%B4111000000001111^^3012?'],
    [';4111000000001111=3012?', '%E?'],
  ])('a bad track does not hide a good one: %j, %j', (track2, track1) => {
    const { maskedPan } = readBlob(
      blob([
        { tag: 'DFDF33', value: ascii(track2) },
        { tag: 'DFDF31', value: ascii(track1) },
      ]),
    );
    expect(maskedPan).toBe('4111********1111');
  });

  test('has no card number where no track holds one', () => {
    expect(masked('DFDF33', 'E?')).toBeUndefined();
    // Of so few digits first six and last four would be all.
    expect(masked('DFDF33', ';4111111111=3012?')).toBeUndefined();
    expect(readBlob(blob([])).maskedPan).toBeUndefined();
  });

  test('says how a batch ended, wherever that stands', () => {
    const result = { tag: 'DFDF1A', value: Uint8Array.of(2) };
    expect(readBlob(blob([{ tag: 'FA', children: [{ tag: 'F0', children: [result] }] }])).result).toBe(2);
    expect(readBlob(blob([result])).result).toBe(2);
  });
});

describe('what receipts and gateways need', () => {
  const facts = (
    ...objects: readonly (readonly [tag: string, value: string | number])[]
  ): ReturnType<typeof readBlob> =>
    readBlob(
      blob(
        objects.map(([tag, value]) => ({
          tag,
          value: typeof value === 'string' ? ascii(value) : Uint8Array.of(value),
        })),
      ),
    );

  test.each([
    [0x00, 'other'],
    [0x01, 'stripe'],
    [0x02, 'stripe-aamva'],
    [0x03, 'manual'],
    [0x04, 'unknown'],
    [0x05, 'contact'],
    [0x06, 'contactless'],
    [0x07, 'stripe-with-chip'],
    [0x08, 'contactless-stripe'],
    [0x09, undefined],
  ])('names card type %s: %s', (code, name) => {
    expect(facts(['DFDF52', code]).cardType).toBe(name);
  });

  test.each([
    [0x00, 'none'],
    [0x01, 'technical'],
    [0x81, 'msr'],
    [0x02, undefined],
  ])('names fallback %s: %s', (code, name) => {
    expect(facts(['DFDF53', code]).fallback).toBe(name);
  });

  test.each([
    ['10', 5, 0, 'contact'],
    ['20', 6, 0, 'contactless'],
    ['20', 8, 0, 'contactless-stripe'],
    ['08', 7, 0, 'swipe'],
    ['08', 7, 1, 'fallback'],
    ['08', 1, 0x81, 'fallback'],
    ['07', 3, 0, 'manual'],
  ])('tells detail %s with card type %s and fallback %s apart: %s', (technology, type, fallback, mode) => {
    const hex = ARQC.replace('820410080202', `8204${technology}080202`)
      .replace('DFDF520105', `DFDF52010${String(type)}`)
      .replace('DFDF530100', `DFDF5301${toHex(Uint8Array.of(fallback))}`);
    expect(readCardData(decodeMessage(hex))?.entryMode).toBe(mode);
  });

  test.each([
    ['4111', 'visa'],
    ['5413', 'mastercard'],
    ['2221', 'mastercard'],
    ['2720', 'mastercard'],
    ['2721', undefined],
    ['3782', 'amex'],
    ['6011', 'discover'],
    ['6510', 'discover'],
    ['3056', 'diners'],
    ['3600', 'diners'],
    ['3528', 'jcb'],
    ['6200', 'unionpay'],
    ['2204', 'mir'],
    ['5018', 'maestro'],
    ['6759', 'maestro'],
    ['9999', undefined],
  ])('tells the scheme of a number that begins with %s: %s', (digits, brand) => {
    expect(facts(['DFDF33', `;${digits}********0000=2512?`]).brand).toBe(brand);
  });

  test.each([
    ['A0000000031010', 'visa'],
    ['A0000000980840', 'visa'],
    ['A0000000041010', 'mastercard'],
    ['A0000000043060', 'maestro'],
    ['A00000002501', 'amex'],
    ['A0000001523010', 'discover'],
    ['A0000000651010', 'jcb'],
    ['A000000333010101', 'unionpay'],
    ['A0000002771010', 'interac'],
    ['D27600002545500100', 'mastercard'],
  ])('goes by the application first, also in a batch: %s', (aid, brand) => {
    const { brand: found } = readBlob(
      blob([
        { tag: '9F06', value: parseHex(aid) },
        { tag: 'DFDF33', value: ascii(';5413********1513=2512?') },
      ]),
    );
    expect(found).toBe(brand);
  });

  test('has the state of each track that the reader mentions', () => {
    expect(facts(['DFDF31', '%E?'], ['DFDF33', ';5413********1513=2512?'], ['DFDF35', '+?']).tracks).toEqual({
      1: 'error',
      2: 'good',
      3: 'empty',
    });
    expect(facts(['DFDF30', 1], ['DFDF32', 0], ['DFDF34', 0], ['DFDF35', '']).tracks).toEqual({
      1: 'error',
      2: 'empty',
      3: 'empty',
    });
    expect(facts().tracks).toEqual({});
  });

  test.each([
    [';5413000040001513=25122010000000000000?', '201'],
    [';5413000040001513=25120000000000000000?', undefined],
    [';5413000040001513=2512*****?', undefined],
    [';5413000040001513=25122222222222?', undefined],
    [';5413000040001513=2512301?', undefined],
    ['%B5413000040001513^TEST/CARD^2512101000000?', '101'],
    [';5413000040001513=2512?', undefined],
    [';E?', undefined],
  ])('has a service code only where it is real: %s', (track, code) => {
    expect(facts([track.startsWith(';') ? 'DFDF33' : 'DFDF31', track]).serviceCode).toBe(code);
  });

  test('takes the service code of an object of its own', () => {
    expect(readBlob(blob([{ tag: '5F30', value: parseHex('0226') }])).serviceCode).toBe('226');
    expect(readBlob(blob([{ tag: '5F30', value: parseHex('0000') }])).serviceCode).toBeUndefined();
  });
});
