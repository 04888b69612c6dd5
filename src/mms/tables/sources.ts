/**
 * The published sources of notifications, by the keys of `docs/protocol.md`, and the name of each source for people. Apart from the
 * table of their names, because only those who show sources need them; those of commands are in `commands.ts`.
 */
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
