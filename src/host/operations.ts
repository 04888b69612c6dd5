/**
 * Later operations on a sale: void, refund, capture, reverse. Each is asked for once under its key, one at a time for a sale.
 */
import { askGateway } from './ask-gateway.js';
import type { Gateway, GatewayOutcome, OperationKind } from './gateway.js';
import { idForLog, wordsOf, type HostLog } from './host-log.js';
import { operationSteps, type Ledger, type NewOperation, type OperationRecord, type SaleRecord } from './ledger.js';
import { paidBack, takenAmount, unitsLeft } from './ledger-sums.js';
import { amountOfUnits, minorUnits } from './minor-units.js';
import type { Pending } from './pending.js';
import { Refusal } from './refusal.js';
import { pause, REWRITE_PAUSE, type Sales } from './sales.js';
import { parseOperation } from './schema.js';

export interface OperationsOptions {
  readonly ledger: Ledger;
  readonly gateway: Gateway;
  readonly sales: Sales;
  /** Seconds. */
  readonly timeout: number;
  readonly log: HostLog;
  readonly pending: Pending;
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
  const named = key ?? kind;
  const said = parseOperation(body, sale.currency);
  const before = await ledger.operations(transactionId);
  const amount = said ?? wholeAmount(kind, sale, before, named);
  const operation = { transactionId, kind, key: named, amount };
  const isNew = !before.some((record) => record.key === named);
  // Refused before it is taken down: its key stays free for the right amount.
  if (isNew && operationSteps[kind].from.includes(sale.state) && !isCovered(operation, sale, before)) {
    throw new Refusal('not-allowed', 'amount');
  }
  const claim = await ledger.claimOperation(operation, sales.owner);
  if (claim.kind === 'busy') throw new Refusal('operation-undecided');
  if (claim.kind === 'not-allowed') throw new Refusal('not-allowed');
  if (claim.kind === 'known') return knownEnd(claim.record, operation, said);
  const { currency, reference } = sale;
  // Nobody else works on this sale from here on: what is left of it does not change any more.
  if (!isCovered(operation, sale, await ledger.operations(transactionId))) {
    await takeDown(options, operation, { outcome: 'declined' }, 'the host');
    throw new Refusal('not-allowed', 'amount');
  }
  return sales.whileAsking(async () => {
    const { log, timeout, pending } = options;
    const answer = await askGateway({
      currency,
      timeout,
      ask: (signal) =>
        method({ transactionId, amount, currency, signal, ...(reference === undefined ? {} : { reference }) }),
      late: (lateAnswer) => void pending.track(takeDown(options, operation, lateAnswer)),
      failed: (why) => log(`${kind} of ${idForLog(transactionId)}: ${gateway.name} gave no answer: ${why}`),
    });
    return takeDown(options, operation, answer);
  });
}

/** Writes an answer into the ledger. One that it cannot take is unknown, and is written again until it is there. */
async function takeDown(
  options: OperationsOptions,
  operation: NewOperation,
  { outcome, message }: OperationEnd,
  who = options.gateway.name,
): Promise<OperationEnd> {
  const { ledger, log, pending } = options;
  const name = `${operation.kind} of ${idForLog(operation.transactionId)}`;
  const end = { outcome, ...(message === undefined ? {} : { message }) };
  try {
    await ledger.decideOperation(operation, outcome, message);
    log(`${name}: ${who} answered ${outcome}`);
    return end;
  } catch (error) {
    log(`${name}: its answer is not written yet: ${wordsOf(error)}`);
    if (outcome !== 'unknown')
      void pending.track(pause(REWRITE_PAUSE).then(() => takeDown(options, operation, end, who)));
    return { outcome: 'unknown' };
  }
}

/**
 * A second request with the same key gets the answer of the first. One for another amount does not: what was answered would be taken
 * for an answer to it.
 */
function knownEnd(record: OperationRecord, asked: NewOperation, said: string | undefined): OperationEnd {
  // Of one that was declined nothing was moved; what “all of it” is may have changed since.
  const isSame = record.amount === asked.amount || (said === undefined && record.state === 'declined');
  if (record.kind !== asked.kind || !isSame) throw new Refusal('idempotency-key-mismatch', 'Idempotency-Key');
  return endOf(record);
}

/** How an operation stands in the ledger. */
export const endOf = ({ state, message }: Pick<OperationRecord, 'state' | 'message'>): OperationEnd => ({
  outcome: state === 'asked' ? 'unknown' : state,
  ...(message === undefined ? {} : { message }),
});

/** What an operation without an amount is about: what others have left of the sale. */
function wholeAmount(kind: OperationKind, sale: SaleRecord, all: readonly OperationRecord[], key: string): string {
  const others = all.filter((record) => record.key !== key);
  if (kind !== 'refund') return takenAmount(sale, others);
  const left = unitsLeft(sale, others);
  return amountOfUnits(left > 0n ? left : 0n, sale.currency);
}

/**
 * Whether no more is paid back or captured than was taken, and nothing less is voided or reversed, nor anything of which a part was
 * paid back.
 */
function isCovered({ kind, key, amount }: NewOperation, sale: SaleRecord, all: readonly OperationRecord[]): boolean {
  const others = all.filter((record) => record.key !== key);
  const asked = minorUnits(amount, sale.currency);
  const left = unitsLeft(sale, others);
  if (kind === 'capture') return asked <= left;
  if (kind === 'refund') return asked > 0n && asked <= left;
  return asked === left && paidBack(sale, others) === 0n;
}
