/**
 * MMS messages on a serial line: SLIP frames (RFC 1055) with a direction and the length in front of each message [PJ].
 * It knows nothing of ports, and nothing of what is in the messages.
 *
 * `C0 | direction | length (4 bytes, big-endian) | message | C0`; in it C0 is written DB DC, and DB is written DB DD.
 */
import type { TransportBecause } from './transport.js';

const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;

/** From the host to the reader. */
const TO_READER = 0x00;

/** Bytes in front of a message. */
const HEADER = 5;

/** Bytes of the largest message that is sent or put together. */
const LARGEST_MESSAGE = 1_048_576;

const PARTS_LOST: TransportBecause = { code: 'parts-lost' };

/** @throws {RangeError} when the message is empty or larger than 1 MiB. */
export function toFrame(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = message;
  if (length === 0 || length > LARGEST_MESSAGE)
    throw new RangeError(`a message must have 1 to ${String(LARGEST_MESSAGE)} bytes`);
  const header = [TO_READER, length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff];
  const frame = new Uint8Array(2 + 2 * (HEADER + length));
  let at = 0;
  frame[at++] = END;
  const put = (byte: number): void => {
    if (byte !== END && byte !== ESCAPE) {
      frame[at++] = byte;
      return;
    }
    frame[at++] = ESCAPE;
    frame[at++] = byte === END ? ESCAPED_END : ESCAPED_ESCAPE;
  };
  header.forEach(put);
  message.forEach(put);
  frame[at++] = END;
  return frame.slice(0, at);
}

/** Where a decoder delivers. */
export interface FrameSink {
  /** One whole message. */
  message(bytes: Uint8Array): void;
  /** Bytes that do not make a message, in words; the words hold nothing of what was in them. */
  noise(text: string, because?: TransportBecause): void;
}

/** Puts messages together from bytes as they arrive, in pieces of any size. What does not fit is told once for a frame. */
export class FrameDecoder {
  private readonly sink: FrameSink;
  private buffer = new Uint8Array(1_024);
  private length = 0;
  private isEscaped = false;
  /** What is wrong with the frame that is arriving; its bytes are not kept. */
  private fault: string | undefined;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === END) this.finish();
      else if (this.fault === undefined) this.take(byte);
    }
  }

  private take(byte: number): void {
    if (byte === ESCAPE && !this.isEscaped) {
      this.isEscaped = true;
      return;
    }
    if (!this.isEscaped) this.keep(byte);
    else if (byte === ESCAPED_END) this.keep(END);
    else if (byte === ESCAPED_ESCAPE) this.keep(ESCAPE);
    else this.fault = 'serial bytes with an escape that does not exist';
    this.isEscaped = false;
  }

  private keep(byte: number): void {
    if (this.length >= HEADER + LARGEST_MESSAGE) {
      this.fault = 'more serial bytes than a message has';
      return;
    }
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = byte;
  }

  /** A C0 ends one frame and begins the next; nothing between two of them is nothing (RFC 1055). */
  private finish(): void {
    const { buffer, length, fault, isEscaped } = this;
    this.length = 0;
    this.isEscaped = false;
    this.fault = undefined;
    if (fault !== undefined) this.sink.noise(fault, PARTS_LOST);
    else if (isEscaped) this.sink.noise('serial bytes that end within an escape', PARTS_LOST);
    else if (length === 0) return;
    else if (length <= HEADER) this.sink.noise('serial bytes that are shorter than any message', PARTS_LOST);
    // The direction says nothing that the message does not say.
    else if (new DataView(buffer.buffer).getUint32(1) !== length - HEADER)
      this.sink.noise('serial bytes of another length than they say', PARTS_LOST);
    else this.sink.message(buffer.slice(HEADER, length));
  }
}
