/**
 * The decoder: bytes or hexadecimal text in, one whole message out.
 * Everything is checked before a message is returned; the tree of the payload is built when it is first asked for.
 * It does not know what payloads mean.
 */
import { MmsError } from './error.js';
import { hexOfByte, hexOfId, hexOfPart, parseHex, toHex } from './hex.js';
import type { Direction, MmsMessage, MmsMessageBase, ResponseStatus } from './message.js';
import { nameNotification } from './notification-name.js';
import { readStatus } from './status.js';
import { checkTlv, header, isTlv, readHeader, readTlv, type TlvNode } from './tlv.js';
import { DISPLAY_REQUEST } from './tables/numbers.js';

/** First byte of every message [MG p33]. */
export const START_OF_MESSAGE = 0xaa;

/** Kind of a message by the low bits of its type byte; bit 7 tells the direction [MG p33, p39]. */
const KINDS = [undefined, 'request', 'response', 'notification', 'file'] as const;

/** Bytes of tag 81 that are fixed: files carry their file id there as well [MG p40]. */
export const INFORMATION_LENGTH = 4;
export const FILE_INFORMATION_LENGTH = 8;

/** Length of tag 82 in responses and notifications [MG p33, p39]. */
export const STATUS_LENGTH = 4;

export const ABSENT = -1;

/**
 * The message in `input`, which must hold exactly one.
 * Bytes are not copied: the message and its nodes are views of them.
 *
 * @param input Bytes, or hexadecimal text in either case with or without white space.
 * @throws {MmsError} for everything that is not one whole, well-formed message; `offset` counts bytes from AA, or
 * characters where the text itself is not hexadecimal.
 */
export function decodeMessage(input: Uint8Array | string): MmsMessage {
  const bytes = typeof input === 'string' ? parseHex(input) : input;
  if (bytes[0] !== START_OF_MESSAGE) throw new MmsError('no-start', 0);
  if (bytes.length < 2) throw new MmsError('truncated', 1, 'the version byte is missing');

  const parts = new Parts(bytes);
  if (parts.information === ABSENT) throw new MmsError('bad-information', 2, 'tag 81 is missing');
  const type = bytes[parts.information] as number;
  const kind = (type & 0x78) === 0 ? KINDS[type & 0x07] : undefined;
  const needed = kind === 'file' ? FILE_INFORMATION_LENGTH : INFORMATION_LENGTH;
  if (parts.informationEnd - parts.information < needed) {
    throw new MmsError('bad-information', parts.information, `tag 81 is shorter than ${String(needed)} bytes`);
  }
  switch (kind) {
    case 'request':
      return new DecodedRequest(parts);
    case 'response':
      return new DecodedResponse(parts);
    case 'notification':
      return new DecodedNotification(parts);
    case 'file':
      return new DecodedFile(parts);
    case undefined:
      throw new MmsError('bad-information', parts.information, `unknown message type ${hexOfByte[type] as string}`);
  }
}

/** Where the top-level objects of a message stand; each that may stand only once is checked to do so. */
class Parts {
  readonly bytes: Uint8Array;
  information = ABSENT;
  informationEnd = ABSENT;
  status = ABSENT;
  statusEnd = ABSENT;
  additional = ABSENT;
  additionalEnd = ABSENT;
  payload = ABSENT;
  payloadEnd = ABSENT;
  /** Whether there is anything besides 81 to 84. */
  hasRest = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const length = bytes.length;
    for (let at = 2; at < length;) {
      const tag = bytes[at] as number;
      if (tag === 0) {
        at++; // padding between objects
        continue;
      }
      readHeader(bytes, at, length);
      const { start, end } = header;
      switch (tag) {
        case 0x81:
          if (this.information !== ABSENT) throw new MmsError('bad-information', at, 'tag 81 is repeated');
          this.information = start;
          this.informationEnd = end;
          break;
        case 0x82:
          if (this.status !== ABSENT) throw new MmsError('bad-status', at, 'tag 82 is repeated');
          this.status = start;
          this.statusEnd = end;
          break;
        case 0x83:
          if (this.additional !== ABSENT) throw new MmsError('bad-object', at, 'tag 83 is repeated');
          this.additional = start;
          this.additionalEnd = end;
          break;
        case 0x84:
          if (this.payload !== ABSENT) throw new MmsError('bad-payload', at, 'tag 84 is repeated');
          this.payload = start;
          this.payloadEnd = end;
          break;
        default:
          checkTlv(bytes, at, end);
          this.hasRest = true;
      }
      at = end;
    }
  }
}

const NO_NODES: readonly TlvNode[] = Object.freeze([]);

/**
 * What all kinds share. What costs more than a few comparisons is a getter and made when it is first asked for;
 * `toJSON` keeps such objects whole where they are serialised.
 */
abstract class Decoded implements MmsMessageBase {
  abstract readonly kind: MmsMessage['kind'];
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly direction: Direction;
  readonly reference: number;
  readonly id: number;
  readonly rest: readonly TlvNode[];
  declare readonly payloadId?: number;
  declare readonly opaque?: Uint8Array;
  declare readonly additional?: Uint8Array;
  declare readonly reserved?: Uint8Array;
  protected readonly parts: Parts;
  private nodes: readonly TlvNode[] | undefined;

  constructor(parts: Parts, informationLength: number, usesStatus: boolean) {
    const { bytes, information } = parts;
    this.parts = parts;
    this.bytes = bytes;
    this.version = bytes[1] as number;
    this.direction = (bytes[information] as number) & 0x80 ? 'from-reader' : 'to-reader';
    this.reference = bytes[information + 1] as number;
    this.id = ((bytes[information + 2] as number) << 8) | (bytes[information + 3] as number);
    if (parts.informationEnd > information + informationLength) {
      this.reserved = bytes.subarray(information + informationLength, parts.informationEnd);
    }
    if (parts.additional !== ABSENT) this.additional = bytes.subarray(parts.additional, parts.additionalEnd);
    const strayStatus = !usesStatus && parts.status !== ABSENT;
    this.rest = parts.hasRest || strayStatus ? readRest(bytes, strayStatus) : NO_NODES;
  }

  get payload(): readonly TlvNode[] {
    if (this.payloadId === undefined || this.opaque !== undefined) return NO_NODES;
    return (this.nodes ??= readTlv(this.bytes, this.parts.payload + 2, this.parts.payloadEnd));
  }

  /** Plain values with bytes as hexadecimal text. The message is in it whole: redact before it is shown or stored. */
  toJSON(): Record<string, unknown> {
    const { kind, direction, version, reference, id, bytes } = this;
    return { kind, direction, version, reference, id: hexOfId(id), bytes: toHex(bytes) };
  }

  /** Checks tag 84 of all kinds but files: empty, or two id bytes and then TLV. */
  protected checkPayload(): void {
    const { bytes, parts } = this;
    const { payload, payloadEnd } = parts;
    if (payload === ABSENT || payload === payloadEnd) return;
    if (payloadEnd - payload < 2) throw new MmsError('bad-payload', payload, 'tag 84 is shorter than its two id bytes');
    const self = this as { payloadId?: number; opaque?: Uint8Array };
    self.payloadId = ((bytes[payload] as number) << 8) | (bytes[payload + 1] as number);
    const mayBeOther = this.kind === 'notification' && this.id === DISPLAY_REQUEST;
    if (!mayBeOther) checkTlv(bytes, payload + 2, payloadEnd);
    else if (!isTlv(bytes, payload + 2, payloadEnd)) self.opaque = bytes.subarray(payload + 2, payloadEnd);
  }

  /** Checks tag 82 of responses and notifications. */
  protected checkStatus(): void {
    const { status, statusEnd, information } = this.parts;
    if (status === ABSENT) throw new MmsError('bad-status', information, 'tag 82 is missing');
    if (statusEnd - status !== STATUS_LENGTH) {
      throw new MmsError('bad-status', status, `tag 82 is ${String(statusEnd - status)} bytes long, not 4`);
    }
  }
}

/** The top-level objects that have no place of their own in a message. */
function readRest(bytes: Uint8Array, withStatus: boolean): readonly TlvNode[] {
  return readTlv(bytes, 2, bytes.length).filter(({ tag }) => !/^8[1-4]$/.test(tag) || (withStatus && tag === '82'));
}

class DecodedRequest extends Decoded {
  readonly kind = 'request';

  constructor(parts: Parts) {
    super(parts, INFORMATION_LENGTH, false);
    this.checkPayload();
  }
}

class DecodedResponse extends Decoded {
  readonly kind = 'response';
  private statusRead: ResponseStatus | undefined;

  constructor(parts: Parts) {
    super(parts, INFORMATION_LENGTH, true);
    this.checkStatus();
    this.checkPayload();
  }

  get status(): ResponseStatus {
    const { status, statusEnd } = this.parts;
    return (this.statusRead ??= readStatus(this.bytes[status] as number, hexOfPart(this.bytes, status + 1, statusEnd)));
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}

class DecodedNotification extends Decoded {
  readonly kind = 'notification';
  private named: { readonly name: string; readonly text: string } | undefined;

  constructor(parts: Parts) {
    super(parts, INFORMATION_LENGTH, true);
    this.checkStatus();
    this.checkPayload();
  }

  get detail(): Uint8Array {
    return this.bytes.slice(this.parts.status, this.parts.statusEnd);
  }

  get name(): string {
    return (this.named ??= nameNotification(this.id, this.detail)).name;
  }

  get text(): string {
    return (this.named ??= nameNotification(this.id, this.detail)).text;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), detail: toHex(this.detail), name: this.name, text: this.text };
  }
}

class DecodedFile extends Decoded {
  readonly kind = 'file';

  constructor(parts: Parts) {
    super(parts, FILE_INFORMATION_LENGTH, false);
    if (parts.payload === ABSENT) throw new MmsError('bad-payload', parts.information, 'tag 84 is missing');
  }

  get fileId(): string {
    const { information } = this.parts;
    return hexOfPart(this.bytes, information + INFORMATION_LENGTH, information + FILE_INFORMATION_LENGTH);
  }

  get contents(): Uint8Array {
    return this.bytes.subarray(this.parts.payload, this.parts.payloadEnd);
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), fileId: this.fileId };
  }
}
