import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { toMessage } from '../../../../src/mms/encode.js';
import { parseHex } from '../../../../src/mms/hex.js';
import { readPropertyAnswers, readPropertyValue } from '../../../../src/mms/views/property.js';

const SERIAL = 'AA00810482B5D1018204000000008482001CD10181072B06010401F6098501028704020101018906C104B6032260';
const BRANCH = 'E106C10101C20100';
const hexOf = (text: string): string => Buffer.from(text).toString('hex');

describe('readPropertyAnswers', () => {
  test('reads an answer', () => {
    expect(readPropertyAnswers(decodeMessage(SERIAL))).toEqual([
      { oid: '2.2.1.1.1.1', value: parseHex('B6032260'), name: 'Serial number', text: 'B603226' },
    ]);
  });

  // The three spellings that are published [DP 1.1.1, 1.2.7], in an answer with its long length.
  test.each([
    ['all in 89', '81072B06010401F609850101890BE209E707E105E103C10100'],
    ['prefix in 87', '8501018704020701018903C10100'],
    ['company in 81 and prefix in 87', '81072B06010401F6098501018704020701018903C10100'],
  ])('reads an identifier with %s', (_, hex) => {
    const payload = `D101${hex}`;
    const length = (payload.length / 2).toString(16).padStart(4, '0');
    const message = decodeMessage(`AA0081048255D1018204000000008482${length}${payload}`);
    expect(readPropertyAnswers(message)).toMatchObject([{ oid: '1.2.7.1.1.1', text: 'never' }]);
  });

  test('gives no name to a property that no source names', () => {
    const payload = [
      { tag: '85', value: Uint8Array.of(1) },
      { tag: '89', value: parseHex('EE04EE02CE00') },
    ];
    const message = toMessage({ kind: 'response', id: 0xd111, status: { summary: 0, detail: '000000' }, payload });
    expect(readPropertyAnswers(message)).toMatchObject([{ oid: '1.E.E.E', name: '', text: '' }]);
  });

  test('reads all properties of a branch', () => {
    const payload = [
      { tag: '85', value: Uint8Array.of(1) },
      { tag: '87', value: parseHex('020101') },
      { tag: '89', value: parseHex(BRANCH) },
    ];
    const status = { summary: 0, detail: '000000' };
    const message = toMessage({ kind: 'response', id: 0xd101, status, payload });
    expect(readPropertyAnswers(message)).toMatchObject([
      { oid: '1.2.1.1.1.1', name: 'Device-driven fallback', text: 'on' },
      { oid: '1.2.1.1.1.2', name: 'Enhanced application id selection', text: 'disabled' },
    ]);
  });

  test.each([
    ['a request', 'AA0081040155D101840FD1018501018704020701028902C100'],
    ['a refusal', 'AA0081048255D101820480020102'],
    ['another answer', 'AA00810482071001820401000000'],
    ['an answer without data', 'AA0081048255D1118204000000008402D111'],
  ])('finds none in %s', (_, hex) => {
    expect(readPropertyAnswers(decodeMessage(hex))).toEqual([]);
  });
});

describe('readPropertyValue', () => {
  test.each([
    ['2.2.1.1.1.1', 'B6032260', 'B603226'],
    ['2.2.1.1.1.1', 'B603226000', 'B603226000'],
    [
      '1.2.7.1.2.1',
      '8F000000',
      'contactless presented, contactless removed, card inserted, card removed, barcode read',
    ],
    ['1.2.7.1.2.1', '00000000', 'none'],
    ['1.2.7.1.2.1', '', ''],
    ['2.1.2.2.2.2', `${hexOf('1000009334-AB1-PRD')}0000`, '1000009334-AB1-PRD'],
    ['1.1.1.1.1.1', hexOf('00000000'), '00000000'],
    ['1.2.2.1.1.1', hexOf('Café'), 'Café'],
    ['2.1.2.2.2.2', '80FF', '80FF'],
    ['2.1.2.2.2.2', '1B5B324A', '1B5B324A'],
    ['2.1.2.2.2.2', '0000', '0000'],
    ['2.1.2.5.6.3', 'C0A80117', '192.168.1.23'],
    ['2.1.2.5.6.3', 'C0A801', 'C0A801'],
    ['1.2.2.1.1.11', '02', 'WebSocket server'],
    ['1.2.2.1.1.11', '07', '07'],
    ['1.2.2.1.1.A', '04', '04'],
    ['1.2.3.2.1.1', '32', '50 %'],
    ['1.2.3.2.1.1', '3200', '3200'],
    ['1.2.7.1.1.1', '00', 'never'],
    ['1.2.7.1.1.1', '1E', 'every 30 s'],
    ['1.2.7.1.1.1', 'FF', 'once'],
    ['1.2.7.1.1.1', '', ''],
    ['2.1.2.3.B.1', hexOf('CUP-KERNEL1'), 'CUP-KERNEL1'],
    ['1.E.E.E', '0102', '0102'],
  ])('reads %s %j as %j', (oid, hex, expected) => {
    expect(readPropertyValue(oid, parseHex(hex))).toBe(expected);
  });
});
