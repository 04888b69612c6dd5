/**
 * NFC tags of type 2 as they answer commands: NTAG and MIFARE Ultralight [NXP]. What is written stays.
 * It does not know readers.
 */
import { parseHex } from '../mms/hex.js';
import type { AnsweringTag, TestTag } from './test-cards.js';

const PAGE = 4;
const PAGES_READ = 4;
/** Pages that hold the id and the locks: writing them is refused. */
const FIRST_USER_PAGE = 4;
const LOCKS_AT = 10;
const LOCKED_PAGES = 16;
/** Four bits that say “done” (NFC Forum digital protocol, ACK). */
const ACK = 0x0a;

export class TagMemory implements AnsweringTag {
  private readonly memory: Uint8Array;
  private readonly tag: TestTag;

  constructor(tag: TestTag) {
    this.tag = tag;
    this.memory = parseHex(tag.memory);
  }

  /** The answer to a command; undefined for what the tag does not know or refuses. */
  answer(command: Uint8Array): Uint8Array | undefined {
    const [code, first = 0, last = 0] = command;
    switch (code) {
      case 0x30:
        return this.read(first);
      case 0xa2:
        return command.length === 2 + PAGE ? this.write(first, command.subarray(2)) : undefined;
      case 0xa0:
        return command.length === 2 + 4 * PAGE ? this.write(first, command.subarray(2, 2 + PAGE)) : undefined;
      default:
        return this.tag.version === undefined ? undefined : this.answerOfNtag(this.tag.version, code, first, last);
    }
  }

  private answerOfNtag(version: string, code: number | undefined, first: number, last: number): Uint8Array | undefined {
    switch (code) {
      case 0x60:
        return parseHex(version);
      case 0x3a:
        return first <= last && last < this.pages ? this.memory.slice(first * PAGE, (last + 1) * PAGE) : undefined;
      // The counter is off, the signature is that of no maker, and no password is set.
      case 0x39:
        return new Uint8Array(3);
      case 0x3c:
        return new Uint8Array(32);
      case 0x1b:
        return new Uint8Array(2);
      default:
        return undefined;
    }
  }

  /** Bits 3 to 15 of the locks are for the pages of these numbers. */
  private isLocked(page: number): boolean {
    const [low = 0, high = 0] = this.memory.subarray(LOCKS_AT);
    return page < LOCKED_PAGES && ((low | (high << 8)) & (1 << page)) !== 0;
  }

  private get pages(): number {
    return this.memory.length / PAGE;
  }

  /** Four pages; reading rolls over to the first page at the end of the memory. */
  private read(first: number): Uint8Array | undefined {
    if (first >= this.pages) return undefined;
    return Uint8Array.from(
      { length: PAGES_READ * PAGE },
      (_, at) => this.memory[(first * PAGE + at) % this.memory.length] ?? 0,
    );
  }

  private write(page: number, bytes: Uint8Array): Uint8Array | undefined {
    if (page < FIRST_USER_PAGE || page >= this.pages || this.isLocked(page)) return undefined;
    this.memory.set(bytes, page * PAGE);
    return Uint8Array.of(ACK);
  }
}
