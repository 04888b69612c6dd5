/**
 * MMS messages in USB reports of a fixed length: taken apart for sending, put together on receipt [PJ].
 * It knows nothing of devices, and nothing of what is in the messages.
 *
 * | type      | layout, in a report of R bytes                                              |
 * | --------- | --------------------------------------------------------------------------- |
 * | 00 single | 00, length of the message (at most R-2), message, padding                   |
 * | 01 head   | 01, length of the message (4 bytes, big-endian), R-5 bytes                  |
 * | 02 middle | 02, number of the packet (2 bytes, big-endian, from 1), R-3 bytes           |
 * | 03 tail   | 03, length of the rest (at most R-2), rest, padding                         |
 * | 04 cancel | 04: what has been collected is thrown away                                  |
 */
import type { TransportBecause } from './transport.js';

const SINGLE = 0x00;
const HEAD = 0x01;
const MIDDLE = 0x02;
const TAIL = 0x03;
const CANCEL = 0x04;

/** Bytes of the shortest report that can carry anything in every kind of packet. */
export const SHORTEST_REPORT = 8;

/** What all words of an assembler come to. */
const PARTS_LOST = { code: 'parts-lost' } as const;

/**
 * Bytes of the longest report whose singles and tails the one byte of their length can fill. In a longer one a message that is too long
 * for a single could end in its head, with nothing left for the tail.
 */
export const LONGEST_REPORT = 0xff + 2;

/** Bytes of the largest message that is sent or put together; the largest known one, a bitmap, has 214 KiB [PJ]. */
export const LARGEST_MESSAGE = 1_048_576;

/** How much of a message fits into a single or a tail. */
const roomAtEnd = (reportLength: number): number => reportLength - 2;

/**
 * The reports of one message, in order, each padded with zeros to its full length.
 *
 * @param reportLength Bytes of a report, without the report id.
 * @throws {RangeError} when the message is empty or larger than {@link LARGEST_MESSAGE}, or the report is too short or too long.
 */
export function toPackets(message: Uint8Array, reportLength: number): Uint8Array<ArrayBuffer>[] {
  if (reportLength < SHORTEST_REPORT || reportLength > LONGEST_REPORT)
    throw new RangeError(`a report of ${String(reportLength)} bytes is too short or too long`);
  if (message.length === 0 || message.length > LARGEST_MESSAGE)
    throw new RangeError(`a message must have 1 to ${String(LARGEST_MESSAGE)} bytes`);
  const packet = (header: readonly number[], part: Uint8Array): Uint8Array<ArrayBuffer> => {
    const report = new Uint8Array(reportLength);
    report.set(header);
    report.set(part, header.length);
    return report;
  };
  const { length } = message;
  const end = roomAtEnd(reportLength);
  if (length <= end) return [packet([SINGLE, length], message)];
  const packets = [packet([HEAD, ...bigEndian(length, 4)], message.subarray(0, reportLength - 5))];
  let at = reportLength - 5;
  for (let number = 1; length - at > end; number++) {
    packets.push(packet([MIDDLE, ...bigEndian(number, 2)], message.subarray(at, at + reportLength - 3)));
    at += reportLength - 3;
  }
  packets.push(packet([TAIL, length - at], message.subarray(at)));
  return packets;
}

/** A report that makes the receiver throw away what it has collected of a message. */
export function cancelPacket(reportLength: number): Uint8Array<ArrayBuffer> {
  const report = new Uint8Array(reportLength);
  report[0] = CANCEL;
  return report;
}

const bigEndian = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, at) => (value >>> (8 * (bytes - 1 - at))) & 0xff);

/** Where an assembler delivers. */
export interface AssemblerSink {
  /** One whole message. */
  message(bytes: Uint8Array): void;
  /** Packets that do not make a message, in words; the words hold nothing of what was in them. */
  noise(text: string, because?: TransportBecause): void;
}

/** A message that is being collected. */
interface Collection {
  readonly bytes: Uint8Array;
  filled: number;
  /** Number of the middle packet before; undefined before the first, whatever it is called. */
  number: number | undefined;
}

/**
 * Puts messages together from packets as they arrive. What does not fit is told as noise, once for a message, and never
 * delivered in part; the next single or head begins anew. A system that is read too late drops packets without a word, so
 * what follows a gap is the rest of a message that has been told already.
 */
export class PacketAssembler {
  private readonly sink: AssemblerSink;
  private collection: Collection | undefined;
  /** Whether what arrives is the rest of a message that was told as broken. */
  private isSkipping = false;

  constructor(sink: AssemblerSink) {
    this.sink = sink;
  }

  /** @param packet One report without its id; padding may be absent. */
  add(packet: Uint8Array): void {
    switch (packet[0]) {
      case SINGLE:
        this.abandon();
        this.isSkipping = false;
        this.deliverCounted(packet);
        break;
      case HEAD:
        this.abandon();
        this.isSkipping = false;
        this.begin(packet);
        break;
      case MIDDLE:
        if (!this.isSkipping) this.addMiddle(packet);
        break;
      case TAIL:
        if (!this.isSkipping) this.addTail(packet);
        this.isSkipping = false;
        break;
      case CANCEL:
        this.collection = undefined;
        this.isSkipping = false;
        break;
      default:
        this.refuse(packet.length === 0 ? 'a USB packet without a type' : 'a USB packet of an unknown type');
    }
  }

  private deliverCounted(packet: Uint8Array): void {
    const length = packet[1] ?? 0;
    if (length === 0 || length > packet.length - 2) this.refuse('a USB packet that is shorter than it says');
    else this.sink.message(packet.slice(2, 2 + length));
  }

  private begin(packet: Uint8Array): void {
    if (packet.length < SHORTEST_REPORT) return this.refuse('the beginning of a message without its length');
    const length = new DataView(packet.buffer, packet.byteOffset).getUint32(1);
    const part = packet.subarray(5);
    // A message that ends in its head would have been a single; its tail must have something left to carry.
    if (length <= part.length || length > LARGEST_MESSAGE) {
      this.refuse(`the beginning of a message of ${String(length)} bytes, which cannot be`);
      return;
    }
    this.collection = { bytes: new Uint8Array(length), filled: 0, number: undefined };
    this.fill(this.collection, part);
  }

  private addMiddle(packet: Uint8Array): void {
    const { collection } = this;
    if (!collection) return this.refuse('the middle of a message without its beginning');
    const part = packet.subarray(3);
    const number = packet.length < 4 ? undefined : new DataView(packet.buffer, packet.byteOffset).getUint16(1);
    const isNext =
      number !== undefined && (collection.number === undefined || number === ((collection.number + 1) & 0xffff));
    if (!isNext) this.refuse('the middle of a message out of order');
    else if (collection.filled + part.length >= collection.bytes.length) this.refuse('more of a message than it has');
    else {
      collection.number = number;
      this.fill(collection, part);
    }
  }

  private addTail(packet: Uint8Array): void {
    const { collection } = this;
    if (!collection) return this.refuse('the end of a message without its beginning');
    const length = packet[1] ?? 0;
    if (length !== collection.bytes.length - collection.filled || length > packet.length - 2) {
      this.refuse('the end of a message of which parts are missing');
      return;
    }
    this.fill(collection, packet.subarray(2, 2 + length));
    this.collection = undefined;
    this.sink.message(collection.bytes);
  }

  private fill(collection: Collection, part: Uint8Array): void {
    collection.bytes.set(part, collection.filled);
    collection.filled += part.length;
  }

  /** A new message begins although the one before has not ended. */
  private abandon(): void {
    if (this.collection) this.refuse('a message that was not finished');
  }

  private refuse(text: string): void {
    this.collection = undefined;
    this.isSkipping = true;
    this.sink.noise(text, PARTS_LOST);
  }
}
