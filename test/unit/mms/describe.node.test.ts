/** One line for people about every kind of message, and nothing of a card in it. */
import { describe as group, expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { describe } from '../../../src/mms/describe.js';
import { toMessage } from '../../../src/mms/encode.js';
import { parseHex } from '../../../src/mms/hex.js';
import { displayStringId } from '../../../src/mms/tables/display-strings.js';

const lineOf = (hex: string): string => describe(decodeMessage(hex));

group('requests', () => {
  test('a start says amount, currency, ways and time limit', () => {
    expect(describe(commands.startTransaction({ amount: '4.60', currency: 'EUR', reference: 7 }))).toBe(
      'Start Transaction 4.60 EUR, insert tap swipe, 60 s (ref 7)',
    );
    expect(describe(commands.startTransaction({ amount: '460', currency: 'JPY', accept: 'tap', timeout: 9 }))).toBe(
      'Start Transaction 460 JPY, tap, 9 s (ref 0)',
    );
  });

  test('a start without a currency has two decimals; one without parameters has a name only', () => {
    expect(describe(commands.startTransaction({ amount: '4.60' }))).toContain(' 000000000460, ');
    expect(describe(commands.startTransaction({ amount: '12500', currency: 'UGX' }))).toContain(' 12500 UGX, ');
    expect(describe(toMessage({ kind: 'request', id: 0x1001, payload: [] }))).toBe('Start Transaction (ref 0)');
  });

  test('a display message says its text, or its number where it has none', () => {
    const approved = displayStringId('APPROVED') ?? 0;
    expect(approved).toBe(3);
    expect(displayStringId('NO SUCH TEXT')).toBeUndefined();
    expect(describe(commands.displayMessage({ message: approved }))).toBe('Display Message “APPROVED” (ref 0)');
    expect(describe(commands.displayMessage({ message: 0xfe }))).toContain('FE');
    // Welcome, where the request has no text [DP 1803].
    expect(describe(toMessage({ kind: 'request', id: 0x1803, payload: [] }))).toContain('“WELCOME”');
  });

  test('a selection says its index, if it has one', () => {
    expect(describe(commands.reportSelection({ index: 1 }))).toContain(' 1 (ref 0)');
    expect(describe(toMessage({ kind: 'request', id: 0x1802, payload: [] }))).not.toMatch(/\d \(ref/);
  });

  test('a property says its identifier and its name, if it has one, and never its value', () => {
    expect(describe(commands.getProperty({ oid: '2.2.1.1.1.1' }))).toBe(
      'Get Property 2.2.1.1.1.1 Serial number (ref 0)',
    );
    expect(describe(commands.getProperty({ oid: '1.1.1.1.1.1E' }))).toContain('1.1.1.1.1.1E (ref 0)');
    const password = describe(commands.setProperty({ oid: '1.2.2.1.1.2', value: 'C0FFEE' }));
    expect(password).toContain('1.2.2.1.1.2');
    expect(password).not.toContain('C0FFEE');
  });

  test('an unknown command says so', () => {
    expect(describe(toMessage({ kind: 'request', id: 0x7777, payload: [] }))).toBe('Unknown command 7777 (ref 0)');
  });
});

group('responses', () => {
  test.each([
    ['AA00810482071001820401000000', 'Start Transaction accepted, running (ref 7)'],
    [
      'AA00810482081001820480020308',
      /^Start Transaction rejected: .*transaction.*in progress.* \(02 03 08\) \(ref 8\)$/i,
    ],
    ['AA00810482081001820481020308', /^Start Transaction failed: /],
    ['AA00810482081001820480FFFFFF', /^Start Transaction rejected: unknown detail FF FF FF \(ref 8\)$/],
    ['AA0081048208100882044002030B', /^Cancel Transaction done with warnings: /],
  ])('%s', (hex, line) => {
    expect(lineOf(hex)).toMatch(line);
  });
});

group('notifications and files', () => {
  test.each([
    ['AA00810483000101820410010200', /^(Contact c|C)ard inserted/],
    ['AA0081048300100182040002000D', /13/],
    ['AA008104830077778204000102FF', 'Unknown notification 7777 (00 01 02 FF)'],
    ['AA00810483001803820402FFFFFF8482001818030000000000000000000050524553454E542043415244', /“PRESENT CARD”/],
    [
      'AA0081088409D8210100000084344D47544B41503130C10401000000CE248108000000FD0000007882180010001000200020FFFFFFFF0030001000300030FFFFFFFF',
      'File 01000000 from the reader, 52 bytes',
    ],
    ['AA0081080400D8120500000084020102', 'File 05000000 to the reader, 2 bytes'],
  ])('%s', (hex, line) => {
    expect(lineOf(hex)).toMatch(line);
  });

  test('card data say where from, the serial number and how much is encrypted, where the reader says it', () => {
    const arqc = (f9: string): string => {
      const body = parseHex(f9).length;
      const blob = `${body.toString(16).padStart(4, '0')}${f9}00000000`;
      const inner = `84${(blob.length / 2).toString(16).padStart(2, '0')}${blob}`;
      return lineOf(
        `AA0081048300010182041008020284${(inner.length / 2 + 2).toString(16).padStart(2, '0')}0101${inner}`,
      );
    };
    expect(arqc('F913DFDF250742353731414632F806DFDF59021122')).toMatch(/contact.*, serial B571AF2, 2 bytes encrypted$/);
    expect(arqc('F900')).toMatch(/contact[^,]*, 0 bytes encrypted$/);
  });

  test('card data that cannot be read are named without their contents', () => {
    expect(lineOf('AA00810483000101820410080202' + '8404' + '0101' + '8400')).toMatch(
      /with contents that cannot be read$/,
    );
    expect(lineOf('AA00810483000101820410080202')).toMatch(/with contents that cannot be read$/);
    // An amount that is none.
    const start = toMessage({ kind: 'request', id: 0x1001, payload: [{ tag: '86', value: parseHex('9F0201AA') }] });
    expect(describe(start)).toBe('Start Transaction, with contents that cannot be read');
  });

  test('a text with a card number in it is not shown', () => {
    const text = [...new TextEncoder().encode('CARD 4111 1111 1111 1111')].map((b) => b.toString(16)).join('');
    const shown = lineOf(`AA00810483001803820402FFFFFF84${(36).toString(16)}180300000000000000000000${text}`);
    expect(shown).not.toContain('1111');
  });
});

group('firmware notifications', () => {
  // [PJ]: the first two; the others are inferred.
  test.each([
    [0x0905, '08010903', 'Firmware loaded'],
    [0x0905, '08010A03', 'Firmware in use; the reader restarts'],
    [0x0906, '08010904', 'Firmware not loaded'],
    [0x0906, '08010A04', 'Firmware not in use; the reader restarts'],
    [0x0905, '00000000', 'Firmware update successful (00 00 00 00)'],
    [0x0906, '00000000', 'Firmware update failed (00 00 00 00)'],
  ])('%i with %s say which step ended: %s', (id, detail, text) => {
    expect(describe(toMessage({ kind: 'notification', id, detail: parseHex(detail), payload: [] }))).toBe(text);
  });
});
