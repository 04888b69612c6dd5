/**
 * Meanings of notifications by their number, and by their detail code, the four bytes of tag 82.
 * A detail is looked up exactly, then with its last byte wild (`--`), then with the last two. `{n}` in a text stands for
 * the wild byte as a decimal number. The comment behind a row names the sources of that detail; those of a notification as a whole
 * are in `sources.ts`. What is not here is unknown, not wrong: devices send more codes than any published source lists.
 */
import { readRow, type Row } from './row.js';

/**
 * A row (`row.ts`): under the number of a notification what its details are; its own words are for details that no source lists.
 */
const rows = [
  '0101 Transaction information',
  '00100101 transaction-started-by-reader=Transaction started by the reader itself', // PJ
  '07010100 manual-data-entered=Card data entered by hand', // DP 0101, PJ
  '07080202 manual-arqc=ARQC from manual entry', // DP 0101, PJ
  '07080302 manual-batch=Batch data from manual entry', // DP 0101, MG p152, PJ
  '08010100 msr-card-swiped=Card swiped', // DP 0101, PJ
  '08010200 msr-card-inserted=Card inserted at the stripe reader', // DP 0101, PJ
  '08010300 msr-card-removed=Card removed from the stripe reader', // DP 0101, PJ
  '08010400 msr-card-detected=Card detected at the stripe reader', // DP 0101, PJ
  '08080202 msr-arqc=ARQC from swiped card', // DP 0101, PJ
  '08080302 msr-batch=Batch data from swiped card', // PJ
  '10010200 contact-card-inserted=Card inserted', // PJ
  '10010300 contact-card-removed=Card removed', // PJ
  '10010400 Contact card detected', // PJ
  '10020601 contact-pin-pad-error=PIN problem with contact card: PIN pad error', // PJ
  '10020602 contact-pin-block-error=PIN problem with contact card: PIN block encryption error', // PJ
  '10080202 contact-arqc=ARQC from contact card', // PJ
  '10080302 contact-batch=Batch data from contact card', // PJ
  '20010300 Contactless card removed', // PJ
  '20010400 contactless-card-detected=Contactless card detected: EMV', // PJ
  '20010401 contactless-ultralight-detected=Contactless tag detected: NFC or MIFARE Ultralight', // PJ
  '20010402 contactless-mifare-1k-detected=Contactless tag detected: MIFARE Classic 1K', // PJ
  '20010403 contactless-mifare-4k-detected=Contactless tag detected: MIFARE Classic 4K', // PJ
  '20010500 contactless-collision=More than one contactless card in the field', // PJ
  '20011002 contactless-vas-error=Value-added service error', // PJ
  '20020601 contactless-pin-pad-error=PIN problem with contactless card: PIN pad error', // PJ
  '20020602 contactless-pin-block-error=PIN problem with contactless card: PIN block encryption error', // PJ
  '20080202 contactless-arqc=ARQC from contactless card', // PJ
  '20080302 contactless-batch=Batch data from contactless card', // PJ
  '20080402 contactless-uid=Unique id of a contactless tag', // PJ, MG p155
  '30010100 Barcode read', // PJ
  '30080002 Barcode data', // PJ, MG p155
  '0103 transaction-action-request=Transaction asks the host for an action',
  '0105 Transaction complete',
  '0201 pin-information=PIN entry information',
  '0205 pin-complete=PIN entry complete',
  '0905 firmware-updated=Firmware update successful',
  '08010903 Firmware loaded', // PJ
  '08010A03 firmware-committed=Firmware in use; the reader restarts', // PJ
  '0906 Firmware update failed',
  '08010904 firmware-load-failed=Firmware not loaded', // D
  '08010A04 firmware-commit-failed=Firmware not in use; the reader restarts', // D
  '0907 firmware-up-to-date=Firmware is up to date',
  '1001 Device information',
  '00000000 device-reset=The reader has restarted', // PJ, DP 1001
  '00010000 device-reset-soon=The reader will restart soon', // PJ
  '000200-- low-battery=Low battery: {n} percent left', // PJ, DP 1001
  '00020100 low-battery-again=Low battery', // PJ
  '00020200 battery-charged=Battery fully charged', // DP 1001
  '00030000 device-resetting=The reader restarts now', // PJ
  '0100---- user-event-contactless-presented=Contactless card presented to the idle reader', // PJ, MG p235
  '0101---- user-event-contactless-removed=Contactless card removed from the idle reader', // PJ, MG p235
  '0102---- user-event-card-seated=Card inserted into the idle reader', // PJ, MG p235
  '0103---- user-event-card-unseated=Card removed from the idle reader', // PJ, MG p235
  '0104---- user-event-card-swiped=Card swiped at the idle reader', // PJ, MG p235
  '0105---- user-event-touch-pressed=Screen touched', // PJ, MG p235
  '0106---- user-event-touch-released=Touch of the screen ended', // PJ
  '0107---- user-event-barcode-read=Barcode read by the idle reader', // MG p167, PJ
  '040000-- temperature-low=Temperature below the low limit: {n} °C', // MG p167
  '040001-- temperature-high=Temperature above the high limit: {n} °C', // MG p167
  '1801 User interface information',
  '1803 user-interface-request=Text or choice for the cardholder',
  // Touch buttons come under 1803 or 1805, by source; both are accepted [DP 1803, DP 1805].
  '01020100 Left button pressed',
  '01020200 Middle button pressed',
  '01020300 Right button pressed',
  '01030100 Text button 1 pressed',
  '01030200 Text button 2 pressed',
  '01030300 Text button 3 pressed',
  '01030400 Text button 4 pressed',
  '01030500 Text button 5 pressed',
  '01030600 Text button 6 pressed',
  '01040000 Amount button pressed',
  '01050000 present-card-button-pressed=Right button of the “present card” page pressed',
  '1805 user-interface-complete=User interface operation complete',
  '01010101 Signature captured', // PJ
  '01060101 Personal information entered', // PJ
  '05040100 Buzzer finished', // PJ, MG p113
  '06050100 Card emulation finished', // PJ, D
] as const;

/** The rows by number, and by number and detail. */
export const notifications: ReadonlyMap<string, Row> = /* @__PURE__ */ readRows();

function readRows(): Map<string, Row> {
  const all = new Map<string, Row>();
  let number = '';
  for (const row of rows) {
    const [code, ...words] = readRow(row) as [string, ...Row];
    if (code.length === 4) number = code;
    all.set(code === number ? code : number + code, words);
  }
  return all;
}
