/**
 * The text of a file that a person opens: UTF-8, or what its byte order mark says. Editors and shells of Windows write UTF-16.
 * It does not know what the text means.
 */

/** Byte order marks (The Unicode Standard, section 23.8). */
const marks: readonly (readonly [first: number, second: number, encoding: string])[] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
];

/** The text without its byte order mark. */
export async function textOfFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = marks.find(([first, second]) => bytes[0] === first && bytes[1] === second);
  return new TextDecoder(found?.[2]).decode(bytes);
}
