/**
 * Sales without an outcome, asked about at the gateway: after a start, and at the end of the day.
 */
import type { Ledger, SaleRecord } from './ledger.js';
import { isUndecided, type Sales } from './sales.js';

/** Transaction ids by how their sales stand now. */
export interface Reconciliation {
  readonly approved: readonly string[];
  readonly declined: readonly string[];
  /** To be looked up by a person, at the gateway or the processor. */
  readonly unknown: readonly string[];
  /** Taken down, but no gateway was asked: no money has moved. */
  readonly notAsked: readonly string[];
}

/** Sales that are looked at in one go: far more than a shop has without an outcome. */
const MOST = 10_000;
/** Questions at a time. */
const AT_ONCE = 8;

export async function reconcile(ledger: Ledger, sales: Sales): Promise<Reconciliation> {
  const records = await ledger.undecided(MOST);
  const after: SaleRecord[] = [];
  for (let at = 0; at < records.length; at += AT_ONCE) {
    after.push(...(await Promise.all(records.slice(at, at + AT_ONCE).map((record) => sales.resolve(record)))));
  }
  const ids = (is: (record: SaleRecord) => boolean): string[] =>
    after.filter(is).map(({ transactionId }) => transactionId);
  return {
    approved: ids((record) => !isUndecided(record) && record.state !== 'declined'),
    declined: ids(({ state }) => state === 'declined'),
    unknown: ids(({ state }) => state === 'asked' || state === 'unknown'),
    notAsked: ids(({ state }) => state === 'received'),
  };
}
