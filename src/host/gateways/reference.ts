/**
 * The part of an answer that is kept to find the payment again: the text of a gateway's `reference`. It stays on the host.
 */
import { fieldsOf, text } from './fields.js';

/** Ids of a payment; each where the gateway gave it. */
export interface PaymentIds {
  /** Magensa's own id. */
  readonly magTranID?: string | undefined;
  /** The processor's. */
  readonly transactionID?: string | undefined;
  readonly authCode?: string | undefined;
  /** Stands for the card: as good as its number to whoever has the credentials. */
  readonly token?: string | undefined;
  /** First Data wants it again for later operations. */
  readonly processorResponse?: string | undefined;
}

/** Undefined where there is nothing to find it by. */
export function writeReference(ids: PaymentIds): { readonly reference?: string } {
  return Object.values(ids).some((id) => id !== undefined) ? { reference: JSON.stringify(ids) } : {};
}

export function readReference(reference: string | undefined): PaymentIds {
  try {
    const fields = fieldsOf(JSON.parse(reference ?? '{}'));
    return {
      magTranID: text(fields, 'magTranID'),
      transactionID: text(fields, 'transactionID'),
      authCode: text(fields, 'authCode'),
      token: text(fields, 'token'),
      processorResponse: text(fields, 'processorResponse'),
    };
  } catch {
    return {};
  }
}
