/**
 * A question that the host does not answer, with what the asker should know: a status, a stable code and the field at fault.
 */

/** Codes of refused questions. */
export type RefusalCode =
  /** A field is missing, of the wrong type or out of range; the body is not JSON. */
  | 'bad-body'
  | 'body-too-large'
  | 'idempotency-key-mismatch'
  /** Fields beside the ARQC contradict what is in it. */
  | 'card-data-mismatch'
  /** The shop has no order for this transaction id. */
  | 'unknown-order'
  /** The page's amount or currency is not the order's. */
  | 'amount-mismatch'
  | 'currency-mismatch'
  /** The same encrypted card data were sent under another transaction id. */
  | 'card-data-used'
  /** The transaction id was used with other card data or another amount. */
  | 'transaction-id-used'
  | 'not-found'
  | 'method-not-allowed'
  /** `permit` said no, or the request comes from a page of another site. */
  | 'forbidden'
  /** The gateway cannot do that. */
  | 'not-supported'
  /** The sale is not in a state that allows it, or more would be paid back than was taken. */
  | 'not-allowed'
  /** Another operation on this sale has no answer yet. */
  | 'operation-undecided';

const statuses: Readonly<Record<RefusalCode, number>> = {
  'bad-body': 400,
  'body-too-large': 413,
  'idempotency-key-mismatch': 400,
  'card-data-mismatch': 400,
  'unknown-order': 404,
  'amount-mismatch': 409,
  'currency-mismatch': 409,
  'card-data-used': 409,
  'transaction-id-used': 409,
  'not-found': 404,
  'method-not-allowed': 405,
  forbidden: 403,
  'not-supported': 422,
  'not-allowed': 409,
  'operation-undecided': 409,
};

/** Thrown inside the host; never leaves it but as a response. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | undefined;

  constructor(code: RefusalCode, field?: string) {
    super(field === undefined ? code : `${code}: ${field}`);
    this.code = code;
    this.field = field;
  }

  /** `{ error: { code, field? } }`. */
  toResponse(): Response {
    const { code, field } = this;
    return jsonResponse({ error: { code, ...(field === undefined ? {} : { field }) } }, statuses[code]);
  }
}

/** A JSON answer that no cache may keep. */
export const jsonResponse = (body: object, status: number): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
