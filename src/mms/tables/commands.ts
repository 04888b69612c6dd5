/**
 * Commands by number: the stable name. Their parameters are in the builders of `commands/`, their sources in `sources.ts`.
 */
import { commandTitles } from './command-titles.js';

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
} as const satisfies Readonly<Record<keyof typeof commandTitles, string>>;

export interface CommandInfo {
  /** Stable kebab-case name. */
  readonly name: string;
  /** For people, in English. */
  readonly title: string;
}

/** What is known of a command; undefined for numbers that no source names. */
export function commandInfo(id: number): CommandInfo | undefined {
  const name = (commandNames as Readonly<Record<number, string>>)[id];
  return name === undefined ? undefined : { name, title: commandTitles[id as keyof typeof commandTitles] };
}
