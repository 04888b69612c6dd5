/**
 * Where a message goes in the memory of a type 2 tag, and in which order its pages are written, so that a tag that is taken away
 * in between holds its old message, an empty one or the new one, and never a broken one (NFC Forum: Type 2 Tag Operation, NDEF
 * write procedure: length 0, then the contents, then the length). Pages that hold already what they are to hold are left out.
 */
import { CAPABILITY, CAPABILITY_AT, DATA_AT, LONG_LENGTH, NDEF_BLOCK, NULL_BLOCK, TERMINATOR } from './ndef.js';

export const PAGE_BYTES = 4;

export interface PageWrite {
  readonly page: number;
  readonly bytes: Uint8Array;
}

/** Pages in the order in which they are written. */
export interface NdefPlan {
  /** From the first of these on the tag has an empty message. */
  readonly empty: readonly PageWrite[];
  readonly fill: readonly PageWrite[];
  /** With this one it has the new message. */
  readonly finish: readonly PageWrite[];
  /** The memory as it is then. */
  readonly memory: Uint8Array;
  /** Bytes of the message that there is room for. */
  readonly room: number;
}

/** Why nothing can be written: `layout` means blocks that do not fit, or room for data that is reserved for something else. */
export type NdefObstacle =
  { readonly problem: 'not-ndef' | 'read-only' | 'layout' } | { readonly problem: 'too-small'; readonly room: number };

/** Version 1 of the mapping, and everybody may read and write (Type 2 Tag Operation, 6.1). */
export const VERSION_AT = 13;
export const ACCESS_AT = 15;
export const MAJOR_VERSION = 1;

/** Bits of pages 3 to 15 that lock them [NXP]. */
export const LOCKS_AT = 10;
export const LOCKED_PAGES = 16;

/** Blocks that name bytes which are no room for data (Type 2 Tag Operation, 2.3). */
export const LOCK_CONTROL = 0x01;
export const MEMORY_CONTROL = 0x02;
export const CONTROL_LENGTH = 3;

/** @param memory From page 0 on, with its whole room for data. */
export function planNdef(memory: Uint8Array, message: Uint8Array): NdefPlan | NdefObstacle {
  if (memory[CAPABILITY_AT] !== CAPABILITY || byteOf(memory, VERSION_AT) >> 4 !== MAJOR_VERSION)
    return { problem: 'not-ndef' };
  if (memory[ACCESS_AT] !== 0) return { problem: 'read-only' };
  const place = placeOf(memory);
  if (!place) return { problem: 'layout' };
  const { at, reserved } = place;
  const length = message.length;
  const block = Uint8Array.of(
    NDEF_BLOCK,
    ...(length < LONG_LENGTH ? [length] : [LONG_LENGTH, length >> 8, length & 0xff]),
    ...message,
  );
  const room = roomAt(at, memory.length);
  if (at + block.length > memory.length) return { problem: 'too-small', room };
  const image = memory.slice();
  image.set(block, at);
  // Where the message ends with the memory there is no room for it, and no need.
  let end = at + block.length;
  if (end < memory.length) image[end++] = TERMINATOR;
  if (reserved.some(([from, to]) => from < end && at < to)) return { problem: 'layout' };
  const plan = { ...inOrder(memory, image, at), memory: image, room };
  const isLocked = ({ page }: PageWrite): boolean =>
    page < LOCKED_PAGES && (((byteOf(memory, LOCKS_AT + 1) << 8) | byteOf(memory, LOCKS_AT)) & (1 << page)) !== 0;
  return [...plan.empty, ...plan.fill, ...plan.finish].some(isLocked) ? { problem: 'read-only' } : plan;
}

function inOrder(memory: Uint8Array, image: Uint8Array, at: number): Pick<NdefPlan, 'empty' | 'fill' | 'finish'> {
  const kindPage = Math.floor(at / PAGE_BYTES);
  const lengthPage = Math.floor((at + 1) / PAGE_BYTES);
  const none = { empty: [], fill: [], finish: [] };
  if (changed(memory, image, kindPage).length === 0) return none;
  const emptied = memory.slice();
  emptied.set([NDEF_BLOCK, 0], at);
  return {
    // The length first: the kind in front of an old length would be a message of what happens to be there.
    empty: [lengthPage, kindPage].flatMap((page, nth, pages) =>
      nth === pages.indexOf(page) ? changed(memory, emptied, page, page) : [],
    ),
    fill: changed(memory, image, lengthPage + 1),
    finish: changed(emptied, image, lengthPage, lengthPage),
  };
}

/** Pages that differ, from one on. */
function changed(
  from: Uint8Array,
  to: Uint8Array,
  first: number,
  last: number = to.length / PAGE_BYTES - 1,
): PageWrite[] {
  const pages: PageWrite[] = [];
  for (let page = first; page <= last; page++) {
    const bytes = to.slice(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    if (bytes.some((byte, nth) => byte !== from[page * PAGE_BYTES + nth])) pages.push({ page, bytes });
  }
  return pages;
}

interface Place {
  readonly at: number;
  /** First byte and the one behind the last. */
  readonly reserved: readonly (readonly [from: number, to: number])[];
}

/** Where the message is, or is to be: behind the blocks that there are. Undefined where they do not fit into the memory. */
function placeOf(memory: Uint8Array): Place | undefined {
  const reserved: (readonly [number, number])[] = [];
  let free = DATA_AT;
  for (let at = DATA_AT; at < memory.length;) {
    const kind = byteOf(memory, at);
    if (kind === NDEF_BLOCK) return { at, reserved };
    if (kind === TERMINATOR) break;
    if (kind === NULL_BLOCK) {
      at++;
      continue;
    }
    const isLong = memory[at + 1] === LONG_LENGTH;
    const length = isLong ? (byteOf(memory, at + 2) << 8) | byteOf(memory, at + 3) : byteOf(memory, at + 1);
    const value = at + (isLong ? 4 : 2);
    if ((kind === LOCK_CONTROL || kind === MEMORY_CONTROL) && length === CONTROL_LENGTH)
      reserved.push(reservedBy(kind, memory.subarray(value, value + CONTROL_LENGTH)));
    free = at = value + length;
  }
  return free <= memory.length ? { at: free, reserved } : undefined;
}

/** Page and offset of the first byte, how many bits (locks) or bytes, and as a power of two how many bytes such a page has. */
function reservedBy(kind: number, control: Uint8Array): readonly [number, number] {
  const position = byteOf(control, 0);
  const from = (position >> 4) * 2 ** (byteOf(control, 2) & 0x0f) + (position & 0x0f);
  const size = byteOf(control, 1) || 0x100;
  return [from, from + (kind === LOCK_CONTROL ? Math.ceil(size / 8) : size)];
}

/** A length of one byte goes as far as FE. */
function roomAt(at: number, end: number): number {
  const rest = end - at - 2;
  return rest < LONG_LENGTH ? Math.max(0, rest) : Math.max(LONG_LENGTH - 1, rest - 2);
}

const byteOf = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
