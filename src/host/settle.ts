/**
 * Records what a person has found out about a sale where no gateway could be asked.
 */
import type { GatewayOutcome } from './gateway.js';
import type { Ledger } from './ledger.js';

/** @returns Whether the sale, or the operation of that key, was undecided. */
export async function settle(
  ledger: Ledger,
  transactionId: string,
  outcome: Exclude<GatewayOutcome, 'unknown'>,
  operationKey?: string,
): Promise<boolean> {
  if (operationKey === undefined) return ledger.decide(transactionId, { outcome });
  const operation = (await ledger.operations(transactionId)).find(({ key }) => key === operationKey);
  if (operation?.state !== 'asked' && operation?.state !== 'unknown') return false;
  await ledger.decideOperation(operation, outcome);
  return true;
}
