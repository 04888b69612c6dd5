/**
 * The border to a payment gateway: what it is asked, and the three things that it may answer. A gateway moves money; it is
 * asked once for each sale, and never again when it stays silent.
 */

/** `unknown`: nobody here can tell whether money moved. It is never an approval and never a refusal. */
export type GatewayOutcome = 'approved' | 'declined' | 'unknown';

/** What a gateway has answered. */
export interface GatewayAnswer {
  readonly outcome: GatewayOutcome;
  /** Words for the person who pays, or for the cashier. Shown as text, and stored: without card data. */
  readonly message?: string;
  /** Decimal text of the amount that was approved, where the gateway says it: it may be less than what was asked for. */
  readonly authorizedAmount?: string;
  /** Two characters of the issuer (EMV tag 8A), e.g. `00`. */
  readonly responseCode?: string;
  /** TLV objects of the issuer for the card (EMV tags 91, 71, 72), in hexadecimal. */
  readonly issuerData?: string;
  /** What the gateway needs to find this payment again, for void, refund, capture and inquiry. Never leaves the host. */
  readonly reference?: string;
}

/** A sale, as a gateway is asked to decide it. */
export interface AuthorizeRequest {
  /** Names the sale for ever. */
  readonly transactionId: string;
  /** Decimal text, of the shop's own order. */
  readonly amount: string;
  /** ISO 4217 code, three letters. */
  readonly currency: string;
  /** The whole ARQC in upper-case hexadecimal, its two length bytes in front. */
  readonly arqc: string;
  readonly serialNumber: string;
  /** Key serial number of the encrypted card data, in upper-case hexadecimal. */
  readonly ksn: string;
  /** Aborted when the time is over: what is answered later is still taken down. */
  readonly signal: AbortSignal;
}

/** A payment that was asked for before. */
export interface PaymentRequest {
  readonly transactionId: string;
  /** Decimal text: of an inquiry the amount of the sale, of all else what is to be moved. */
  readonly amount: string;
  readonly currency: string;
  /** What the gateway gave with its answer; absent where there was no answer. */
  readonly reference?: string;
  readonly signal: AbortSignal;
}

/** Where money moves. All methods but the first are there where the gateway has them. */
export interface Gateway {
  /** For logs and the ledger. */
  readonly name: string;
  /** Asks for a decision. Whatever it throws means `unknown`. */
  authorize(request: AuthorizeRequest): Promise<GatewayAnswer>;
  /** Asks how a sale ended, without moving money. A sale that is not known there (yet) is `unknown`. */
  inquire?(request: PaymentRequest): Promise<GatewayAnswer>;
  /** Takes a payment back before it is settled, whole. */
  void?(request: PaymentRequest): Promise<GatewayAnswer>;
  /** Pays money back. */
  refund?(request: PaymentRequest): Promise<GatewayAnswer>;
  /** Takes the money of an authorisation. */
  capture?(request: PaymentRequest): Promise<GatewayAnswer>;
  /** Takes a sale back that the host approved and the card then refused. */
  reverse?(request: PaymentRequest): Promise<GatewayAnswer>;
}

/** What may be done to a payment later. */
export const operationKinds = ['void', 'refund', 'capture', 'reverse'] as const;

/** @see {@link operationKinds} */
export type OperationKind = (typeof operationKinds)[number];
