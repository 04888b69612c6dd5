/**
 * The data that a sale sends to the page's own host: the encrypted card data as JSON, as a form value or in a request for a
 * decision. It never contains a card number in clear: only what the reader encrypted and masked.
 */
import type { CardDataDetail } from '../../transactions/card.js';
import type { Decision } from '../../transactions/outcome.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { Authorize } from '../../transactions/transaction.js';
import { toHex } from '../../mms/hex.js';

/** A sale as its host gets it. */
export interface HostRequest {
  /** Names the sale for ever: a host that gets it twice answers the same, and charges once. */
  readonly transactionId: string;
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** How the card was read. */
  readonly via: CardDataDetail['via'];
  readonly serialNumber: string;
  /** At most the first six and last four digits. */
  readonly maskedPan: string;
  /** Key serial number of the encrypted data, in hexadecimal. */
  readonly ksn: string;
  /** Encryption type byte, in hexadecimal. */
  readonly encryption: string;
  /** The whole ARQC as gateways expect it, in hexadecimal: two length bytes, F9, padding, MAC. */
  readonly arqc: string;
}

/** The facts of a sale for its host. */
export function hostRequest(
  sale: { readonly transactionId: string; readonly amount: string; readonly currency: string },
  { via, serialNumber, maskedPan, ksn, encryption, bytes }: CardDataDetail,
): HostRequest {
  const { transactionId, amount, currency } = sale;
  return { transactionId, amount, currency, via, serialNumber, maskedPan, ksn, encryption, arqc: toHex(bytes) };
}

/**
 * Asks a host at an address of the page's own origin: `POST` with {@link HostRequest} as JSON and the transaction id in
 * `Idempotency-Key`; the answer is a JSON object, `{"approved": boolean, "message"?: string}`. Every other answer decides
 * nothing, also `true` alone: a proxy or a health check may say that.
 *
 * @param base What a relative address is relative to. It does not decide the origin: a `<base>` may name another.
 * @throws {ReaderError} `bad-option` at once, for an address of another origin: card data go to the page's own host only.
 */
export function askAt(address: string, base: string): Authorize {
  const url = ownAddress('authorize-url', address, base);
  return async ({ arqc, signal, ...sale }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': sale.transactionId },
      body: JSON.stringify(hostRequest(sale, arqc)),
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
      signal,
    });
    if (!response.ok) throw new Error(`The host answered with status ${String(response.status)}.`);
    const answer = (await response.json()) as unknown;
    // As an object without a decision it is unclear, whatever it is.
    return (typeof answer === 'object' ? answer : {}) as Decision;
  };
}

/** An address of the page's own origin, for the attribute of that name. */
function ownAddress(attribute: 'authorize-url', address: string, base: string): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.origin === self.origin) return url;
  throw new ReaderError('bad-option', {
    detail: `${attribute} must be an address of this page’s own origin.`,
    because: { code: attribute },
  });
}

/** Asks the first hook, and the second where the first does not ask and does not forbid it. */
export const firstOf =
  (first: Authorize, second: Authorize): Authorize =>
  (request) => {
    const answer = first(request);
    return answer === undefined ? second(request) : answer;
  };
