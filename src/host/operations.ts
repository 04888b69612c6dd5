/**
 * Later operations on a sale: void, refund, capture, reverse. Each is asked for once under its key, one at a time for a sale.
 */
import { askGateway } from './ask-gateway.js';
import type { Gateway, GatewayOutcome, OperationKind } from './gateway.js';
import { idForLog, type HostLog } from './host-log.js';
import type { Ledger, OperationRecord, SaleRecord } from './ledger.js';
import { paidBack, takenAmount } from './ledger-sums.js';
import { amountOfUnits, minorUnits } from './minor-units.js';
import { Refusal } from './refusal.js';
import type { Sales } from './sales.js';
import { parseOperation } from './schema.js';

export interface OperationsOptions {
  readonly ledger: Ledger;
  readonly gateway: Gateway;
  readonly sales: Sales;
  /** Seconds. */
  readonly timeout: number;
  readonly log: HostLog;
}

/** How an operation ended. */
export interface OperationEnd {
  readonly outcome: GatewayOutcome;
  readonly message?: string;
}

/**
 * Carries an operation out once.
 *
 * @param key Names it within its sale; absent: there is one of each kind.
 * @param body May give an amount; without one it is what was taken, or what is left of it.
 * @throws {Refusal} where it is not asked for.
 */
export async function operate(
  options: OperationsOptions,
  kind: OperationKind,
  transactionId: string,
  key: string | undefined,
  body: unknown,
): Promise<OperationEnd> {
  const { ledger, gateway, sales } = options;
  const sale = await sales.status(transactionId);
  if (!sale) throw new Refusal('not-found', 'transactionId');
  const method = gateway[kind]?.bind(gateway);
  if (!method) throw new Refusal('not-supported');
  const amount = parseOperation(body, sale.currency) ?? (await wholeAmount(ledger, kind, sale));
  const operation = { transactionId, kind, key: key ?? kind, amount };
  const claim = await ledger.claimOperation(operation, sales.owner);
  if (claim.kind === 'busy') throw new Refusal('operation-undecided');
  if (claim.kind === 'not-allowed') throw new Refusal('not-allowed');
  if (claim.kind === 'known') return knownEnd(claim.record, kind);
  const { currency, reference } = sale;
  // Nobody else works on this sale from here on: what is left of it does not change any more.
  if (!(await isCovered(ledger, operation, sale))) {
    await ledger.decideOperation(operation, 'declined');
    throw new Refusal('not-allowed', 'amount');
  }
  return sales.whileAsking(async () => {
    const { log, timeout } = options;
    const answer = await askGateway({
      currency,
      timeout,
      ask: (signal) =>
        method({ transactionId, amount, currency, signal, ...(reference === undefined ? {} : { reference }) }),
      late: ({ outcome, message }) => {
        ledger.decideOperation(operation, outcome, message).catch((error: unknown) => {
          log(`${kind} of ${idForLog(transactionId)}: its answer is not written: ${(error as Error).message}`);
        });
      },
      failed: (why) => log(`${kind} of ${idForLog(transactionId)}: ${gateway.name} gave no answer: ${why}`),
    });
    const { outcome, message } = answer;
    await ledger.decideOperation(operation, outcome, message);
    log(`${kind} of ${idForLog(transactionId)}: ${gateway.name} answered ${outcome}`);
    return { outcome, ...(message === undefined ? {} : { message }) };
  });
}

/** A second request with the same key gets the answer of the first. */
function knownEnd(record: OperationRecord, asked: OperationKind): OperationEnd {
  if (record.kind !== asked) throw new Refusal('idempotency-key-mismatch', 'Idempotency-Key');
  return endOf(record);
}

/** How an operation stands in the ledger. */
export const endOf = ({ state, message }: Pick<OperationRecord, 'state' | 'message'>): OperationEnd => ({
  outcome: state === 'asked' ? 'unknown' : state,
  ...(message === undefined ? {} : { message }),
});

/** What an operation without an amount is about. */
async function wholeAmount(ledger: Ledger, kind: OperationKind, sale: SaleRecord): Promise<string> {
  if (kind !== 'refund') return takenAmount(sale);
  const left =
    minorUnits(takenAmount(sale), sale.currency) - paidBack(sale, await ledger.operations(sale.transactionId));
  return amountOfUnits(left > 0n ? left : 0n, sale.currency);
}

/** Whether no more is paid back or captured than was taken, and nothing less is voided or reversed. */
async function isCovered(
  ledger: Ledger,
  { transactionId, kind, amount }: { transactionId: string; kind: OperationKind; amount: string },
  sale: SaleRecord,
): Promise<boolean> {
  const taken = minorUnits(takenAmount(sale), sale.currency);
  const asked = minorUnits(amount, sale.currency);
  if (kind === 'capture') return asked <= taken;
  if (kind !== 'refund') return asked === taken;
  return asked > 0n && paidBack(sale, await ledger.operations(transactionId)) <= taken;
}
