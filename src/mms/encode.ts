/**
 * The encoder: the inverse of the decoder.
 * It checks that every field fits its place; it does not know which fields a command needs.
 */
import { decodeMessage, START_OF_MESSAGE } from './decode.js';
import { MmsError } from './error.js';
import { parseHex } from './hex.js';
import type { Direction, MmsMessage, MmsMessageInput } from './message.js';
import { encodeTlv, readTlv, type TlvInput } from './tlv.js';

export interface EncodeMessageOptions {
  /**
   * Writes the length of tag 84 as `82 hh ll` even where fewer bytes would do, as readers do in answers to D101 and D111
   * and in notifications that carry data [MG p235, PJ]. Default false: minimal.
   */
  readonly longPayloadLength?: boolean;
}

/** Low bits of the type byte in tag 81 [MG p33, p39]. */
const TYPES = { request: 1, response: 2, notification: 3, file: 4 } as const;
export const FROM_READER = 0x80;

/**
 * Bytes of a message, with minimal lengths. `bytes` of a decoded message are not read: it is written anew from its fields,
 * so that a changed copy encodes as changed.
 *
 * @throws {MmsError} `bad-value` naming the field that does not fit its place.
 */
export function encodeMessage(message: MmsMessageInput, options: EncodeMessageOptions = {}): Uint8Array {
  const objects: TlvInput[] = [{ tag: '81', value: information(message) }];
  if (message.kind === 'response') objects.push({ tag: '82', value: responseStatus(message.status) });
  if (message.kind === 'notification') objects.push({ tag: '82', value: sized(message.detail, 4, 'detail') });
  if (message.additional !== undefined) objects.push({ tag: '83', value: message.additional });
  const payload = payloadValue(message);
  if (payload !== undefined && !options.longPayloadLength) objects.push({ tag: '84', value: payload });
  const head = encodeTlv(objects);
  const long = payload !== undefined && options.longPayloadLength ? longLengthObject(0x84, payload) : new Uint8Array(0);
  const rest = encodeTlv(message.rest ?? []);

  const bytes = new Uint8Array(2 + head.length + long.length + rest.length);
  bytes[0] = START_OF_MESSAGE;
  bytes[1] = integer(message.version ?? 0, 0xff, 'version');
  bytes.set(head, 2);
  bytes.set(long, 2 + head.length);
  bytes.set(rest, 2 + head.length + long.length);
  return bytes;
}

/**
 * A whole message made from its fields.
 * @throws {MmsError} as {@link encodeMessage}.
 */
export function toMessage<K extends MmsMessage['kind']>(
  message: MmsMessageInput & { readonly kind: K },
  options?: EncodeMessageOptions,
): Extract<MmsMessage, { kind: K }> {
  return decodeMessage(encodeMessage(message, options)) as Extract<MmsMessage, { kind: K }>;
}

/** The same message, byte for byte, under another reference number. */
export function withReference<M extends MmsMessage>(message: M, reference: number): M {
  const bytes = message.bytes.slice();
  const information = readTlv(bytes, 2, bytes.length).find(({ tag }) => tag === '81');
  // A view of the copy: writing to it writes to the message. The reference is the second byte of tag 81 [MG p33].
  information?.value.set([integer(reference, 0xff, 'reference')], 1);
  return decodeMessage(bytes) as M;
}

/**
 * One object with its length as `82 hh ll` whatever it is; readers write their data objects so [MG p235, PJ].
 * @throws {MmsError} `bad-value` when the value is longer than 65,535 bytes.
 */
export function longLengthObject(tag: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + value.length);
  bytes.set([tag, 0x82, integer(value.length, 0xffff, 'length of the value') >> 8, value.length & 0xff]);
  bytes.set(value, 4);
  return bytes;
}

const defaultDirection = (kind: MmsMessageInput['kind']): Direction =>
  kind === 'request' ? 'to-reader' : 'from-reader';

function information(message: MmsMessageInput): Uint8Array {
  const { kind, id, reserved = new Uint8Array(0) } = message;
  const direction = message.direction ?? defaultDirection(kind);
  const type = TYPES[kind] | (direction === 'from-reader' ? FROM_READER : 0);
  const fileId = kind === 'file' ? hexField(message.fileId, 4, 'fileId') : new Uint8Array(0);
  integer(id, 0xffff, 'id');
  return Uint8Array.of(
    type,
    integer(message.reference ?? 0, 0xff, 'reference'),
    id >> 8,
    id & 0xff,
    ...fileId,
    ...reserved,
  );
}

function responseStatus(status: { readonly summary: number; readonly detail: string } | undefined): Uint8Array {
  if (status === undefined) throw new MmsError('bad-value', 0, 'status is missing');
  return Uint8Array.of(integer(status.summary, 0xff, 'status.summary'), ...hexField(status.detail, 3, 'status.detail'));
}

/** The value of tag 84; undefined where there is none. */
function payloadValue(message: MmsMessageInput): Uint8Array | undefined {
  if (message.kind === 'file') return sized(message.contents, undefined, 'contents');
  // A copy made by spreading a decoded message lacks its getters: better refused than sent without its parameters.
  const payload = message.payload as readonly TlvInput[] | undefined;
  if (payload === undefined) throw new MmsError('bad-value', 0, 'payload is missing');
  if (message.payloadId === undefined && payload.length === 0 && message.opaque === undefined) return undefined;
  const content = message.opaque ?? encodeTlv(payload);
  const id = integer(message.payloadId ?? message.id, 0xffff, 'payloadId');
  const value = new Uint8Array(2 + content.length);
  value.set([id >> 8, id & 0xff]);
  value.set(content, 2);
  return value;
}

function integer(value: number, most: number, field: string): number {
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new MmsError('bad-value', 0, `${field} must be a whole number from 0 to ${String(most)}`);
  }
  return value;
}

function hexField(text: string | undefined, length: number, field: string): Uint8Array {
  if (text === undefined || !new RegExp(`^[0-9A-Fa-f]{${String(length * 2)}}$`).test(text)) {
    throw new MmsError('bad-value', 0, `${field} must be ${String(length * 2)} hexadecimal digits`);
  }
  return parseHex(text);
}

function sized(value: Uint8Array | undefined, length: number | undefined, field: string): Uint8Array {
  if (value === undefined || (length !== undefined && value.length !== length)) {
    throw new MmsError(
      'bad-value',
      0,
      length === undefined ? `${field} is missing` : `${field} must be ${String(length)} bytes`,
    );
  }
  return value;
}
