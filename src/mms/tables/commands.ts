/**
 * Commands by number: stable name, title, sources. Their parameters are in the builders of `commands/`.
 */
type Row = readonly [name: string, title: string, sources: string];

export const commandTable: Readonly<Record<number, Row>> = {
  0x1001: ['start-transaction', 'Start Transaction', 'S, PJ, MG p94, MG p95'],
  0x1004: ['resume-transaction', 'Resume Transaction', 'MG p94, MG p101'],
  0x1008: ['cancel-transaction', 'Cancel Transaction', 'S, PJ, MG p101'],
  0x1100: ['pass-through-type-2', 'NFC Pass-Through (NTAG, MIFARE Ultralight)', 'S, PJ, DP 1100'],
  0x1101: ['pass-through-mifare-classic', 'NFC Pass-Through (MIFARE Classic)', 'DP 1101'],
  0x1103: ['pass-through-mifare-plus', 'NFC Pass-Through (MIFARE Plus)', 'DP 1103'],
  0x1801: ['request-signature', 'Request Signature', 'PJ'],
  0x1802: ['report-selection', 'Report Selection', 'S, PJ, DP 1802'],
  0x1803: ['display-message', 'Display Message', 'S, PJ, DP 1803'],
  0x1804: ['read-barcode', 'Read Barcode', 'MG p112'],
  0x1805: ['buzzer', 'Buzzer', 'PJ, MG p112, MG p113'],
  0x1821: ['show-image', 'Show Image', 'PJ'],
  0x1823: ['show-bitmap', 'Show Bitmap', 'PJ cmds/*.txt'],
  0x1840: ['card-emulation', 'Card Emulation', 'PJ, DP 1840'],
  0x1f01: ['reset-device', 'Reset Device', 'S, PJ, MG p114'],
  0x1f02: ['set-subscriptions', 'Set Notification Subscriptions', 'MG p115, DP 1F02'],
  0x1f04: ['terminate-ble', 'Terminate BLE Connection', 'DP 1F04'],
  0x1f05: ['erase-ble-bonds', 'Erase All BLE Bonds', 'DP 1F05'],
  0x2001: ['request-pin', 'Request PIN', 'S, PJ'],
  0x2002: ['request-card-pin', 'Request PIN for Card', 'PJ'],
  0xd101: ['get-property', 'Get Property', 'S, PJ, MG p120'],
  0xd111: ['set-property', 'Set Property', 'S, PJ, DP D111'],
  0xd112: ['set-property-secured', 'Set Property (Secured)', 'DP D111, DP 1.2.5'],
  0xd801: ['load-firmware', 'Load Firmware', 'PJ API_mmsCommands.js'],
  0xd811: ['start-send-file-secured', 'Start Send File (Secured)', 'MG p40, MG p134, DP D812'],
  0xd812: ['start-send-file', 'Start Send File', 'PJ, MG p134, DP D812'],
  0xd821: ['get-file', 'Get File', 'PJ, MG p134, MG p136, DP D821'],
  0xd825: ['get-file-info', 'Get File Info', 'PJ, MG p136'],
  0xd901: ['commit-firmware', 'Commit Firmware', 'PJ API_mmsCommands.js'],
  0xeeee: ['secured-command', 'Send Secured Command', 'MG p142'],
};

export interface CommandInfo {
  /** Stable kebab-case name. */
  readonly name: string;
  /** For people, in English. */
  readonly title: string;
  readonly sources: string;
}

/** What is known of a command; undefined for numbers that no source names. */
export function commandInfo(id: number): CommandInfo | undefined {
  const row = commandTable[id];
  return row && { name: row[0], title: row[1], sources: row[2] };
}
