/**
 * The simulated reader's card data at a host: everything that is encrypted in a sale is decrypted by the npm library
 * `dukpt`, which nobody here wrote, under the standard's test key, in Node and in a page.
 */
import Dukpt from 'dukpt';
import { describe, expect, test } from 'vitest';
import { aesWorkingKey } from '../../../src/mms/dukpt/aes.js';
import { xor } from '../../../src/mms/dukpt/block-cipher.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { decodeTlv, findTlv, type TlvNode } from '../../../src/mms/tlv.js';
import { readBarcodeData } from '../../../src/mms/views/barcode.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { aes } from '../../../src/simulator/aes.js';
import { aesDukptEncryption, dukptEncryption, TEST_AES_BDK, TEST_BDK, TEST_KSN } from '../../../src/simulator/dukpt.js';
import { pinBlock } from '../../../src/simulator/pin.js';
import { settingsOf, type SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { Bench, seed } from './bench.js';

const START = seed('Start EMV');
const SERIAL = 'B571AF2';

const decrypt = (ksn: string, encrypted: Uint8Array, bdk: string = TEST_BDK): Uint8Array =>
  parseHex(new Dukpt(bdk, ksn).dukptDecrypt(toHex(encrypted), { outputEncoding: 'hex', decryptionMode: '3DES' }));

const object = (list: readonly TlvNode[], path: string): Uint8Array => {
  const found = findTlv(list, path);
  if (!found) throw new Error(`there is no ${path}`);
  return found.value;
};

/** The clear text of an F8, as a tree. */
function clearOf(list: readonly TlvNode[], f8: string, bdk?: string): TlvNode[] {
  const ksn = toHex(object(list, `${f8}/DFDF56`));
  const clear = decrypt(ksn, object(list, `${f8}/DFDF59`), bdk);
  const [added = 0] = object(list, `${f8}/DFDF58`);
  expect([...clear.subarray(clear.length - added)]).toEqual(Array.from({ length: added }, () => 0));
  return decodeTlv(clear.subarray(0, clear.length - added));
}

const cardDataOf = (bench: Bench) => bench.messages.flatMap((message) => readCardData(message) ?? []);

describe('with triple DES', () => {
  test.each(['insert', 'tap', 'swipe'] as const)('a whole sale by %s', (way) => {
    const bench = new Bench({ serialNumber: SERIAL }).after(START);
    bench.reader[way]('visa');
    bench.clock.pass(1_000);
    const [arqc, batch] = cardDataOf(bench);
    expect([arqc?.ksn, batch?.ksn]).toEqual([`FFFF98${SERIAL}0000001`, `FFFF98${SERIAL}0000002`]);
    const host = clearOf(arqc?.tlv ?? [], 'F9/FA/70/F8');
    if (way === 'swipe') {
      expect(new TextDecoder().decode(object(host, 'FC/F4/DFDF39'))).toBe(';4111111111111111=30122010000000000000?');
    } else {
      expect(toHex(object(host, 'FC/57'))).toBe('4111111111111111D30122010000000000');
      expect(toHex(object(host, 'FC/9F02'))).toBe('000000000100');
    }
    expect(findTlv(clearOf(batch?.tlv ?? [], 'F9/FA/F0/F8'), 'FC/F2')).toBeDefined();
  });

  test('a PIN', () => {
    const bench = new Bench({ encryption: dukptEncryption() }).after(seed('Request PIN'));
    bench.reader.enterPin('4321');
    bench.clock.pass(0);
    const payload = bench.messages.at(-1)?.payload ?? [];
    const ksn = toHex(object(payload, 'F5/DFDF41'));
    const clear = new Dukpt(TEST_BDK, ksn, 'pinkey').dukptDecrypt(toHex(object(payload, 'F5/99')), {
      outputEncoding: 'hex',
      decryptionMode: '3DES',
    });
    expect(clear.toUpperCase()).toBe(toHex(pinBlock('4321', '123456789012')));
  });

  test('a barcode that is to be encrypted, and that is in no way in clear', () => {
    const bench = new Bench({ encryption: dukptEncryption() }).after('AA00810401031804840B180481010182010F830101');
    bench.reader.scan('HELLO');
    bench.clock.pass(0);
    const last = bench.messages.at(-1);
    const { encrypted } = (last && readBarcodeData(last)) ?? {};
    expect(encrypted).toMatchObject({ ksn: 'FFFF9876543210E00001', encryption: '80' });
    expect(toHex(decrypt(encrypted?.ksn ?? '', encrypted?.data ?? new Uint8Array(0)))).toBe(
      'FC08DF740548454C4C4F000000000000',
    );
    expect(toHex(bench.frames.at(-1) ?? new Uint8Array(0))).not.toContain('48454C4C4F');
    bench.send('AA00810401031804840B180481010182010F830100');
    bench.reader.scan('HELLO');
    bench.clock.pass(0);
    const clear = bench.messages.at(-1);
    expect(clear && readBarcodeData(clear)).toMatchObject({ text: 'HELLO' });
  });

  test('under a key of the host', () => {
    const bdk = '89E88CF7931444F334BD7547FC3F380C';
    const bench = new Bench({ encryption: dukptEncryption({ bdk, ksn: TEST_KSN }) }).after(START);
    bench.reader.tap();
    bench.clock.pass(1_000);
    const [arqc] = cardDataOf(bench);
    expect(toHex(object(clearOf(arqc?.tlv ?? [], 'F9/FA/70/F8', bdk), 'FC/5A'))).toBe(testCards.visa.pan);
  });
});

describe('with AES', () => {
  test('a whole sale, whose blocks are those of AES', () => {
    const bench = new Bench({ encryption: aesDukptEncryption() }).after(START);
    bench.reader.tap();
    bench.clock.pass(1_000);
    const list = cardDataOf(bench)[0]?.tlv ?? [];
    const key = aesWorkingKey(aes, parseHex(TEST_AES_BDK), object(list, 'F9/FA/70/F8/DFDF56'));
    const encrypted = object(list, 'F9/FA/70/F8/DFDF59');
    expect(encrypted.length % 16).toBe(0);
    expect(toHex(object(decodeTlv(key.decryptData(encrypted)), 'FC/5A'))).toBe(testCards.visa.pan);
  });

  test('a PIN in format 4 (ISO 9564-1)', () => {
    const bench = new Bench({ encryption: aesDukptEncryption() }).after(seed('Request PIN'));
    bench.reader.enterPin('4321');
    bench.clock.pass(0);
    const payload = bench.messages.at(-1)?.payload ?? [];
    const key = aesWorkingKey(aes, parseHex(TEST_AES_BDK), object(payload, 'F5/DFDF41'));
    // Of an account of twelve digits: its number of digits above twelve, and the digits.
    const account = parseHex('01234567890120000000000000000000');
    const field = toHex(key.decryptPinBlock(xor(key.decryptPinBlock(object(payload, 'F5/99')), account)));
    expect(field).toMatch(/^444321A{10}[0-9A-F]{16}$/);
  });
});

describe('key serial numbers', () => {
  const first = (options: SimulatedReaderOptions): string =>
    toHex(settingsOf(options).encryption()?.ksn ?? new Uint8Array(0));

  test('each run has its own, unless a seed is asked for', () => {
    const runs = Array.from({ length: 50 }, () => first({}));
    expect(new Set(runs).size).toBe(50);
    for (const ksn of runs) expect(ksn).toMatch(new RegExp(`^FFFF98${SERIAL}[0-9A-F]{7}$`));
    expect(first({ seed: 7 })).toBe(first({ seed: 8 }));
  });

  test('each reader has its own', () => {
    expect(first({ seed: 1, serialNumber: '0000001' })).toBe('FFFF9800000010000001');
  });

  test('a reader at the end of its counter ends the sale, and begins none any more', () => {
    const bench = new Bench({ encryption: dukptEncryption({ ksn: 'FFFF9876543210FFF800' }) }).after(START);
    bench.reader.tap();
    bench.clock.pass(1_000);
    expect(cardDataOf(bench)).toEqual([]);
    expect(bench.codes.at(-1)).toMatch(/^0105 20/);
    expect(bench.reader.face.state).toBe('idle');
    for (const command of [START, seed('Request PIN'), 'AA00810401031804840B180481010182010F830101']) {
      expect(bench.ask(command).status).toMatchObject({ ok: false, detail: '020119' });
    }
    expect(bench.ask(seed('Get SN')).status.ok).toBe(true);
  });
});
