/** Tables as text for other programs (RFC 4180). It does not know what is in them. */

/** What spreadsheets take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A field in quotes where it needs them. A name that a spreadsheet would calculate with has an apostrophe in front. */
function fieldOf(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** @param rows the heading first */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('');
