/**
 * BER-TLV objects: bytes to a tree and back (X.690 section 8; EMV 4.3 Book 3, annex B).
 * It does not know what any tag means, nor that primitive tags of MMS sometimes hold lists of their own.
 */
import { MmsError } from './error.js';
import { hexOfByte, hexOfPart, parseHex } from './hex.js';

/** One object. Constructed objects have `children`, primitive ones never. */
export interface TlvNode {
  /** Tag in upper-case hexadecimal, for example `9F02` or `DFDF59`. */
  readonly tag: string;
  /** The value; for a constructed object the encoded children. A view of the decoded bytes, not a copy. */
  readonly value: Uint8Array;
  /** The objects inside, present exactly when the tag is constructed. */
  readonly children?: readonly TlvNode[];
  /** Where the tag begins, counted from the first byte of what was decoded. */
  readonly offset: number;
}

/** What {@link encodeTlv} needs of a node: children where they are given, else the value. */
export interface TlvInput {
  readonly tag: string;
  readonly value?: Uint8Array;
  readonly children?: readonly TlvInput[];
}

export interface DecodeTlvOptions {
  /** How many levels of constructed objects may be nested; deeper input is an error. Default 64. */
  readonly maxDepth?: number;
}

/** Nesting that {@link decodeTlv} accepts unless told otherwise; card data needs about 8. */
export const DEFAULT_MAX_DEPTH = 64;

/** What {@link scanHeader} read last; one for all, so that walking allocates nothing. Nothing keeps it beyond the next object. */
export const header = {
  /** Where the tag ends. */
  tagEnd: 0,
  /** Where the value begins and ends. */
  start: 0,
  end: 0,
};

/** What can be wrong with an object: `truncated` up to the cut value, then `bad-length`; none is 0. */
const FAULTS = [
  undefined,
  'a tag is cut short',
  'a length is missing',
  'a length is cut short',
  undefined, // the value, with its sizes
  'the indefinite length form is not allowed',
  'a length field of more than 4 bytes',
] as const;
export const CUT_TAG = 1;
export const NO_LENGTH = 2;
export const CUT_LENGTH = 3;
export const CUT_VALUE = 4;
export const INDEFINITE = 5;
export const LONG_LENGTH = 6;

/**
 * Reads tag and length of the object at `at` into {@link header}. It does not throw: redaction asks of each value whether it is a
 * list of objects, and making an error costs more than reading a message.
 * @returns what is wrong with them, 0 for nothing.
 */
export function scanHeader(bytes: Uint8Array, at: number, end: number): number {
  let next = at + 1;
  if (((bytes[at] as number) & 0x1f) === 0x1f) {
    do {
      if (next >= end) return CUT_TAG;
    } while ((bytes[next++] as number) & 0x80);
  }
  header.tagEnd = next;
  if (next >= end) return NO_LENGTH;
  let length = bytes[next++] as number;
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count === 0) return INDEFINITE;
    if (count > 4) return LONG_LENGTH;
    if (next + count > end) return CUT_LENGTH;
    length = 0;
    // Multiplied, not shifted: a length of 4 bytes does not fit the 32-bit integers of shifts.
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[next++] as number);
  }
  header.start = next;
  header.end = next + length;
  return length > end - next ? CUT_VALUE : 0;
}

/** {@link scanHeader} for callers to whom a wrong object is an error. @throws {MmsError} `truncated` or `bad-length`. */
export function readHeader(bytes: Uint8Array, at: number, end: number): void {
  const fault = scanHeader(bytes, at, end);
  if (fault !== 0) throw objectError(fault, at, end);
}

/** The error of the object whose header has just been read. */
function objectError(fault: number, at: number, end: number): MmsError {
  const { tagEnd, start } = header;
  if (fault > CUT_VALUE) return new MmsError('bad-length', tagEnd, FAULTS[fault]);
  const cutValue = `an object declares ${String(header.end - start)} bytes, ${String(end - start)} are there`;
  return new MmsError('truncated', at, FAULTS[fault] ?? cutValue);
}

/** Whether bytes are whole objects at every level, as {@link decodeTlv} wants them. */
export function isTlv(bytes: Uint8Array, at = 0, end: number = bytes.length, depth = DEFAULT_MAX_DEPTH): boolean {
  while (at < end) {
    const first = bytes[at] as number;
    if (first === 0) {
      at++; // padding between objects
      continue;
    }
    if (scanHeader(bytes, at, end) !== 0) return false;
    at = header.end;
    if (isConstructed(first) && (depth === 0 || !isTlv(bytes, header.start, at, depth - 1))) return false;
  }
  return true;
}

/**
 * Throws unless the bytes from `at` to `end` are whole objects at every level; each byte is looked at once.
 * @throws {MmsError} as {@link decodeTlv}.
 */
export function checkTlv(bytes: Uint8Array, at: number, end: number, depth = DEFAULT_MAX_DEPTH): void {
  while (at < end) {
    const first = bytes[at] as number;
    if (first === 0) {
      at++; // padding between objects
      continue;
    }
    readHeader(bytes, at, end);
    const next = header.end;
    if (isConstructed(first)) {
      if (depth === 0) throw new MmsError('too-deep', at);
      checkTlv(bytes, header.start, next, depth - 1);
    }
    at = next;
  }
}

const isConstructed = (firstTagByte: number): boolean => (firstTagByte & 0x20) !== 0;

/** The tree of the bytes from `at` to `end`, with offsets counted from the start of `bytes`. */
export function readTlv(bytes: Uint8Array, at: number, end: number, depth = DEFAULT_MAX_DEPTH): TlvNode[] {
  const nodes: TlvNode[] = [];
  while (at < end) {
    if (bytes[at] === 0) {
      at++; // padding between objects
      continue;
    }
    readHeader(bytes, at, end);
    const next = header.end;
    nodes.push(nodeOf(bytes, at, depth));
    at = next;
  }
  return nodes;
}

/** The object at `offset`, whose header has just been read. */
function nodeOf(bytes: Uint8Array, offset: number, depth: number): TlvNode {
  const { tagEnd, start, end } = header;
  const tag = hexOfPart(bytes, offset, tagEnd);
  const value = bytes.subarray(start, end);
  if (!isConstructed(bytes[offset] as number)) return { tag, value, offset };
  if (depth === 0) throw new MmsError('too-deep', offset);
  return { tag, value, offset, children: readTlv(bytes, start, end, depth - 1) };
}

/**
 * The objects in `bytes` as a tree.
 * Tags of any length and lengths of up to 4 bytes are read, also when not minimal; bytes 00 where a tag should begin are
 * padding and skipped (EMV Book 3, annex B).
 *
 * @throws {MmsError} `truncated`, `bad-length` or `too-deep`, with the offset of the object that is wrong.
 */
export function decodeTlv(bytes: Uint8Array, { maxDepth = DEFAULT_MAX_DEPTH }: DecodeTlvOptions = {}): TlvNode[] {
  return readTlv(bytes, 0, bytes.length, maxDepth);
}

/**
 * Bytes of the objects, with minimal lengths. Where a node has `children` they are written and its `value` is not read.
 *
 * @throws {MmsError} `bad-value` when a tag is not a well-formed BER tag or a primitive node has children.
 */
export function encodeTlv(nodes: readonly TlvInput[]): Uint8Array {
  const plan = nodes.map(measure);
  const bytes = new Uint8Array(totalSize(plan));
  write(plan, bytes, 0);
  return bytes;
}

/** A node whose tag is checked and whose sizes are known, so that each object is measured once however deep it lies. */
interface Measured {
  readonly tag: Uint8Array;
  readonly content: Uint8Array | readonly Measured[];
  readonly contentSize: number;
  readonly size: number;
}

/** Not by class: bytes of a frame, or of Node where a test has a page of its own, are of another one. */
const isBytes = (content: Measured['content']): content is Uint8Array => !Array.isArray(content);

const totalSize = (plan: readonly Measured[]): number => plan.reduce((sum, { size }) => sum + size, 0);

function measure(node: TlvInput): Measured {
  const tag = tagBytes(node);
  const content = node.children?.map(measure) ?? node.value ?? new Uint8Array(0);
  const contentSize = isBytes(content) ? content.length : totalSize(content);
  return { tag, content, contentSize, size: tag.length + sizeOfLength(contentSize) + contentSize };
}

function write(plan: readonly Measured[], bytes: Uint8Array, at: number): void {
  for (const { tag, content, contentSize, size } of plan) {
    bytes.set(tag, at);
    const start = writeLength(contentSize, bytes, at + tag.length);
    if (isBytes(content)) bytes.set(content, start);
    else write(content, bytes, start);
    at += size;
  }
}

/** How many bytes a length takes in its minimal form. */
const sizeOfLength = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : length < 0x100_0000 ? 4 : 5;

/** Writes a minimal length at `at`; returns where the value begins. */
function writeLength(length: number, bytes: Uint8Array, at: number): number {
  const size = sizeOfLength(length);
  if (size === 1) {
    bytes[at] = length;
  } else {
    bytes[at] = 0x7f + size;
    for (let i = size - 1, left = length; i > 0; i--, left = Math.floor(left / 256)) bytes[at + i] = left & 0xff;
  }
  return at + size;
}

/** The bytes of a node's tag, checked: it must be one whole BER tag, and constructed if the node has children. */
function tagBytes(node: TlvInput): Uint8Array {
  let tag: Uint8Array;
  try {
    tag = parseHex(node.tag);
  } catch {
    throw new MmsError('bad-value', 0, `“${node.tag}” is not a BER-TLV tag`);
  }
  const first = tag[0] ?? 0;
  const last = tag.length - 1;
  const wellFormed =
    (first & 0x1f) === 0x1f
      ? last > 0 && tag.subarray(1).every((byte, at) => ((byte & 0x80) !== 0) === at + 1 < last)
      : first !== 0 && last === 0;
  if (!wellFormed) throw new MmsError('bad-value', 0, `“${node.tag}” is not a BER-TLV tag`);
  if (node.children !== undefined && !isConstructed(first)) {
    throw new MmsError('bad-value', 0, `tag ${node.tag} is primitive and cannot hold objects`);
  }
  return tag;
}

/** As {@link findTlv}, in objects: most code has these, and does without what reads bytes. */
export function findNode(nodes: readonly TlvNode[], path: string): TlvNode | undefined {
  const slash = path.indexOf('/');
  const tag = slash < 0 ? path : path.slice(0, slash);
  for (const node of nodes) {
    if (node.tag !== tag) continue;
    const found = slash < 0 ? node : node.children && findNode(node.children, path.slice(slash + 1));
    if (found) return found;
  }
  return undefined;
}

/** As {@link searchTlv}, in objects. */
export function searchNode(nodes: readonly TlvNode[], tag: string): TlvNode | undefined {
  for (const node of nodes) {
    const found = node.tag === tag ? node : node.children && searchNode(node.children, tag);
    if (found) return found;
  }
  return undefined;
}

/**
 * The first object on a path of tags such as `F9/FA/70/DFDF4D`, one tag a level; every branch that fits is tried.
 *
 * @param source Objects, or the bytes of some, of which only what is found is built as a tree.
 * @returns undefined where nothing stands at that path.
 * @throws {MmsError} for bytes, as {@link decodeTlv}.
 */
export const findTlv = (source: readonly TlvNode[] | Uint8Array, path: string): TlvNode | undefined =>
  ArrayBuffer.isView(source)
    ? nodeAt(source, findInBytes(source, 0, source.length, path.split('/')))
    : findNode(source, path);

/**
 * The first object with a tag at any depth, parents before children; undefined where there is none.
 *
 * @param source Objects, or the bytes of some, of which only what is found is built as a tree.
 * @throws {MmsError} for bytes, as {@link decodeTlv}.
 */
export function searchTlv(source: readonly TlvNode[] | Uint8Array, tag: string): TlvNode | undefined {
  if (!ArrayBuffer.isView(source)) return searchNode(source, tag);
  const places = [-1];
  searchInBytes(source, 0, source.length, [tag], places);
  return nodeAt(source, places[0] as number);
}

/** Where {@link findTlv} finds an object in bytes, from a level of the path; negative where it does not. All bytes are checked. */
function findInBytes(
  bytes: Uint8Array,
  at: number,
  end: number,
  path: readonly string[],
  level = 0,
  depth = DEFAULT_MAX_DEPTH,
): number {
  const tag = path[level] as string;
  while (at < end) {
    if (bytes[at] === 0) {
      at++; // padding between objects
      continue;
    }
    const offset = at;
    readHeader(bytes, at, end);
    const { tagEnd, start } = header;
    at = header.end;
    const fits = hasTag(bytes, offset, tagEnd, tag);
    let found = fits && level === path.length - 1 ? offset : -1;
    if (isConstructed(bytes[offset] as number)) {
      if (depth === 0) throw new MmsError('too-deep', offset);
      if (fits && found < 0) found = findInBytes(bytes, start, at, path, level + 1, depth - 1);
      else checkTlv(bytes, start, at, depth - 1);
    }
    if (found >= 0) {
      checkTlv(bytes, at, end, depth);
      return found;
    }
  }
  return -1;
}

/**
 * Puts in `places` where {@link searchTlv} finds the first object of each tag in bytes; those that are not found stay negative.
 * All bytes are checked, each once.
 */
export function searchInBytes(
  bytes: Uint8Array,
  at: number,
  end: number,
  tags: readonly string[],
  places: number[],
  depth = DEFAULT_MAX_DEPTH,
): void {
  while (at < end) {
    const first = bytes[at] as number;
    if (first === 0) {
      at++; // padding between objects
      continue;
    }
    const offset = at;
    readHeader(bytes, at, end);
    const { tagEnd, start } = header;
    at = header.end;
    for (let i = 0; i < tags.length; i++) {
      if ((places[i] as number) < 0 && hasTag(bytes, offset, tagEnd, tags[i] as string)) places[i] = offset;
    }
    if (isConstructed(first)) {
      if (depth === 0) throw new MmsError('too-deep', offset);
      searchInBytes(bytes, start, at, tags, places, depth - 1);
    }
  }
}

/** The object that begins at a place in checked bytes; undefined for a negative one. */
function nodeAt(bytes: Uint8Array, at: number): TlvNode | undefined {
  if (at < 0) return undefined;
  readHeader(bytes, at, bytes.length);
  return nodeOf(bytes, at, DEFAULT_MAX_DEPTH);
}

/** Whether the bytes of a tag are those of its text, without making a text of them. The last byte comes first: it differs most. */
function hasTag(bytes: Uint8Array, at: number, end: number, tag: string): boolean {
  if (tag.length !== 2 * (end - at)) return false;
  for (let from = tag.length - 2; end > at; from -= 2) {
    const digits = hexOfByte[bytes[--end] as number] as string;
    if (digits.charCodeAt(1) !== tag.charCodeAt(from + 1) || digits.charCodeAt(0) !== tag.charCodeAt(from))
      return false;
  }
  return true;
}
