/**
 * The sales of this page by their id: none is ever started twice, whichever reader runs it.
 * It does not know how sales end.
 */

/** Shared by all copies of this package in a page. */
const KEY = Symbol.for('magtek-elements/started-transactions');

type Progress = 'running' | 'over';

const started = (): Map<string, Progress> => {
  const place = globalThis as Record<symbol, Map<string, Progress> | undefined>;
  return (place[KEY] ??= new Map<string, Progress>());
};

/** Marks an id as started; false when it was before. */
export function claimTransactionId(id: string): boolean {
  const ids = started();
  if (ids.has(id)) return false;
  ids.set(id, 'running');
  return true;
}

/** Marks a sale as over; its id stays taken where its start was sent. */
export function finishTransactionId(id: string, wasSent: boolean): void {
  if (wasSent) started().set(id, 'over');
  else started().delete(id);
}

/** Whether a sale with this id is running in this page. */
export const isRunning = (id: string): boolean => started().get(id) === 'running';
