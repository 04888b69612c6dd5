/**
 * Commands by number: stable name, title. Their parameters are in the builders of `commands/`, their sources in `sources.ts`.
 */
type Row = readonly [name: string, title: string];

export const commandTable = {
  0x1001: ['start-transaction', 'Start Transaction'],
  0x1004: ['resume-transaction', 'Resume Transaction'],
  0x1008: ['cancel-transaction', 'Cancel Transaction'],
  0x1100: ['pass-through-type-2', 'NFC Pass-Through (NTAG, MIFARE Ultralight)'],
  0x1101: ['pass-through-mifare-classic', 'NFC Pass-Through (MIFARE Classic)'],
  0x1102: ['pass-through-desfire', 'NFC Pass-Through (MIFARE DESFire)'],
  0x1103: ['pass-through-mifare-plus', 'NFC Pass-Through (MIFARE Plus)'],
  0x1801: ['request-signature', 'Request Signature'],
  0x1802: ['report-selection', 'Report Selection'],
  0x1803: ['display-message', 'Display Message'],
  0x1804: ['read-barcode', 'Read Barcode'],
  0x1805: ['buzzer', 'Buzzer'],
  0x1821: ['show-image', 'Show Image'],
  0x1823: ['show-bitmap', 'Show Bitmap'],
  0x1840: ['card-emulation', 'Card Emulation'],
  0x1f01: ['reset-device', 'Reset Device'],
  0x1f02: ['set-subscriptions', 'Set Notification Subscriptions'],
  0x1f04: ['terminate-ble', 'Terminate BLE Connection'],
  0x1f05: ['erase-ble-bonds', 'Erase All BLE Bonds'],
  0x2001: ['request-pin', 'Request PIN'],
  0x2002: ['request-card-pin', 'Request PIN for Card'],
  0xd101: ['get-property', 'Get Property'],
  0xd111: ['set-property', 'Set Property'],
  0xd112: ['set-property-secured', 'Set Property (Secured)'],
  0xd801: ['load-firmware', 'Load Firmware'],
  0xd811: ['start-send-file-secured', 'Start Send File (Secured)'],
  0xd812: ['start-send-file', 'Start Send File'],
  0xd821: ['get-file', 'Get File'],
  0xd825: ['get-file-info', 'Get File Info'],
  0xd901: ['commit-firmware', 'Commit Firmware'],
  0xdf01: ['echo', 'Echo'],
  0xeeee: ['secured-command', 'Send Secured Command'],
  0xef02: ['generate-key', 'Generate Key for a Certificate Request'],
  0xef03: ['request-certificate', 'Make Certificate Request'],
  0xef06: ['set-device-lock', 'Set Device Lock'],
  0xef07: ['change-passcode', 'Change Passcode of the Device Lock'],
  0xef11: ['key-information', 'Key Information'],
} as const satisfies Readonly<Record<number, Row>>;

export interface CommandInfo {
  /** Stable kebab-case name. */
  readonly name: string;
  /** For people, in English. */
  readonly title: string;
}

/** What is known of a command; undefined for numbers that no source names. */
export function commandInfo(id: number): CommandInfo | undefined {
  const row = (commandTable as Readonly<Record<number, Row>>)[id];
  return row && { name: row[0], title: row[1] };
}
