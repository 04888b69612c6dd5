/**
 * NDEF messages in the memory of a type 2 tag (NTAG, MIFARE Ultralight): texts, addresses and smart posters as data
 * (NFC Forum: Type 2 Tag Operation, NDEF 1.0, Text RTD 1.0, URI RTD 1.0, Smart Poster RTD 1.1).
 * It does not know how memory is read, and it follows no address.
 */
import { MmsError } from '../error.js';

export interface NdefText {
  readonly kind: 'text';
  /** As in RFC 3066: `en`, `de-AT`. */
  readonly language: string;
  readonly text: string;
}

export type NdefRecord =
  | NdefText
  | { readonly kind: 'uri'; readonly uri: string }
  | {
      readonly kind: 'smart-poster';
      readonly uri: string;
      /** The title in each language that it is given in. */
      readonly titles: readonly NdefText[];
      /** All records inside, address and titles too: icon, size and recommended action are of kind `other`. */
      readonly records: readonly NdefRecord[];
    }
  | {
      readonly kind: 'other';
      /** Type name format, 0 to 7. */
      readonly format: number;
      /** Type as text: a media type or an external name, for example. */
      readonly type: string;
      readonly payload: Uint8Array;
    };

/** Begins the memory of a tag that is made for NDEF, in byte 12. */
export const CAPABILITY = 0xe1;
export const CAPABILITY_AT = 12;
export const DATA_AT = 16;

/** Blocks of the memory. */
export const NULL_BLOCK = 0x00;
export const NDEF_BLOCK = 0x03;
export const TERMINATOR = 0xfe;
export const LONG_LENGTH = 0xff;

/** What the first byte of an address stands for (URI RTD, table 3). */
export const PREFIXES = [
  '',
  'http://www.',
  'https://www.',
  'http://',
  'https://',
  'tel:',
  'mailto:',
  'ftp://anonymous:anonymous@',
  'ftp://ftp.',
  'ftps://',
  'sftp://',
  'smb://',
  'nfs://',
  'ftp://',
  'dav://',
  'news:',
  'telnet://',
  'imap:',
  'rtsp://',
  'urn:',
  'pop:',
  'sip:',
  'sips:',
  'tftp:',
  'btspp://',
  'btl2cap://',
  'btgoep://',
  'tcpobex://',
  'irdaobex://',
  'file://',
  'urn:epc:id:',
  'urn:epc:tag:',
  'urn:epc:pat:',
  'urn:epc:raw:',
  'urn:epc:',
  'urn:nfc:',
] as const;

/**
 * The records of the first NDEF message in a tag's memory, which is given from page 0 on; none where there is no message. A record
 * in chunks, whose payload goes on in records of format 6, is one record.
 * @throws {MmsError} `truncated` where the memory or a record ends too early, `bad-value` where chunks do not belong together.
 */
export function readNdef(memory: Uint8Array): NdefRecord[] {
  if (memory[CAPABILITY_AT] !== CAPABILITY) return [];
  for (let at = DATA_AT; at < memory.length;) {
    const kind = byteAt(memory, at++);
    if (kind === NULL_BLOCK) continue;
    if (kind === TERMINATOR) return [];
    let length = byteAt(memory, at++);
    if (length === LONG_LENGTH) {
      length = (byteAt(memory, at) << 8) | byteAt(memory, at + 1);
      at += 2;
    }
    if (kind === NDEF_BLOCK) return readRecords(slice(memory, at, length));
    at += length;
  }
  return [];
}

/** A record as it stands, or as its chunks make it. */
interface RawRecord {
  readonly format: number;
  readonly type: string;
  readonly payload: Uint8Array;
}

/** Flags of a record, and the format of chunks behind the first (NDEF 1.0, 2.3.3 and 3.2). */
export const GOES_ON = 0x20;
export const SHORT = 0x10;
export const HAS_ID = 0x08;
export const FORMAT = 0x07;
export const UNCHANGED = 6;

function readRecords(bytes: Uint8Array): NdefRecord[] {
  return rawRecords(bytes).map((record) => readRecord(record, true));
}

function rawRecords(bytes: Uint8Array): RawRecord[] {
  const records: RawRecord[] = [];
  let begun: RawRecord | undefined;
  for (let at = 0; at < bytes.length;) {
    const flags = byteAt(bytes, at);
    const format = flags & FORMAT;
    const isShort = (flags & SHORT) !== 0;
    if ((format === UNCHANGED) !== (begun !== undefined)) throw badChunk(at, begun !== undefined);
    const typeLength = byteAt(bytes, at + 1);
    const lengthAt = at + 2;
    const payloadLength = isShort
      ? byteAt(bytes, lengthAt)
      : [0, 1, 2, 3].reduce((sum, i) => sum * 256 + byteAt(bytes, lengthAt + i), 0);
    let next = lengthAt + (isShort ? 1 : 4);
    const idLength = (flags & HAS_ID) !== 0 ? byteAt(bytes, next++) : 0;
    const type = decodeText(slice(bytes, next, typeLength));
    const payload = slice(bytes, next + typeLength + idLength, payloadLength);
    const record = begun
      ? { ...begun, payload: Uint8Array.of(...begun.payload, ...payload) }
      : { format, type, payload };
    begun = (flags & GOES_ON) === 0 ? undefined : record;
    // Format 0 is an empty record, as in a tag that was erased.
    if (begun === undefined && record.format !== 0) records.push(record);
    at = next + typeLength + idLength + payloadLength;
  }
  if (begun) throw badChunk(bytes.length, true);
  return records;
}

const badChunk = (at: number, isBegun: boolean): MmsError =>
  new MmsError(
    'bad-value',
    at,
    isBegun
      ? 'a record in chunks (its payload in several records) has no last chunk'
      : 'a chunk (a part of a record’s payload) has no first chunk before it',
  );

/** Type name format of the types that the NFC Forum has defined. */
export const WELL_KNOWN = 1;

/** @param mayNest Whether a smart poster is read into: none stands in another. */
function readRecord({ format, type, payload }: RawRecord, mayNest: boolean): NdefRecord {
  const first = payload[0];
  if (format === WELL_KNOWN && first !== undefined) {
    if (type === 'T') return readText(first, payload);
    if (type === 'U') return { kind: 'uri', uri: (PREFIXES[first] ?? '') + decodeText(payload.subarray(1)) };
    if (type === 'Sp' && mayNest) return readPoster(payload) ?? { kind: 'other', format, type, payload };
  }
  return { kind: 'other', format, type, payload };
}

export const IS_UTF_16 = 0x80;
export const LANGUAGE_LENGTH = 0x3f;

/** The first byte says how long the language is, and in which encoding the text is (Text RTD, 3.2 and 3.4). */
function readText(first: number, payload: Uint8Array): NdefText {
  const end = 1 + (first & LANGUAGE_LENGTH);
  const text = payload.subarray(end);
  // UTF-16 begins with a byte order mark or is big-endian.
  const isLittleEndian = text[0] === 0xff && text[1] === 0xfe;
  const encoding = (first & IS_UTF_16) === 0 ? 'utf-8' : isLittleEndian ? 'utf-16le' : 'utf-16be';
  return { kind: 'text', language: decodeText(payload.subarray(1, end)), text: decodeText(text, encoding) };
}

/** A smart poster holds a message of its own, with one address; undefined where it does not. */
function readPoster(payload: Uint8Array): NdefRecord | undefined {
  let records: readonly NdefRecord[];
  try {
    records = rawRecords(payload).map((record) => readRecord(record, false));
  } catch {
    return undefined;
  }
  const address = records.find((record) => record.kind === 'uri');
  const titles = records.filter((record) => record.kind === 'text');
  return address && { kind: 'smart-poster', uri: address.uri, titles, records };
}

const decodeText = (bytes: Uint8Array, encoding = 'utf-8'): string => new TextDecoder(encoding).decode(bytes);

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new MmsError('truncated', bytes.length, 'the NDEF data end too early');
  return byte;
}

function slice(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length) {
    const there = Math.max(0, bytes.length - at);
    throw new MmsError('truncated', at, `the NDEF data declare ${String(length)} bytes, ${String(there)} are there`);
  }
  return bytes.subarray(at, at + length);
}
