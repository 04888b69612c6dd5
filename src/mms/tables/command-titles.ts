/**
 * Commands by number: the title for people, in English. Apart from the stable names, because what describes messages needs only titles.
 */
import { hexOfId } from '../hex.js';
import { readRows, type Row } from './row.js';

/** Rows (`row.ts`); their names are not used. */
export const commandTitles: ReadonlyMap<string, Row> = /* @__PURE__ */ readRows([
  '1001 Start Transaction',
  '4 Resume Transaction', // 1004
  '8 Cancel Transaction', // 1008
  '100 NFC Pass-Through (NTAG, MIFARE Ultralight)', // 1100
  'NFC Pass-Through (MIFARE Classic)', // 1101
  'NFC Pass-Through (MIFARE DESFire)', // 1102
  'NFC Pass-Through (MIFARE Plus)', // 1103
  '801 Request Signature', // 1801
  'Report Selection', // 1802
  'Display Message', // 1803
  'Read Barcode', // 1804
  'Buzzer', // 1805
  '21 Show Image', // 1821
  '3 Show Bitmap', // 1823
  '40 Card Emulation', // 1840
  '1F01 Reset Device',
  'Set Notification Subscriptions', // 1F02
  '4 Terminate BLE Connection', // 1F04
  'Erase All BLE Bonds', // 1F05
  '2001 Request PIN',
  'Request PIN for Card', // 2002
  'D101 Get Property',
  '11 Set Property', // D111
  'Set Property (Secured)', // D112
  '801 Load Firmware', // D801
  '11 Start Send File (Secured)', // D811
  'Start Send File', // D812
  '21 Get File', // D821
  '5 Get File Info', // D825
  '901 Commit Firmware', // D901
  'DF01 Echo',
  'EEEE Send Secured Command',
  'EF02 Generate Key for a Certificate Request',
  'Make Certificate Request', // EF03
  '6 Set Device Lock', // EF06
  'Change Passcode of the Device Lock', // EF07
  '11 Key Information', // EF11
]);

/** The title of a command; undefined for numbers that no source names. */
export const commandTitle = (id: number): string | undefined => commandTitles.get(hexOfId(id))?.[1];
