/** The last sale as the element shows it, and what follows from it. */
import type { ReaderError } from '../../connection/reader-error.js';
import type {
  ResolvedTransaction,
  Transaction,
  TransactionPhase,
  TransactionResult,
} from '../../transactions/transaction.js';

export interface ShownSale {
  /** `idle` before the first. */
  readonly phase: TransactionPhase | 'idle';
  /** The one that runs. */
  readonly sale?: Transaction;
  /** How it ended. */
  readonly result?: TransactionResult;
  /** The host told later how it ended. */
  readonly isLate?: boolean;
  /** How a sale was settled that has no outcome of a host. */
  readonly settled?: ResolvedTransaction | undefined;
  /** The last sale that had to be given back and was. */
  readonly givenBack?: ResolvedTransaction | undefined;
  readonly error?: ReaderError | undefined;
}

/** Whether the last sale could not be started because the reader runs one. */
export const isReaderBusy = ({ error, result }: ShownSale): boolean =>
  [error, result?.error].some((each) => [each?.code, each?.status?.code].includes('transaction-in-progress'));

/** Whether the sale that is shown was settled after it had no outcome, and was paid. */
export const isSettledAsPaid = ({ settled, result, isLate }: ShownSale): boolean =>
  Boolean(settled?.approved ?? (isLate && result?.outcome === 'approved'));

/** Whether something of it is drawn by what people settle sales with. */
export const needsSettling = (shown: ShownSale): boolean =>
  isReaderBusy(shown) || Boolean(shown.settled ?? shown.givenBack);
