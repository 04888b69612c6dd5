/**
 * The two ends of a connection to the simulated reader, and what one client wants to be told.
 * It does not know what messages mean.
 */

/** The client's end of a connection, as its carrier gives it. */
export interface ReaderLink {
  /** Gets one whole message. */
  deliver(bytes: Uint8Array): void;
  /** The reader ends the connection. */
  drop(): void;
  /** The connection breaks without a word, where the carrier can do that. */
  cut?(): void;
}

/** The reader's end of a connection. */
export interface ReaderPort {
  /** Takes one whole message from the client. */
  receive(bytes: Uint8Array): void;
  /** The client has gone. */
  close(): void;
}

/** A reader as its clients see it: something to connect to. */
export interface ReaderEnd {
  /** Connects a client; undefined where it is turned away. */
  connect(link: ReaderLink): ReaderPort | undefined;
  /** Ends all connections for good. */
  close(): void;
}

/** Which clients get a notification: all, or the one whose command caused it. Readers are not confirmed to do either. */
export type Audience = 'all' | 'asker';

/** One client and the notifications that it does not want (command 1F02). */
export class Client {
  readonly link: ReaderLink;
  private readonly unwanted = new Set<number>();
  private wantsNothing = false;

  constructor(link: ReaderLink) {
    this.link = link;
  }

  wants(id: number): boolean {
    return !this.wantsNothing && !this.unwanted.has(id);
  }

  /** @param ids Numbers of notifications; undefined for all of them. */
  subscribe(isWanted: boolean, ids: readonly number[] | undefined): void {
    if (ids === undefined) {
      this.wantsNothing = !isWanted;
      this.unwanted.clear();
      return;
    }
    for (const id of ids) {
      if (isWanted) this.unwanted.delete(id);
      else this.unwanted.add(id);
    }
  }
}
