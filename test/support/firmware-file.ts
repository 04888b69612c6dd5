/** A firmware file that the simulated reader takes: a description as published [PJ], and an image that nobody runs. */
import { parseHex } from '../../src/mms/hex.js';

/** @param type Value of E5/81: `0200` for main firmware. */
export function firmwareFile(type: string, length = 5_000): Uint8Array {
  const file = Uint8Array.from({ length }, (_, at) => (at * 11) & 0xff);
  file.set(parseHex(`4D47544B46573130E5068102${type}8200`));
  return file;
}
