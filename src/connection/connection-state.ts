/**
 * The states of a connection and the steps between them, as one table.
 * It does not know sockets, timers or who asks.
 */
import type { ReaderError } from './reader-error.js';

/**
 * The steps that each state allows, and where they lead.
 *
 * `open`: somebody asked for a connection. `opened`: it stands. `failed`: it could not be opened, and waiting will not
 * help or nobody wants to wait. `retry`: it could not be opened and is tried again. `doubt`: a request was not answered.
 * `verified`: the reader has answered again. `lost`: it is gone and is tried again. `ended`: it is gone for good.
 * `close`: this page closed it.
 */
export const transitions = {
  idle: { open: 'connecting' },
  connecting: { opened: 'ready', failed: 'failed', retry: 'reconnecting', close: 'closed' },
  ready: { doubt: 'stale', lost: 'reconnecting', ended: 'closed', close: 'closed' },
  stale: { verified: 'ready', lost: 'reconnecting', ended: 'closed', close: 'closed' },
  reconnecting: { opened: 'ready', failed: 'failed', retry: 'reconnecting', close: 'closed' },
  failed: { open: 'connecting', close: 'closed' },
  closed: { open: 'connecting' },
} as const;

/** State of the connection to the reader. */
export type ReaderState = keyof typeof transitions;

/** What can happen to a connection. */
export type ConnectionStep = { [S in ReaderState]: keyof (typeof transitions)[S] }[ReaderState];

/** Where a step leads; undefined where it means nothing in that state. */
export function nextState(state: ReaderState, step: ConnectionStep): ReaderState | undefined {
  return (transitions[state] as Partial<Record<ConnectionStep, ReaderState>>)[step];
}

/** Whether messages can be sent in a state. */
export const isOpen = (state: ReaderState): boolean => state === 'ready' || state === 'stale';

/** Whether somebody wants the reader in a state. */
export const isUsed = (state: ReaderState): boolean => state !== 'closed' && state !== 'failed';

/** What views need to know of a client, frozen; a new one for each change. */
export interface ReaderSnapshot {
  readonly state: ReaderState;
  /** What went wrong last; absent once the connection stands again. */
  readonly error?: ReaderError;
  /** While reconnecting: when the next try is due, in milliseconds since 1970; absent while the page is hidden or offline. */
  readonly retryAt?: number;
  /** While connecting: the browser may be asking the person for a permission. */
  readonly asking?: boolean;
  /** While reconnecting: there has been no connection yet since the client was made. */
  readonly neverOpened?: boolean;
}
