/**
 * The states of a connection and the steps between them, as one table.
 * It does not know sockets, timers or who asks.
 */
import type { ReaderError } from './reader-error.js';

/** The states that a step can lead from, and where it leads. */
export const transitions = {
  idle: { open: 'connecting' },
  connecting: { opened: 'ready', failed: 'failed', close: 'closed' },
  ready: { lost: 'closed', close: 'closed' },
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

/** What views need to know of a client, frozen; a new one for each change. */
export interface ReaderSnapshot {
  readonly state: ReaderState;
  /** What went wrong last; absent once the connection stands again. */
  readonly error?: ReaderError;
}
