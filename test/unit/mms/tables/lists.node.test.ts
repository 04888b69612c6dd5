/** Tables that the code has in few bytes, as plain lists. */
import { expect, test } from 'vitest';
import { commandNames } from '../../../../src/mms/tables/commands.js';
import { commandTitles } from '../../../../src/mms/tables/command-titles.js';
import { displayString, displayStringId, displayStrings } from '../../../../src/mms/tables/display-strings.js';
import { propertyNames } from '../../../../src/mms/tables/property-names.js';

const names = {
  '1.1.1.1.1.1': 'EMV terminal identification',
  '1.1.1.1.1.2': 'EMV ARQC message tag list',
  '1.1.1.1.1.3': 'EMV batch data tag list',
  '1.1.1.1.1.4': 'EMV reversal data tag list',
  '1.1.1.1.1.5': 'ARPC receive timeout',
  '1.1.1.1.1.6': 'ARPC retry attempts',
  '1.1.1.1.2.1': 'Start of a transaction by the device',
  '1.1.1.1.2.2': 'Tip configuration for local start',
  '1.1.1.1.2.4': 'Surcharge instead of tax',
  '1.1.2.2.1.3': 'Leading unmasked PAN characters',
  '1.1.2.2.1.4': 'Trailing unmasked PAN characters',
  '1.1.2.2.1.5': 'Mod-10 check digit correction of the masked PAN',
  '1.1.2.6.1.1': 'Enables the selectable encrypted card data container FF42',
  '1.2.1.1.1.1': 'Device-driven fallback',
  '1.2.1.1.1.2': 'Enhanced application id selection',
  '1.2.2.1.1.1': 'WLAN SSID',
  '1.2.2.1.1.2': 'WLAN password',
  '1.2.2.1.1.3': 'WLAN security mode',
  '1.2.2.1.1.5': 'WLAN address mode',
  '1.2.2.1.1.8': 'Device name',
  '1.2.2.1.1.A': 'Number of concurrent WebSocket connections',
  '1.2.2.1.1.11': 'WLAN mode',
  '1.2.2.1.2.1': 'MQTT broker address',
  '1.2.2.1.2.2': 'MQTT port',
  '1.2.2.1.2.4': 'MQTT subscribe topic',
  '1.2.2.1.2.5': 'MQTT publish topic',
  '1.2.2.1.2.7': 'MQTT user name',
  '1.2.2.1.2.8': 'MQTT password',
  '1.2.2.2.1.2': 'USB configuration',
  '1.2.2.3.1.1': 'Bluetooth LE device name',
  '1.2.2.3.1.C': 'Bluetooth sleep',
  '1.2.3.1.2.1': 'Display orientation',
  '1.2.3.2.1.1': 'Beeper volume in percent',
  '1.2.5.2.1.1': 'Device lock state',
  '1.2.5.2.1.2': 'Device lock state after reset',
  '1.2.7.1.1.1': 'Control of the reset-occurred notification',
  '1.2.7.1.1.2': 'Acknowledge the reset-occurred notification',
  '1.2.7.1.1.3': 'Control of the reset-soon notification',
  '1.2.7.1.1.4': '(name not confirmed; belongs to the reset group)',
  '1.2.7.1.2.1': 'User event notification controls',
  '1.2.7.1.4.1': 'Low temperature notification level',
  '1.2.7.1.4.2': 'High temperature notification level',
  '2.1.2.1.1.2': 'Boot firmware id',
  '2.1.2.2.2.2': 'Main firmware id',
  '2.1.2.3.B.1': 'UnionPay kernel id',
  '2.1.2.5.3.1': 'WLAN module firmware id',
  '2.1.2.5.6.3': 'WLAN IP address in use',
  '2.1.2.7.1.1': 'Bluetooth LE module firmware id',
  '2.1.2.7.2.1': '(name not confirmed; belongs to the Bluetooth group)',
  '2.2.1.1.1.1': 'Serial number',
  '2.2.1.1.1.2': 'Device capabilities report',
  '2.3.1.1.1.1': 'Device key status',
  '2.3.1.1.1.2': 'Transaction key status',
  '2.3.1.2.1.1': 'Device operational status',
  '2.3.1.2.1.2': 'Offline status detail',
  '2.3.1.2.1.4': 'Battery level',
};

const texts = {
  0x01: 'AMOUNT',
  0x02: 'AMOUNT OK?',
  0x03: 'APPROVED',
  0x04: 'CALL YOUR BANK',
  0x05: 'CANCEL OR ENTER',
  0x06: 'CARD ERROR',
  0x07: 'DECLINED',
  0x08: 'ENTER AMOUNT',
  0x0b: 'INSERT CARD',
  0x0c: 'NOT ACCEPTED',
  0x0e: 'PLEASE WAIT',
  0x0f: 'PROCESSING ERROR',
  0x10: 'REMOVE CARD',
  0x11: 'USE CHIP READER',
  0x12: 'USE MAGSTRIPE',
  0x13: 'TRY AGAIN',
  0x14: 'WELCOME',
  0x15: 'PRESENT CARD',
  0x16: 'PROCESSING',
  0x17: 'CARD READ OK - REMOVE CARD',
  0x18: 'INSERT OR SWIPE CARD',
  0x19: 'PRESENT ONE CARD ONLY',
  0x1a: 'APPROVED PLEASE SIGN',
  0x1b: 'AUTHORIZING PLEASE WAIT',
  0x1c: 'INSERT, SWIPE, OR TRY ANOTHER CARD',
  0x1d: 'PLEASE INSERT CARD',
  0x1e: '',
  0x20: 'SEE PHONE',
  0x21: 'PRESENT CARD AGAIN',
  0x22: 'INSERT/SWIPE/TRY OTHER CARD',
  0x23: 'TAP or SWIPE CARD',
  0x24: 'TAP or INSERT CARD',
  0x25: 'TAP, INSERT or SWIPE CARD',
  0x26: 'TAP CARD',
  0x27: 'TIMEOUT',
  0x28: 'TRANSACTION TERMINATED',
};

test('properties have their names', () => {
  expect(Object.entries(propertyNames)).toEqual(Object.entries(names));
});

test('numbers have the texts that readers show, and others have none', () => {
  expect(displayStrings).toEqual(texts);
  for (let id = 0; id < 0x100; id++) expect(displayString(id)).toBe((texts as Readonly<Record<number, string>>)[id]);
  for (const [id, text] of Object.entries(texts)) expect(displayStringId(text)).toBe(Number(id));
  expect(displayStringId('?')).toBeUndefined();
});

test('a command that has a title has a name', () => {
  const numbers = [...commandTitles.keys()].map((number) => parseInt(number, 16));
  expect(numbers.sort((a, b) => a - b)).toEqual(Object.keys(commandNames).map(Number));
});
