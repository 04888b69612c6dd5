/**
 * Meanings of notifications by their number, and by their detail code, the four bytes of tag 82.
 * A detail is looked up exactly, then with its last byte wild (`--`), then with the last two. `{n}` in a text stands for
 * the wild byte as a decimal number. The comment behind a row names the sources of that detail; those of a notification as a whole
 * are in `sources.ts`. What is not here is unknown, not wrong: devices send more codes than any published source lists.
 */
import { readRows, type Row } from './row.js';

/** Rows (`row.ts`) of notifications, whose words are for details that no source lists; then of their details, behind the number. */
export const notifications: ReadonlyMap<string, Row> = /* @__PURE__ */ readRows([
  '0101 Transaction information',
  '3 transaction-action-request=Transaction asks the host for an action',
  '5 Transaction complete',
  '201 pin-information=PIN entry information',
  '5 pin-complete=PIN entry complete',
  '905 firmware-updated=Firmware update successful',
  'Firmware update failed',
  'firmware-up-to-date=Firmware is up to date',
  '1001 Device information',
  '801 User interface information',
  '3 user-interface-request=Text or choice for the cardholder',
  '5 user-interface-complete=User interface operation complete',
  // Details.
  '010100100101 transaction-started-by-reader=Transaction started by the reader itself', // PJ
  '7010100 manual-data-entered=Card data entered by hand', // 0101 07010100: DP 0101, PJ
  '80202 manual-arqc=ARQC from manual entry', // 0101 07080202: DP 0101, PJ
  '302 manual-batch=Batch data from manual entry', // 0101 07080302: DP 0101, MG p152, PJ
  '8010100 msr-card-swiped=Card swiped', // 0101 08010100: DP 0101, PJ
  '200 msr-card-inserted=Card inserted at the stripe reader', // 0101 08010200: DP 0101, PJ
  '300 msr-card-removed=Card removed from the stripe reader', // 0101 08010300: DP 0101, PJ
  '400 msr-card-detected=Card detected at the stripe reader', // 0101 08010400: DP 0101, PJ
  '80202 msr-arqc=ARQC from swiped card', // 0101 08080202: DP 0101, PJ
  '302 msr-batch=Batch data from swiped card', // 0101 08080302: PJ
  '10010200 contact-card-inserted=Card inserted', // 0101 10010200: PJ
  '300 contact-card-removed=Card removed', // 0101 10010300: PJ
  '400 Contact card detected', // 0101 10010400: PJ
  '20601 contact-pin-pad-error=PIN problem with contact card: PIN pad error', // 0101 10020601: PJ
  'contact-pin-block-error=PIN problem with contact card: PIN block encryption error', // 0101 10020602: PJ
  '80202 contact-arqc=ARQC from contact card', // 0101 10080202: PJ
  '302 contact-batch=Batch data from contact card', // 0101 10080302: PJ
  '20010300 Contactless card removed', // 0101 20010300: PJ
  '400 contactless-card-detected=Contactless card detected: EMV', // 0101 20010400: PJ
  'contactless-ultralight-detected=Contactless tag detected: NFC or MIFARE Ultralight', // 0101 20010401: PJ
  'contactless-mifare-1k-detected=Contactless tag detected: MIFARE Classic 1K', // 0101 20010402: PJ
  'contactless-mifare-4k-detected=Contactless tag detected: MIFARE Classic 4K', // 0101 20010403: PJ
  '500 contactless-collision=More than one contactless card in the field', // 0101 20010500: PJ
  '1002 contactless-vas-error=Value-added service error', // 0101 20011002: PJ
  '20601 contactless-pin-pad-error=PIN problem with contactless card: PIN pad error', // 0101 20020601: PJ
  'contactless-pin-block-error=PIN problem with contactless card: PIN block encryption error', // 0101 20020602: PJ
  '80202 contactless-arqc=ARQC from contactless card', // 0101 20080202: PJ
  '302 contactless-batch=Batch data from contactless card', // 0101 20080302: PJ
  '402 contactless-uid=Unique id of a contactless tag', // 0101 20080402: PJ, MG p155
  '30010100 Barcode read', // 0101 30010100: PJ
  '80002 Barcode data', // 0101 30080002: PJ, MG p155
  '90508010903 Firmware loaded', // 0905 08010903: PJ
  '0A03 firmware-committed=Firmware in use; the reader restarts', // 0905 08010A03: PJ
  '608010904 firmware-load-failed=Firmware not loaded', // 0906 08010904: D
  '0A04 firmware-commit-failed=Firmware not in use; the reader restarts', // 0906 08010A04: D
  '100100000000 device-reset=The reader has restarted', // PJ, DP 1001
  '10000 device-reset-soon=The reader will restart soon', // 1001 00010000: PJ
  '200-- low-battery=Low battery: {n} percent left', // 1001 000200--: PJ, DP 1001
  '100 low-battery-again=Low battery', // 1001 00020100: PJ
  '200 battery-charged=Battery fully charged', // 1001 00020200: DP 1001
  '30000 device-resetting=The reader restarts now', // 1001 00030000: PJ
  '100---- user-event-contactless-presented=Contactless card presented to the idle reader', // 1001 0100----: PJ, MG p235
  '1---- user-event-contactless-removed=Contactless card removed from the idle reader', // 1001 0101----: PJ, MG p235
  '2---- user-event-card-seated=Card inserted into the idle reader', // 1001 0102----: PJ, MG p235
  '3---- user-event-card-unseated=Card removed from the idle reader', // 1001 0103----: PJ, MG p235
  '4---- user-event-card-swiped=Card swiped at the idle reader', // 1001 0104----: PJ, MG p235
  '5---- user-event-touch-pressed=Screen touched', // 1001 0105----: PJ, MG p235
  '6---- user-event-touch-released=Touch of the screen ended', // 1001 0106----: PJ
  '7---- user-event-barcode-read=Barcode read by the idle reader', // 1001 0107----: MG p167, PJ
  '40000-- temperature-low=Temperature below the low limit: {n} °C', // 1001 040000--: MG p167
  '1-- temperature-high=Temperature above the high limit: {n} °C', // 1001 040001--: MG p167
  // Touch buttons come under 1803 or 1805, by source; both are accepted [DP 1803, DP 1805].
  '80301020100 Left button pressed', // 1803 01020100
  '200 Middle button pressed', // 1803 01020200
  '300 Right button pressed', // 1803 01020300
  '30100 Text button 1 pressed', // 1803 01030100
  '200 Text button 2 pressed', // 1803 01030200
  '300 Text button 3 pressed', // 1803 01030300
  '400 Text button 4 pressed', // 1803 01030400
  '500 Text button 5 pressed', // 1803 01030500
  '600 Text button 6 pressed', // 1803 01030600
  '40000 Amount button pressed', // 1803 01040000
  '50000 present-card-button-pressed=Right button of the “present card” page pressed', // 1803 01050000
  '501010101 Signature captured', // 1805 01010101: PJ
  '60101 Personal information entered', // 1805 01060101: PJ
  '5040100 Buzzer finished', // 1805 05040100: PJ, MG p113
  '6050100 Card emulation finished', // 1805 06050100: PJ, D
]);
