/** Card data that a reader sends in clear are found, whatever passes the Luhn check, and can be left out. */
import { describe, expect, test } from 'vitest';
import { parseHex } from '../../../../src/mms/hex.js';
import { decodeTlv, encodeTlv, type TlvInput } from '../../../../src/mms/tlv.js';
import { findClearData, withoutClearData } from '../../../../src/mms/views/clear-data.js';

const text = (tag: string, value: string): TlvInput => ({ tag, value: new TextEncoder().encode(value) });
const hex = (tag: string, value: string): TlvInput => ({ tag, value: parseHex(value) });
const inContainer = (...objects: readonly TlvInput[]): ReturnType<typeof decodeTlv> =>
  decodeTlv(encodeTlv([{ tag: 'F9', children: [{ tag: 'FA', children: objects }] }]));

describe('card data in clear', () => {
  test.each([
    hex('5A', '4111111111111111'),
    hex('57', '4111111111111111D2512201123451234F'),
    text('56', 'B4111111111111111^TEST/CARD^2512'),
    hex('9F6B', '5413330089604111D2512F'),
    text('5F20', 'TEST/CARD'),
    text('DFDF33', ';4111111111111111=25122010000012345?'),
    text('DFDF31', '%B5413330089604111^TEST/CARD^2512?'),
    text('DFDF4D', ';5413330089604111=25120000000000000?'),
    // Tracks of the MSR data, which belong inside the encrypted part; and of an object that is not known.
    text('DFDF37', '%B5413330089604111^TEST/CARD^2512?'),
    text('DFDF39', ';5413330089604111=25122010000012345?'),
    text('DFDF3B', '+5413330089604111=25122010000012345?'),
    text('DF59', ';6799998900000060018=25122010000012345?'),
  ])('are found: $tag', (object) => {
    expect(findClearData(inContainer(object))).toEqual([object.tag]);
  });

  test.each([
    // Masked tracks as published: they pass the Luhn check too [DM p95, MG p9].
    text('DFDF33', ';5413000040001513=25122010000000000000?'),
    text('DFDF4D', ';4761000090000119=22120000000000000000?'),
    text('DFDF33', ';541333******1513=2512?'),
    text('DFDF33', ';5413330000001513=2512?'),
    text('DFDF31', '%E?'),
    text('5F20', ' /'),
    text('5F20', '****'),
    hex('5A', '0000000000000000'),
    hex('57', ''),
    hex('DFDF59', '4111111111111111'),
    text('DFDF39', ';5413000040001513=2512?'),
    text('DF59', ';54133300896O4111=2512?'),
    text('DF59', ';order=5413330089604111'),
    hex('9F02', '000000000460'),
  ])('are not seen in %j', (object) => {
    expect(findClearData(inContainer(object))).toEqual([]);
  });

  test('are left out, and all else stays', () => {
    const nodes = inContainer(hex('5A', '4111111111111111'), hex('9F02', '000000000460'), text('5F20', 'TEST/CARD'));
    expect(encodeTlv(withoutClearData(nodes))).toEqual(
      encodeTlv([{ tag: 'F9', children: [{ tag: 'FA', children: [hex('9F02', '000000000460')] }] }]),
    );
  });
});
