import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/mms/command-line.js';
import { toHex } from '../../../src/mms/hex.js';
import { errorOf } from '../../support/error-of.js';

describe('parseCommandLine', () => {
  test.each([
    'AA0081040113100884021008',
    ' aa00 8104 0113 1008\n84021008\t',
    'SENDCOMMAND,AA0081040113100884021008',
    'sendcommand , AA0081040113100884021008',
    '  SendCommand,\r\nAA0081040113100884021008\r\n',
  ])('reads %j', (text) => {
    expect(toHex(parseCommandLine(text))).toBe('AA0081040113100884021008');
  });

  test.each([
    ['AAxx', 'bad-hex', 2],
    ['SENDCOMMAND,AA00zz', 'bad-hex', 16],
    ['SENDCOMMAND, AA0', 'odd-hex', 15],
    ['SENDCOMMAND AA00', 'bad-hex', 0],
    ['DISPLAYMESSAGE,AA00', 'bad-hex', 1],
    ['', 'no-start', 0],
    ['   ', 'no-start', 0],
    ['SENDCOMMAND,', 'no-start', 12],
  ] as const)('refuses %j', (text, code, offset) => {
    expect(errorOf(() => parseCommandLine(text))).toMatchObject({ name: 'MmsError', code, offset });
  });
});
