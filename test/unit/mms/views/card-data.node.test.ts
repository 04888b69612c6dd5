/** Card data as a reader sends them: length prefix honoured, whatever stands around the container. */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../../src/mms/hex.js';
import { encodeTlv, type TlvInput } from '../../../../src/mms/tlv.js';
import { readBlob, readCardData } from '../../../../src/mms/views/card-data.js';
import { errorOf } from '../../../support/error-of.js';

/** The constructed ARQC of the protocol reference: zero MAC, filler ciphertext, masked test card. */
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
      maskedPan: '411100******1111',
      cardType: 5,
      fallback: 0,
      padding: 3,
    });
    expect(data?.tlv[0]?.tag).toBe('F9');
    expect(toHex(data?.mac ?? new Uint8Array(0))).toBe('00000000');
    expect(data?.result).toBeUndefined();
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

  test.each([
    ['DFDF33', ';4111000000001111=3012?', '411100******1111'],
    ['DFDF31', '%B4111111111111111^NAME/TEST^3012?', '411111******1111'],
    ['DFDF4D', ';411111*****1111=3012?', '411111*****1111'],
  ])('shows of track %s at most the first six and last four digits: %s', (tag, track, pan) => {
    expect(masked(tag, track)).toBe(pan);
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
