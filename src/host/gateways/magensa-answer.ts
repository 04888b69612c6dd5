/**
 * An answer of Unigate or MPPG as one of three outcomes. Both services answer with status 200 when a payment was declined: only
 * the flag says that money moved, and where it is missing nobody knows.
 */
import type { GatewayAnswer, GatewayOutcome } from '../gateway.js';
import { fromService, type AmountUnit } from './amounts.js';
import { decimal, flag, inner, listed, text, type Fields } from './fields.js';
import { issuerAnswer } from './issuer-data.js';
import { writeReference } from './reference.js';

/** Fields as both services have them; MPPG writes them with capitals. */
export interface MagensaAnswer {
  readonly answer: GatewayAnswer;
  /** The key serial number was seen before: the answer may be that of an earlier payment. */
  readonly isReplay: boolean;
  /** The own id that the service gives back; undefined where it gives none. */
  readonly transactionId: string | undefined;
}

const outcomes = new Map<boolean | undefined, GatewayOutcome>([
  [true, 'approved'],
  [false, 'declined'],
]);

export function readAnswer(
  fields: Fields,
  { currency, unit, keepsResponse }: { currency: string; unit: AmountUnit; keepsResponse: boolean },
): MagensaAnswer {
  const output = inner(fields, 'transactionOutput');
  const outcome = outcomes.get(flag(output, 'isTransactionApproved')) ?? 'unknown';
  const message = text(output, 'transactionMessage') ?? text(fields, 'error');
  // A declined payment may name the amount too: it says nothing about money.
  const amount = outcome === 'approved' ? decimal(output, 'authorizedAmount') : undefined;
  return {
    isReplay: flag(inner(fields, 'dataOutput'), 'isReplay') === true,
    // An id of digits may come as a number.
    transactionId: decimal(fields, 'customerTransactionID'),
    answer: {
      outcome,
      ...(message === undefined ? {} : { message }),
      ...(amount === undefined ? {} : { authorizedAmount: fromService(amount, currency, unit) }),
      ...issuerAnswer({
        authentication: text(output, 'issuerAuthenticationData'),
        script71: text(output, 'issuerScriptTemplate1'),
        script72: text(output, 'issuerScriptTemplate2'),
      }),
      ...writeReference({
        magTranID: text(fields, 'magTranID'),
        transactionID: text(output, 'transactionID'),
        authCode: text(output, 'authCode'),
        token: text(output, 'token'),
        processorResponse: keepsResponse ? listed(output, 'transactionOutputDetails', 'ProcessorResponse') : undefined,
      }),
    },
  };
}

/** The same answer where nobody knows whether it is about this payment. */
export const asUnknown = ({ reference }: GatewayAnswer, message: string): GatewayAnswer => ({
  ...{ outcome: 'unknown', message },
  ...(reference === undefined ? {} : { reference }),
});
