/**
 * Recognises and decodes a text or the bytes of a file, redacted as the log is: messages, USB packets, lists of objects, files of
 * readers, and ids. The command panel and the command line show what it finds; nothing of what was given is in it in clear.
 */
import { decodeMessage, START_OF_MESSAGE } from '../mms/decode.js';
import { describe } from '../mms/describe.js';
import { mmsErrorCodes } from '../mms/error.js';
import { toHex } from '../mms/hex.js';
import { showObjects } from '../mms/objects.js';
import { redact, redactValue } from '../mms/redact.js';
import { hideFile } from '../mms/redaction/card-data.js';
import { tagInfo } from '../mms/tables/tags.js';
import { CUT_TAG, header, isTlv, scanHeader } from '../mms/tlv.js';
import { messageTree, objectsTree, type TreeNode } from '../mms/tree.js';
import { readFirmwareKind } from '../mms/views/firmware.js';
import { readId } from './ids.js';
import { readBytes } from './notation.js';
import { isFirstPacket, isLaterPacket, PacketReader, splitPackets, withoutReportId } from './packets.js';
import { faultAt, faultOf, isFault, type PasteFault } from './paste-fault.js';

/** What something was found to be. */
export const findingKinds = ['message', 'objects', 'file', 'firmware', 'usb-id', 'firmware-id'] as const;

/** @see {@link findingKinds} */
export type FindingKind = (typeof findingKinds)[number];

/** How it was written: `bytes` for a file that is not text. */
export type FindingNotation = 'hexadecimal' | 'base64' | 'bytes' | 'text';

/** One thing that was found, with nothing sensitive in it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly notation: FindingNotation;
  /** In how many USB packets it was. */
  readonly packets?: number;
  /** For people, in one English line. */
  readonly text: string;
  /** Its parts; places are those in {@link bytes}. */
  readonly tree: readonly TreeNode[];
  /** Redacted, as long as the original; empty for ids. */
  readonly bytes: Uint8Array;
}

/** A line that cannot be decoded. */
export interface PasteProblem {
  /** Counted from 1. */
  readonly line: number;
  /** The wrong character of that line, counted from 1; of a file that is not text, the byte. */
  readonly place: number;
  /** Its place is counted from the beginning of the whole text. */
  readonly fault: PasteFault;
}

export interface Recognised {
  /** With the line in which each ended, counted from 1. */
  readonly findings: readonly (Finding & { readonly line: number })[];
  readonly problems: readonly PasteProblem[];
}

const NO_BYTES = new Uint8Array(0);

/** Bytes up to which a whole text may be a card number and nothing else. */
const LONGEST_CARD_NUMBER = 12;

/** What the bytes are, or why they are nothing that can be decoded. */
function findingOf(bytes: Uint8Array, notation: FindingNotation, packets?: number): Finding | PasteFault {
  try {
    const known = knownOf(bytes);
    return isFault(known) ? known : { notation, ...(packets === undefined ? {} : { packets }), ...known };
  } catch (error) {
    return faultOf(error);
  }
}

/** @throws {MmsError} where the bytes are something that is wrong within. */
function knownOf(bytes: Uint8Array): Omit<Finding, 'notation'> | PasteFault {
  if (bytes[0] === START_OF_MESSAGE) {
    const message = redact(decodeMessage(bytes));
    return { kind: 'message', text: describe(message), tree: messageTree(message), bytes: message.bytes };
  }
  const firmware = readFirmwareKind(bytes);
  if (firmware) {
    const text = `Firmware file: ${firmware.kind}, ${sizeOf(bytes)}`;
    return {
      kind: 'firmware',
      text,
      tree: [{ label: text, reading: '', start: 0, end: bytes.length }],
      bytes: NO_BYTES,
    };
  }
  if (MAGIC.every((byte, at) => bytes[at] === byte)) {
    const shown = Uint8Array.from(bytes);
    hideFile(shown);
    return { kind: 'file', text: `File of a reader, ${sizeOf(bytes)}`, tree: fileTree(shown), bytes: shown };
  }
  // Where not even the first tag has a name, it was meant to be something else.
  if (!isTlv(bytes) && !isNamed(bytes)) return faultAt(0, 'no-start', mmsErrorCodes['no-start'], 0);
  return { kind: 'objects', text: `List of objects, ${sizeOf(bytes)}`, ...showObjects(bytes) };
}

const sizeOf = ({ length }: Uint8Array): string => `${length.toLocaleString('en')} bytes`;

/** `MGTKAP10`, which signature and trust files begin with [PJ]. */
const MAGIC = Array.from('MGTKAP10', (letter) => letter.charCodeAt(0));

function fileTree(bytes: Uint8Array): readonly TreeNode[] {
  const start = MAGIC.length;
  const head = { label: 'Letters', reading: 'MGTKAP10', start: 0, end: start };
  try {
    return [head, ...objectsTree(bytes.subarray(start)).map((node) => moved(node, start))];
  } catch {
    return [head];
  }
}

const moved = (node: TreeNode, by: number): TreeNode => ({
  ...node,
  start: node.start + by,
  end: node.end + by,
  ...(node.children ? { children: node.children.map((child) => moved(child, by)) } : {}),
});

function isNamed(bytes: Uint8Array): boolean {
  if (scanHeader(bytes, 0, bytes.length) === CUT_TAG) return false;
  return tagInfo(toHex(bytes.subarray(0, header.tagEnd))) !== undefined;
}

/** A copy of bytes in which what is sensitive is masked, whatever they are. */
export function shownBytes(bytes: Uint8Array): Uint8Array {
  const found = findingOf(bytes, 'bytes');
  return !isFault(found) && found.bytes.length === bytes.length ? found.bytes : redactValue(bytes);
}

/** Whether the bytes are the digits of a card number: as objects they would show some of them as tags. */
const isCardNumber = (bytes: Uint8Array): boolean =>
  bytes.length <= LONGEST_CARD_NUMBER && redactValue(bytes).some((byte, at) => byte !== bytes[at]);

/** Decodes line by line: a line is a message, a list of objects, an id, or a packet, of which several make a message. */
export class LineRecogniser {
  private readonly packets = new PacketReader();

  /** Whether USB packets were given whose message is not whole. */
  get isOpen(): boolean {
    return this.packets.isOpen;
  }

  /** What a line is, or what is wrong with it and where; undefined for a packet after which more must come. */
  add(text: string): Finding | PasteFault | undefined {
    const id = readId(text);
    if (id) return idFinding(id);
    const written = readBytes(text);
    if (isFault(written)) return written;
    const found = this.take(written.bytes, written.notation);
    return isFault(found) && found.byte !== undefined ? { ...found, offset: written.offsetOf(found.byte) } : found;
  }

  /** What bytes are, or what is wrong with them; undefined for packets after which more must come. */
  take(bytes: Uint8Array, notation: FindingNotation): Finding | PasteFault | undefined {
    const isPacket = isFirstPacket(withoutReportId(bytes)) || (this.isOpen && isLaterPacket(bytes));
    if (!isPacket) return isCardNumber(bytes) ? faultAt(0, 'card-number') : findingOf(bytes, notation);
    let found: Finding | PasteFault | undefined;
    for (const packet of splitPackets(bytes)) {
      const step = this.packets.add(packet);
      if (step.kind === 'broken') return faultAt(0, 'bad-packets', step.words);
      if (step.kind === 'message') found = findingOf(step.bytes, notation, step.packets);
      if (isFault(found)) return found;
    }
    return found;
  }
}

const idFinding = ({ kind, text, parts }: NonNullable<ReturnType<typeof readId>>): Finding => ({
  kind,
  notation: 'text',
  text,
  tree: parts.map((part) => ({ ...part, start: 0, end: 0 })),
  bytes: NO_BYTES,
});

/** Bytes of a file that are looked at to tell text from anything else. */
const LOOKED_AT = 4096;

/** Whether the bytes of a file are not text: control characters that no text has. UTF-16 says by its mark that it is text. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  return bytes.subarray(0, LOOKED_AT).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

/** A line, and where it begins in its text. */
interface Line {
  readonly number: number;
  readonly start: number;
  readonly text: string;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  // Every other part is a line end.
  for (const [index, part] of text.split(/(\r\n|\r|\n)/).entries()) {
    const own = part.trim();
    const start = at + part.length - part.trimStart().length;
    if (index % 2 === 0 && own !== '' && !own.startsWith('#')) lines.push({ number: index / 2 + 1, start, text: own });
    at += part.length;
  }
  return lines;
}

/** Where characters are in a text, with lines and their characters counted from 1. The text is looked through once. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly place: number } {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, place: offset - (starts[low] as number) + 1 };
  };
}

/**
 * Whether a line is complete in itself: then each line is, and line ends do not only break long ones.
 * @param mayContinue Whether it may as well be a later packet.
 */
function standsAlone({ text }: Line, mayContinue: boolean): boolean {
  if (/^[A-Z][A-Z0-9]{3,}\s*,/i.test(text) || readId(text)) return true;
  const written = readBytes(text);
  if (isFault(written)) return false;
  const { bytes } = written;
  return (
    isFirstPacket(withoutReportId(bytes)) ||
    (bytes[0] === START_OF_MESSAGE && bytes[2] === 0x81) ||
    (mayContinue && isLaterPacket(bytes))
  );
}

/**
 * What a text is, or the bytes of a file. Several lines are decoded one by one where more than one of them begins as something whole;
 * else they are one text with line breaks.
 */
export function recognise(input: string | Uint8Array): Recognised {
  const lines = new LineRecogniser();
  const findings: (Finding & { readonly line: number })[] = [];
  const problems: PasteProblem[] = [];
  const placeOf = placesIn(typeof input === 'string' ? input : '');
  const keep = (line: number, start: number, found: Finding | PasteFault | undefined): void => {
    if (isFault(found)) {
      const offset = start + found.offset;
      problems.push({ ...placeOf(offset), fault: { ...found, offset } });
    } else if (found) findings.push({ ...found, line });
  };
  let end = 0;
  if (typeof input === 'string') {
    const [first, ...others] = linesOf(input);
    if (!first) return { findings, problems: [{ line: 1, place: 1, fault: faultAt(0, 'nothing') }] };
    const last = others.at(-1) ?? first;
    end = last.start + last.text.length;
    const areSeveral = standsAlone(first, false) && others.some((line) => standsAlone(line, true));
    if (areSeveral) for (const { number, start, text } of [first, ...others]) keep(number, start, lines.add(text));
    else keep(first.number, 0, lines.add(withoutComments(input)));
  } else {
    keep(1, 0, lines.take(input, 'bytes'));
  }
  if (lines.isOpen && problems.length === 0) keep(1, 0, faultAt(end, 'unfinished-packets'));
  return { findings, problems };
}

/** Comments become spaces, so that places stay what they are. */
const withoutComments = (text: string): string =>
  text.replace(/^[^\S\r\n]*#[^\r\n]*/gm, (comment) => ' '.repeat(comment.length));
