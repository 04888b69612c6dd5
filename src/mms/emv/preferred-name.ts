/** The application preferred name of a chip card (9F12), in the alphabet that its issuer code table index (9F11) names. */

/** Alphabets of 9F11: the parts of ISO/IEC 8859 that Book 4 lists, annex B; their characters 80 to 9F are none. */
export const CODE_TABLES = 10;

/** Whether a value of 9F11 names an alphabet. */
export const isCodeTable = (table: number | undefined): table is number =>
  table !== undefined && table >= 1 && table <= CODE_TABLES;

/** The name; undefined where there is none, or where the table does not have one of its characters. */
export function preferredNameOf(value: Uint8Array, table: number | undefined): string | undefined {
  if (!isCodeTable(table) || value.some((byte) => (byte & 0x7f) < 0x20 || byte === 0x7f)) return undefined;
  const text = new TextDecoder(`iso-8859-${String(table)}`).decode(value);
  return text === '' || text.includes('\ufffd') ? undefined : text;
}
