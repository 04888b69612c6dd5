/**
 * NDEF messages as bytes, from the records that `ndef.ts` reads (NFC Forum: NDEF 1.0, Text RTD 1.0, URI RTD 1.0, Smart Poster
 * RTD 1.1). It does not know where on a tag they are written.
 */
import { MmsError } from '../error.js';
import { PREFIXES, WELL_KNOWN, type NdefRecord } from './ndef.js';

export const MESSAGE_BEGIN = 0x80;
export const MESSAGE_END = 0x40;
export const SHORT = 0x10;
export const LONGEST_SHORT = 0xff;
export const LONGEST_TYPE = 0xff;
export const LONGEST_LANGUAGE = 0x3f;

/** Formats with a type: 0 is an empty record, 6 a chunk, 7 reserved (NDEF 1.0, 3.2.6). */
const FORMATS: readonly number[] = [1, 2, 3, 4, 5];

/**
 * The message with these records, without empty bytes for none. Texts are written in UTF-8, addresses with the abbreviation of
 * their beginning where there is one.
 * @throws {MmsError} `bad-value` naming what cannot be written.
 */
export function encodeNdef(records: readonly NdefRecord[]): Uint8Array {
  const parts = records.map((record, at) => {
    const { format, type, payload } = partsOf(record);
    const isShort = payload.length <= LONGEST_SHORT;
    const flags =
      (at === 0 ? MESSAGE_BEGIN : 0) | (at === records.length - 1 ? MESSAGE_END : 0) | (isShort ? SHORT : 0) | format;
    const length = isShort ? [payload.length] : [24, 16, 8, 0].map((bits) => (payload.length >>> bits) & 0xff);
    return joined([Uint8Array.of(flags, type.length, ...length), type, payload]);
  });
  return joined(parts);
}

interface Parts {
  readonly format: number;
  readonly type: Uint8Array;
  readonly payload: Uint8Array;
}

const wellKnown = (type: string, payload: Uint8Array): Parts => ({
  format: WELL_KNOWN,
  type: encodeText(type, 'type'),
  payload,
});

function partsOf(record: NdefRecord): Parts {
  switch (record.kind) {
    case 'uri':
      return wellKnown('U', uriPayload(record.uri));
    case 'text': {
      if (!/^[\x21-\x7e]+$/.test(record.language) || record.language.length > LONGEST_LANGUAGE)
        throw badValue(`language must have 1 to ${String(LONGEST_LANGUAGE)} ASCII characters`);
      const language = encodeText(record.language, 'language');
      return wellKnown('T', joined([Uint8Array.of(language.length), language, encodeText(record.text, 'text')]));
    }
    case 'smart-poster':
      return wellKnown('Sp', encodeNdef(record.records));
    case 'other': {
      const type = encodeText(record.type, 'type');
      if (!FORMATS.includes(record.format)) throw badValue('format must be 1 to 5');
      if (type.length > LONGEST_TYPE) throw badValue(`type must have at most ${String(LONGEST_TYPE)} bytes`);
      return { format: record.format, type, payload: record.payload };
    }
    default:
      throw badValue('kind must be text, uri, smart-poster or other');
  }
}

/** With the longest beginning that has a number (URI RTD, table 3). */
function uriPayload(uri: string): Uint8Array {
  const prefix = PREFIXES.reduce<string>(
    (best, next) => (next.length > best.length && uri.startsWith(next) ? next : best),
    '',
  );
  const code = PREFIXES.findIndex((known) => known === prefix);
  return joined([Uint8Array.of(code), encodeText(uri.slice(prefix.length), 'uri')]);
}

/** Text that reads back as it is: half of a surrogate pair or a byte order mark does not. */
function encodeText(text: string, field: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (new TextDecoder().decode(bytes) !== text) throw badValue(`${field} has characters that UTF-8 cannot carry`);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const badValue = (text: string): MmsError => new MmsError('bad-value', 0, text);
