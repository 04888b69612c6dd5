/**
 * Commands by number: the stable name, and the published sources. Their parameters are in the builders of `commands/`, their titles
 * in `command-titles.ts`.
 */
import { commandTitle } from './command-titles.js';

export const commandNames = {
  0x1001: 'start-transaction',
  0x1004: 'resume-transaction',
  0x1008: 'cancel-transaction',
  0x1100: 'pass-through-type-2',
  0x1101: 'pass-through-mifare-classic',
  0x1102: 'pass-through-desfire',
  0x1103: 'pass-through-mifare-plus',
  0x1801: 'request-signature',
  0x1802: 'report-selection',
  0x1803: 'display-message',
  0x1804: 'read-barcode',
  0x1805: 'buzzer',
  0x1821: 'show-image',
  0x1823: 'show-bitmap',
  0x1840: 'card-emulation',
  0x1f01: 'reset-device',
  0x1f02: 'set-subscriptions',
  0x1f04: 'terminate-ble',
  0x1f05: 'erase-ble-bonds',
  0x2001: 'request-pin',
  0x2002: 'request-card-pin',
  0xd101: 'get-property',
  0xd111: 'set-property',
  0xd112: 'set-property-secured',
  0xd801: 'load-firmware',
  0xd811: 'start-send-file-secured',
  0xd812: 'start-send-file',
  0xd821: 'get-file',
  0xd825: 'get-file-info',
  0xd901: 'commit-firmware',
  0xdf01: 'echo',
  0xeeee: 'secured-command',
  0xef02: 'generate-key',
  0xef03: 'request-certificate',
  0xef06: 'set-device-lock',
  0xef07: 'change-passcode',
  0xef11: 'key-information',
} as const;

/** By the keys of `docs/protocol.md`. */
export const commandSources: Readonly<Record<keyof typeof commandNames, string>> = {
  0x1001: 'S, PJ, MG p94, MG p95',
  0x1004: 'MG p94, MG p101',
  0x1008: 'S, PJ, MG p101',
  0x1100: 'S, PJ, DP 1100',
  0x1101: 'DP 1101',
  0x1102: 'DP 1102',
  0x1103: 'DP 1103',
  0x1801: 'PJ',
  0x1802: 'S, PJ, DP 1802',
  0x1803: 'S, PJ, DP 1803',
  0x1804: 'MG p112',
  0x1805: 'PJ, MG p112, MG p113',
  0x1821: 'PJ',
  0x1823: 'PJ cmds/*.txt',
  0x1840: 'PJ, DP 1840',
  0x1f01: 'S, PJ, MG p114',
  0x1f02: 'MG p115, DP 1F02',
  0x1f04: 'DP 1F04',
  0x1f05: 'DP 1F05',
  0x2001: 'S, PJ',
  0x2002: 'PJ',
  0xd101: 'S, PJ, MG p120',
  0xd111: 'S, PJ, DP D111',
  0xd112: 'DP D111, DP 1.2.5',
  0xd801: 'PJ API_mmsCommands.js',
  0xd811: 'MG p40, MG p134, DP D812',
  0xd812: 'PJ, MG p134, DP D812',
  0xd821: 'PJ, MG p134, MG p136, DP D821',
  0xd825: 'PJ, MG p136',
  0xd901: 'PJ API_mmsCommands.js',
  0xdf01: 'PJ, D',
  0xeeee: 'MG p142',
  0xef02: 'PJ',
  0xef03: 'PJ',
  0xef06: 'DP device-lock',
  0xef07: 'DP device-lock',
  0xef11: 'PJ',
};

export interface CommandInfo {
  /** Stable kebab-case name. */
  readonly name: string;
  /** For people, in English. */
  readonly title: string;
}

/** What is known of a command; undefined for numbers that no source names. */
export function commandInfo(id: number): CommandInfo | undefined {
  const name = (commandNames as Readonly<Record<number, string>>)[id];
  return name === undefined ? undefined : { name, title: commandTitle(id) as string };
}
