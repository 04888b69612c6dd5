/**
 * Several commands at one reader, one after the other, where something is waited for between them or a failure does not end them:
 * another reader may come back on the same client. Commands of which each is sent as soon as the one before was answered need no
 * guard: a lost connection ends them.
 */
import { isOpen, type ReaderState } from '../connection/connection-state.js';
import type { Unsubscribe } from '../connection/environment.js';
import { ReaderError } from '../connection/reader-error.js';
import type { ReaderAccess } from './reader-access.js';
import { assertSame, serialOf } from './same-reader.js';

export interface InTurnOptions<Result> {
  readonly client: Pick<ReaderAccess, 'request'> & {
    readonly subscribe: (name: 'state', listener: (detail: { readonly state: ReaderState }) => void) => Unsubscribe;
  };
  readonly signal: AbortSignal;
  /** Gets each result as soon as there is one. */
  readonly onResult: (result: Result) => void;
  /** Whether nothing is to follow a result. Default never. */
  readonly isLast?: (result: Result) => boolean;
}

/**
 * Does something with each item, until one is the last, another reader is there, or the signal is aborted. Never rejects.
 * @param perform To call `guard` before it asks the reader something. The serial number is asked for the first time, and each time that
 * the connection was not open since.
 */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  { client, signal, onResult, isLast }: InTurnOptions<Result>,
  perform: (item: Item, guard: () => Promise<void>) => Promise<Result>,
  failed: (item: Item, message: string) => Result,
): Promise<void> {
  let meant: readonly [serialNumber: string | undefined] | undefined;
  let isSure = false;
  const unsubscribe = client.subscribe('state', ({ state }) => {
    if (!isOpen(state)) isSure = false;
  });
  const guard = async (): Promise<void> => {
    if (isSure) return;
    const found = await serialOf(client, { signal });
    meant ??= [found];
    assertSame(meant[0], found);
    isSure = true;
  };
  // Read anew each time: a signal changes while something is waited for.
  const isOver = (): boolean => signal.aborted;
  let isOther = false;
  try {
    for (const item of items) {
      if (isOver()) return;
      let result: Result;
      try {
        result = await perform(item, guard);
      } catch (error) {
        if (isOver()) return;
        isOther = error instanceof ReaderError && error.code === 'other-reader';
        result = failed(item, (error as Error).message);
      }
      onResult(result);
      if (isOther || isLast?.(result)) return;
    }
  } finally {
    unsubscribe();
  }
}
