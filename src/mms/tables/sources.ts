/**
 * The published sources of commands and notifications, by the keys of `docs/protocol.md`, and the name of each source for people.
 * Apart from the tables of their names, because only those who show sources need them.
 */
import type { commandNames } from './commands.js';

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

export const notificationSources: Readonly<Record<number, string>> = {
  0x0101: 'MG p152, MG p155, DP 0101, PJ',
  0x0103: 'PJ',
  0x0105: 'MG p94, MG p95, PJ',
  0x0201: 'PJ, D',
  0x0205: 'PJ',
  0x0905: 'PJ',
  0x0906: 'PJ',
  0x0907: 'PJ',
  0x1001: 'MG p167, MG p235, DP 1001, PJ',
  0x1801: 'PJ',
  0x1803: 'PJ, MG p94, DP 1802',
  0x1805: 'DP 1805, MG p112, PJ',
};

/** Names of the sources for people, by the first word of a key. */
const names: Readonly<Record<string, (place: string) => string>> = {
  S: () => 'example commands of the vendor’s demo',
  PJ: () => 'MagTek demo WebHID_Public',
  MG: (place) => `DynaFlex II Go Programmer’s Manual, page ${place.slice(1)}`,
  DP: (place) => `developer.magtek.com, page ${place}`,
};

/**
 * The names of sources, for people.
 * @param keys as in the tables, for example `PJ, MG p94`
 * @returns the names in the same order, for example `MagTek demo WebHID_Public; DynaFlex II Go Programmer’s Manual, page 94`
 */
export function sourceNames(keys: string): string {
  return keys
    .split(', ')
    .flatMap((key) => {
      const [kind = '', place = ''] = key.split(' ');
      return names[kind]?.(place) ?? [];
    })
    .join('; ');
}
