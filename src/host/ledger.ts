/**
 * The ledger: the truth about each sale by its transaction id, written before a gateway is asked. What a ledger promises, and
 * which step may follow which. It holds no card data: of the ARQC it keeps a hash, the key serial number and the reader's.
 */
import type { GatewayAnswer, GatewayOutcome, OperationKind } from './gateway.js';

/**
 * `received`: taken down, no gateway asked. `asked`: a gateway is being asked. `unknown`: it was asked and has not answered.
 * `approved`, `declined`: it has. The others: what was done to an approved sale later.
 */
export type SaleState =
  'received' | 'asked' | 'unknown' | 'approved' | 'declined' | 'captured' | 'voided' | 'refunded' | 'reversed';

/** Which states a gateway's answer may still change. An answer that came too late, or by inquiry, decides an `unknown` sale. */
export const decidable: readonly SaleState[] = ['asked', 'unknown'];

/** From which state a sale may be voided, refunded, captured or reversed, and where that leads. */
export const operationSteps: Readonly<
  Record<OperationKind, { readonly from: readonly SaleState[]; readonly to: SaleState }>
> = {
  void: { from: ['approved', 'captured'], to: 'voided' },
  refund: { from: ['approved', 'captured'], to: 'refunded' },
  capture: { from: ['approved'], to: 'captured' },
  reverse: { from: ['approved', 'captured'], to: 'reversed' },
};

/** A sale as it is taken down. */
export interface NewSale {
  readonly transactionId: string;
  /** Decimal text with all decimals of its currency. */
  readonly amount: string;
  readonly currency: string;
  readonly serialNumber: string;
  readonly ksn: string;
  /** SHA-256 of the ARQC, in hexadecimal. */
  readonly arqcHash: string;
}

/** A sale as the ledger has it. */
export interface SaleRecord extends NewSale, Omit<GatewayAnswer, 'outcome'> {
  readonly state: SaleState;
  /** Seconds since the process that asks a gateway was last known to be running. */
  readonly silentFor: number;
}

/** What became of taking a sale down. */
export type Claim =
  | { readonly kind: 'new' }
  /** The id was taken down before. */
  | { readonly kind: 'known'; readonly record: SaleRecord }
  /** The same card data belong to another id. */
  | { readonly kind: 'card-data-used' };

/** Something that is done to a sale later. */
export interface NewOperation {
  readonly transactionId: string;
  readonly kind: OperationKind;
  /** Names the operation within its sale: the same key is carried out once. */
  readonly key: string;
  /** Decimal text with all decimals of the sale's currency. */
  readonly amount: string;
}

/** An operation as the ledger has it. */
export interface OperationRecord extends NewOperation {
  readonly state: 'asked' | GatewayOutcome;
  readonly message?: string;
  readonly silentFor: number;
}

export type OperationClaim =
  | { readonly kind: 'new' }
  | { readonly kind: 'known'; readonly record: OperationRecord }
  /** Another operation on this sale has not been decided. */
  | { readonly kind: 'busy' }
  /** The sale is not in a state that allows it. */
  | { readonly kind: 'not-allowed' };

/**
 * Keeps sales. Every method is atomic, also between processes, and resolves once what it wrote would survive a crash.
 * `sqliteLedger` and `postgresLedger` are two; any other database that can promise this will do.
 */
export interface Ledger {
  /** Takes a sale down as `received`, unless its id or its card data are there. */
  claim(sale: NewSale): Promise<Claim>;
  /** Forgets a sale that is still `received`. */
  release(transactionId: string): Promise<void>;
  /** `received` → `asked`, by this process; false where another one was faster. */
  ask(transactionId: string, owner: string): Promise<boolean>;
  /** Takes the gateway's answer down; false where the sale is decided already. `unknown` changes `asked` alone. */
  decide(transactionId: string, answer: GatewayAnswer): Promise<boolean>;
  /** Says that a process is running and still asks what it has begun to ask. */
  beat(owner: string): Promise<void>;
  find(transactionId: string): Promise<SaleRecord | undefined>;
  /** Sales that are `received`, `asked` or `unknown`, oldest first, at most so many. */
  undecided(most: number): Promise<readonly SaleRecord[]>;
  /** Takes an operation down as asked for, where the sale's state allows it and no other one is undecided. */
  claimOperation(operation: NewOperation, owner: string): Promise<OperationClaim>;
  /** Takes its end down, and moves the sale to its next state where it was approved. */
  decideOperation(operation: NewOperation, outcome: GatewayOutcome, message?: string): Promise<void>;
  /** Operations of a sale, oldest first. */
  operations(transactionId: string): Promise<readonly OperationRecord[]>;
  /** Ends what the ledger has opened itself. */
  close(): Promise<void>;
}
