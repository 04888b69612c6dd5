/** USB packets among bytes that were pasted: recognised, taken apart and put together. It does not know what the messages hold. */
import { START_OF_MESSAGE } from '../mms/decode.js';
import { PacketAssembler } from '../transports/hid-packets.js';

/** Bytes of a report of the readers, without its id [PJ]. */
const REPORT = 64;

const [SINGLE, HEAD, , , CANCEL] = [0, 1, 2, 3, 4] as const;

/** Whether bytes begin as the first packet of a message does. */
export const isFirstPacket = (bytes: Uint8Array): boolean =>
  (bytes[0] === SINGLE && bytes[2] === START_OF_MESSAGE) || (bytes[0] === HEAD && bytes[5] === START_OF_MESSAGE);

/** Whether bytes may be a later packet: what it is of must have been seen. */
export const isLaterPacket = ([type = 0xff]: Uint8Array): boolean => type > HEAD && type <= CANCEL;

/** The packet without the report id 0 that some tools write in front. */
export const withoutReportId = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0 && !isFirstPacket(bytes) && isFirstPacket(bytes.subarray(1)) ? bytes.subarray(1) : bytes;

/** Several packets that were written one behind the other; a single one where the length does not say where they are cut. */
export function splitPackets(bytes: Uint8Array): readonly Uint8Array[] {
  const hasId = withoutReportId(bytes) !== bytes;
  const length = hasId ? REPORT + 1 : REPORT;
  if (bytes.length <= length) return [withoutReportId(bytes)];
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) packets.push(bytes.subarray(at + (hasId ? 1 : 0), at + length));
  return packets;
}

/** What a packet came to. */
export type PacketStep =
  | { readonly kind: 'message'; readonly bytes: Uint8Array; readonly packets: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'broken'; readonly words: string };

/** Messages put together from packets that are given one after the other. */
export class PacketReader {
  private packets = 0;
  private step: PacketStep = { kind: 'more' };
  private readonly assembler = new PacketAssembler({
    message: (bytes) => {
      this.step = { kind: 'message', bytes, packets: this.packets };
      this.packets = 0;
    },
    noise: (words) => {
      this.step = { kind: 'broken', words };
      this.packets = 0;
    },
  });

  /** Whether the last packets of a message are missing. */
  get isOpen(): boolean {
    return this.packets > 0;
  }

  add(packet: Uint8Array): PacketStep {
    this.step = { kind: 'more' };
    this.packets++;
    this.assembler.add(packet);
    return this.step;
  }
}
