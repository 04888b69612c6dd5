/** Options of a client, and of its requests with their results. */
import type { Reconnect } from '../connection/connection.js';
import type { Environment } from '../connection/environment.js';
import type { JournalListener } from '../journal/journal.js';
import type { MmsNotification, MmsResponse } from '../mms/message.js';
import type { Authorize, Inquire, Reverse } from '../transactions/transaction.js';
import type { Transport } from '../transports/transport.js';

export interface ReaderClientOptions {
  /** Moves the messages; it belongs to this client from now on. */
  readonly transport: Transport;
  /** Seconds to wait for a response unless a request says otherwise. Default 5. */
  readonly requestTimeout?: number;
  /** Whether a lost connection is opened again. Default `auto`. */
  readonly reconnect?: Reconnect;
  /**
   * Whether an unanswered request makes the state `stale` and asks the reader for a property, and the connection is dropped
   * when that is not answered either. Default true.
   */
  readonly livenessCheck?: boolean;
  /**
   * Seconds after which a silent reader is asked for a property, to notice a dead connection before the next command does.
   * Default 0, never: it may keep a reader awake or a session alive that its owner wants to end.
   */
  readonly keepAlive?: number;
  /** Hosts that may be connected to, each with or without a port. Default: all. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Asks the host about a sale; see `ReaderClient.authorize`. */
  readonly authorize?: Authorize;
  /** Asks the host how a sale ended; see `ReaderClient.inquire`. */
  readonly inquire?: Inquire;
  /** Has the host give money back; see `ReaderClient.reverse`. */
  readonly reverse?: Reverse;
  /** Entries that the journal keeps. Default 10,000. */
  readonly journalSize?: number;
  /** Gets every batch of redacted journal entries: for the page's own logging. */
  readonly sink?: JournalListener | undefined;
  /** Clock, timers and what a page knows of itself. Default: clock and timers of the platform, always visible and online. */
  readonly environment?: Environment;
}

export interface RequestOptions {
  /** Rejects the request with `aborted`; one that has been sent may still be carried out. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds to wait for the response, counted from sending. */
  readonly timeout?: number;
  /** Resolve only when the completing notification has come too, where the reader says that the command is still running. */
  readonly until?: 'completed';
}

/** A response, with the notification that completed its command where it was waited for. */
export type CompletedResponse = MmsResponse & { readonly completion?: MmsNotification };
