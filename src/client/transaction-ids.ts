/**
 * The transaction ids that this page has sent a start for: none is ever started twice.
 * It does not know how sales end.
 */

/** Shared by all copies of this package in a page. */
const KEY = Symbol.for('magtek-elements/started-transactions');

const started = (): Set<string> => {
  const place = globalThis as Record<symbol, Set<string> | undefined>;
  return (place[KEY] ??= new Set());
};

/** Marks an id as started; false when it was before. */
export function claimTransactionId(id: string): boolean {
  const ids = started();
  if (ids.has(id)) return false;
  ids.add(id);
  return true;
}

/** Makes an id free again whose start was never sent. */
export function releaseTransactionId(id: string): void {
  started().delete(id);
}
