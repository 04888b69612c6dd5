/**
 * MIFARE Classic tags as they answer the commands of a reader, which logs in with the key by itself [SAMPLE, edition 2; NXP]. What is
 * written stays. What a reader does with a wrong key is not published: it is refused.
 */
import { parseHex, toHex } from '../mms/hex.js';
import type { AnsweringTag, TestTag } from './test-cards.js';

const BLOCK = 16;
const KEY = 6;
/** Sectors with four blocks; those behind them have sixteen. */
const SMALL_SECTORS = 32;
/** Of a new tag: both keys, and between them that both open everything. */
const NEW_KEY = 'FFFFFFFFFFFF';
const ACCESS = 'FF078069';

const READ = 0x30;
const WRITE = 0xa0;
const KEY_B = 0x01;
/** Four bits that say “done” (NFC Forum digital protocol, ACK). */
const ACK = 0x0a;

export class ClassicMemory implements AnsweringTag {
  private readonly sectors: readonly Uint8Array[];

  constructor({ type, uid }: TestTag) {
    this.sectors = Array.from({ length: type === 'mifare-4k' ? 40 : 16 }, (_, sector) => {
      const bytes = new Uint8Array((sector < SMALL_SECTORS ? 4 : 16) * BLOCK);
      if (sector === 0) bytes.set(parseHex(uid));
      bytes.set(parseHex(NEW_KEY + ACCESS + NEW_KEY), bytes.length - BLOCK);
      return bytes;
    });
  }

  /** The answer to a command; undefined for what the tag does not know or refuses. */
  answer(command: Uint8Array): Uint8Array | undefined {
    const [code, number = 0, first = 0, last = 0, keyType] = command;
    const sector = this.sectors[number];
    const keyEnd = 5 + KEY;
    if (!sector || first > last || (last + 1) * BLOCK > sector.length) return undefined;
    const trailer = sector.length - BLOCK;
    const keyAt = keyType === KEY_B ? sector.length - KEY : trailer;
    if (toHex(command.subarray(5, keyEnd)) !== toHex(sector.subarray(keyAt, keyAt + KEY))) return undefined;
    if (code === READ && command.length === keyEnd) {
      const shown = sector.slice();
      shown.fill(0, trailer, trailer + KEY);
      return shown.subarray(first * BLOCK, (last + 1) * BLOCK);
    }
    const isWhole = command.length === keyEnd + (last + 1 - first) * BLOCK;
    if (code !== WRITE || !isWhole || (number === 0 && first === 0)) return undefined;
    sector.set(command.subarray(keyEnd), first * BLOCK);
    return Uint8Array.of(ACK);
  }
}
