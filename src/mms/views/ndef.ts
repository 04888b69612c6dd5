/**
 * NDEF messages in the memory of a type 2 tag (NTAG, MIFARE Ultralight): texts and addresses as data
 * (NFC Forum: Type 2 Tag Operation, NDEF 1.0, Text RTD 1.0, URI RTD 1.0).
 * It does not know how memory is read, and it follows no address.
 */
import { MmsError } from '../error.js';

export type NdefRecord =
  | { readonly kind: 'text'; readonly language: string; readonly text: string }
  | { readonly kind: 'uri'; readonly uri: string }
  | {
      readonly kind: 'other';
      /** Type name format, 0 to 7. */
      readonly format: number;
      /** Type as text: a media type or an external name, for example. */
      readonly type: string;
      readonly payload: Uint8Array;
    };

/** Begins the memory of a tag that is made for NDEF, in byte 12. */
const CAPABILITY = 0xe1;
const CAPABILITY_AT = 12;
const DATA_AT = 16;

/** Blocks of the memory. */
const NULL_BLOCK = 0x00;
const NDEF_BLOCK = 0x03;
const TERMINATOR = 0xfe;
const LONG_LENGTH = 0xff;

/** What the first byte of an address stands for (URI RTD, table 3). */
const PREFIXES = [
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
 * The records of the first NDEF message in a tag's memory, which is given from page 0 on; none where there is no message.
 * @throws {MmsError} `truncated` where the memory or a record ends too early, `bad-value` for records in chunks.
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

function readRecords(bytes: Uint8Array): NdefRecord[] {
  const records: NdefRecord[] = [];
  for (let at = 0; at < bytes.length;) {
    const flags = byteAt(bytes, at);
    const isShort = (flags & 0x10) !== 0;
    const hasId = (flags & 0x08) !== 0;
    if ((flags & 0x20) !== 0) throw new MmsError('bad-value', at, 'a record in chunks is not read');
    const typeLength = byteAt(bytes, at + 1);
    const lengthAt = at + 2;
    const payloadLength = isShort
      ? byteAt(bytes, lengthAt)
      : [0, 1, 2, 3].reduce((sum, i) => sum * 256 + byteAt(bytes, lengthAt + i), 0);
    let next = lengthAt + (isShort ? 1 : 4);
    const idLength = hasId ? byteAt(bytes, next++) : 0;
    const type = slice(bytes, next, typeLength);
    const payload = slice(bytes, next + typeLength + idLength, payloadLength);
    // Format 0 is an empty record, as in a tag that was erased.
    if ((flags & 0x07) !== 0) records.push(readRecord(flags & 0x07, decodeText(type), payload));
    at = next + typeLength + idLength + payloadLength;
  }
  return records;
}

/** Type name format of the types that the NFC Forum has defined. */
const WELL_KNOWN = 1;

function readRecord(format: number, type: string, payload: Uint8Array): NdefRecord {
  const first = payload[0];
  if (format === WELL_KNOWN && first !== undefined) {
    if (type === 'T') {
      const end = 1 + (first & 0x3f);
      const isUtf16 = (first & 0x80) !== 0;
      return {
        kind: 'text',
        language: decodeText(payload.subarray(1, end)),
        text: decodeText(payload.subarray(end), isUtf16 ? 'utf-16be' : 'utf-8'),
      };
    }
    if (type === 'U') return { kind: 'uri', uri: (PREFIXES[first] ?? '') + decodeText(payload.subarray(1)) };
  }
  return { kind: 'other', format, type, payload };
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
