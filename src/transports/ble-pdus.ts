/**
 * MMS messages in Bluetooth LE packets of at most 244 bytes: taken apart for sending, put together on receipt [PJ].
 * It knows nothing of devices, and nothing of what is in the messages.
 *
 * | packet | layout                                                                                          |
 * | ------ | ----------------------------------------------------------------------------------------------- |
 * | first  | message counter, 00, control 00, length of the message (4 bytes, big-endian), data              |
 * | later  | message counter, packet counter, data                                                           |
 *
 * The message counter goes from FF to 00. The packet counter goes from FF to 01, so that 00 is always the first.
 */
import type { TransportBecause } from './transport.js';

/** Bytes of the largest packet [PJ]. */
export const PDU = 244;

const FIRST_HEADER = 7;
const LATER_HEADER = 2;
const LARGEST_MESSAGE = 1_048_576;
const PARTS_LOST: TransportBecause = { code: 'parts-lost' };

/** The packet counter after another. */
const nextPacket = (counter: number): number => (counter === 0xff ? 1 : counter + 1);

/**
 * The packets of one message, in order.
 * @param messageCounter 0 to 255, another for each message.
 * @throws {RangeError} when the message is empty or larger than 1 MiB.
 */
export function toPdus(message: Uint8Array, messageCounter: number): Uint8Array<ArrayBuffer>[] {
  const { length } = message;
  if (length === 0 || length > LARGEST_MESSAGE)
    throw new RangeError(`a message must have 1 to ${String(LARGEST_MESSAGE)} bytes`);
  const packet = (header: readonly number[], part: Uint8Array): Uint8Array<ArrayBuffer> =>
    Uint8Array.from([...header, ...part]);
  let at = PDU - FIRST_HEADER;
  const lengthBytes = [length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff];
  const packets = [packet([messageCounter, 0, 0, ...lengthBytes], message.subarray(0, at))];
  for (let counter = 1; at < length; counter = nextPacket(counter)) {
    packets.push(packet([messageCounter, counter], message.subarray(at, at + PDU - LATER_HEADER)));
    at += PDU - LATER_HEADER;
  }
  return packets;
}

/** Where an assembler delivers. */
export interface PduSink {
  /** One whole message. */
  message(bytes: Uint8Array): void;
  /** Packets that do not make a message, in words; the words hold nothing of what was in them. */
  noise(text: string, because?: TransportBecause): void;
}

/** A message that is being collected. */
interface Collection {
  readonly bytes: Uint8Array;
  filled: number;
  readonly messageCounter: number;
  packetCounter: number;
}

/** Puts messages together from packets as they arrive. What does not fit is told once for a message. */
export class PduAssembler {
  private readonly sink: PduSink;
  private collection: Collection | undefined;
  /** Whether what arrives is the rest of a message that was told as broken. */
  private isSkipping = false;

  constructor(sink: PduSink) {
    this.sink = sink;
  }

  add(packet: Uint8Array): void {
    if (packet[1] === 0) this.begin(packet);
    else if (!this.isSkipping) this.goOn(packet);
  }

  private begin(packet: Uint8Array): void {
    if (this.collection) this.refuse('a message that was not finished');
    this.isSkipping = false;
    const [messageCounter = 0] = packet;
    const length = packet.length < FIRST_HEADER ? 0 : new DataView(packet.buffer, packet.byteOffset).getUint32(3);
    if (length === 0 || length > LARGEST_MESSAGE) {
      this.refuse('the beginning of a message of a length that cannot be');
      return;
    }
    this.collection = { bytes: new Uint8Array(length), filled: 0, messageCounter, packetCounter: 0 };
    this.fill(this.collection, packet.subarray(FIRST_HEADER));
  }

  private goOn(packet: Uint8Array): void {
    const { collection } = this;
    const [messageCounter, packetCounter] = packet;
    if (!collection) return this.refuse('the middle of a message without its beginning');
    if (messageCounter !== collection.messageCounter || packetCounter !== nextPacket(collection.packetCounter)) {
      this.refuse('a Bluetooth packet out of order');
      return;
    }
    collection.packetCounter = packetCounter;
    this.fill(collection, packet.subarray(LATER_HEADER));
  }

  private fill(collection: Collection, part: Uint8Array): void {
    const { bytes, filled } = collection;
    if (filled + part.length > bytes.length) return this.refuse('more of a message than it has');
    bytes.set(part, filled);
    collection.filled += part.length;
    if (collection.filled < bytes.length) return;
    this.collection = undefined;
    this.sink.message(bytes);
  }

  private refuse(text: string): void {
    this.collection = undefined;
    this.isSkipping = true;
    this.sink.noise(text, PARTS_LOST);
  }
}
