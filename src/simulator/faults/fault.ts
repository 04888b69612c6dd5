/**
 * A fault of the simulated reader: something that goes wrong between it and its clients, or with itself.
 * It does not know how the reader works.
 */
import type { MmsFile, MmsRequest } from '../../mms/message.js';
import type { CardDataFault } from '../card-data.js';
import type { SeededRandom } from '../random.js';

/**
 * What becomes of a command, or of a file, which nobody answers: nobody hears it, the connection is cut instead of or after
 * carrying it out, or it is refused with a status detail.
 */
export type Fate = 'unheard' | 'cut' | 'cut-after' | { readonly refused: string };

/** What a fault can do to the reader when it begins. */
export interface FaultTarget {
  /** Sends a notification to all clients. */
  announce(id: number, detail: string): void;
  /** Ends what the reader is doing, without a word. */
  stop(): void;
  restart(): void;
  setBattery(percent: number): void;
  /** Sends the last card data for the host once more, as they were. */
  repeatArqc(): void;
}

export interface Fault {
  /** For people, in English. */
  readonly title: string;
  /** What a client sees. */
  readonly help: string;
  /** It happens once and is over, so that it never needs to be ended. */
  readonly isMomentary?: true;
  /** New clients are turned away. */
  readonly refusesClients?: true;
  /** Milliseconds that every message is late. */
  readonly delay?: number;
  /** What the reader is while it lasts and does nothing else. */
  readonly state?: 'offline';
  /** What is wrong with the data of the cards that are read. */
  readonly cardData?: CardDataFault;
  /** Chip cards refuse after the host has said yes. */
  readonly cardRefuses?: true;
  /** No chip gives an answer. */
  readonly chipFails?: true;
  begin?(target: FaultTarget): void;
  end?(target: FaultTarget): void;
  /** What becomes of a command or a file; undefined for the usual. */
  fateOf?(message: MmsRequest | MmsFile): Fate | undefined;
  /** What is sent instead of a message of the reader. */
  send?(message: Uint8Array, random: SeededRandom): readonly Uint8Array[];
}

/** Whether bytes are an answer to a command: the type in tag 81 says so [MG p33]. */
export const isResponse = (message: Uint8Array): boolean => message[4] === 0x82;

/** Place of the reference number in messages as the reader writes them [MG p33]. */
const REFERENCE_AT = 5;

/** The same message under the reference number that follows. */
export function withNextReference(message: Uint8Array): Uint8Array {
  const copy = message.slice();
  copy[REFERENCE_AT] = ((copy[REFERENCE_AT] ?? 0) + 1) & 0xff;
  return copy;
}
