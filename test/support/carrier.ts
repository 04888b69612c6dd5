/**
 * A carrier is a way on which messages travel between a client and a reader, and how somebody who wants to connect is
 * met there. Which carriers there are, it does not know.
 */
import type { ReaderLink, ReaderPort } from '../../src/simulator/links.js';
import { TransportError, type Transport } from '../../src/transports/transport.js';

/** The client's end of a connection, which a reader can also misuse. */
export interface CarrierLink extends ReaderLink {
  /** Ends the connection, with a close code where the carrier has such. */
  drop(code?: number): void;
  /** The connection breaks without a word. */
  cut(): void;
  /** Sends something that no message can be made of. */
  noise(): void;
}

/** What stands at the other end: a simulated reader, or one that a test plays. */
export interface ReaderEnd {
  /** Connects a client; undefined where it is turned away. */
  connect(link: CarrierLink): ReaderPort | undefined;
}

/** How somebody who wants to connect is met: taken, refused, or neither. */
export type Door = 'open' | 'shut' | 'stuck';

/** A reader's end that has been put behind a carrier. */
export interface Carried {
  /** Another way to the reader each time, as from another computer. */
  transport(): Transport;
  /** From now on. What is stuck goes on when the door is opened. */
  setDoor(door: Door): void;
  close(): Promise<void>;
}

export interface Carrier {
  /** Whether a connection that ends has a close code that tells why. */
  readonly hasCloseCodes: boolean;
  /** Whether an opening can get stuck; where there is no handshake it cannot. */
  readonly canStick: boolean;
  /** Why it cannot be had here; absent where it can. */
  readonly missing?: string | undefined;
  carry(reader: ReaderEnd): Promise<Carried>;
}

/** Close codes of a reader's end. */
export const SERVICE_RESTART = 1012;
export const TRY_AGAIN_LATER = 1013;

/** Something that waits until a door is opened. */
export class DoorQueue {
  door: Door = 'open';
  private readonly stuck = new Set<() => void>();

  set(door: Door): void {
    this.door = door;
    if (door !== 'open') return;
    for (const goOn of [...this.stuck]) goOn();
    this.stuck.clear();
  }

  /** Calls when the door is open; false where it is shut. */
  pass(goOn: () => void): boolean {
    if (this.door === 'stuck') this.stuck.add(goOn);
    if (this.door === 'open') goOn();
    return this.door !== 'shut';
  }

  /** Resolves when the door is open, rejects where it is shut. */
  async wait(refusal: () => Error): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      if (!this.pass(resolve)) reject(refusal());
    });
  }
}

export const unreachable = (): TransportError => new TransportError('unreachable', 'Nobody opens.');
