/**
 * The tables of a ledger, their migrations, and rows as records. The same text serves SQLite and PostgreSQL.
 */
import type { GatewayAnswer } from './gateway.js';
import type { OperationRecord, SaleRecord } from './ledger.js';

/**
 * One entry for each version of the tables; those that a database has not seen are carried out in order. Never change one that
 * was released: add another.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE magtek_sales (
    transaction_id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    ksn TEXT NOT NULL,
    arqc_hash TEXT NOT NULL UNIQUE,
    answer TEXT,
    reference TEXT,
    owner TEXT,
    received_at BIGINT NOT NULL,
    alive_at BIGINT NOT NULL,
    UNIQUE (serial_number, ksn)
  );
  CREATE INDEX magtek_sales_undecided ON magtek_sales (received_at) WHERE state IN ('received', 'asked', 'unknown');
  CREATE TABLE magtek_operations (
    transaction_id TEXT NOT NULL REFERENCES magtek_sales (transaction_id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT,
    owner TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    alive_at BIGINT NOT NULL,
    PRIMARY KEY (transaction_id, key)
  );
  CREATE UNIQUE INDEX magtek_operations_undecided ON magtek_operations (transaction_id) WHERE state IN ('asked', 'unknown');`,
];

/** Columns of a sale; `silent_for` is made by the query, because the database's clock counts. */
export const SALE_COLUMNS = 'transaction_id, state, amount, currency, serial_number, ksn, arqc_hash, answer, reference';

export const OPERATION_COLUMNS = 'transaction_id, key, kind, amount, state, message';

/** A row of either database. */
export type Row = Readonly<Record<string, unknown>>;

const text = (row: Row, column: string): string => row[column] as string;

export function saleOf(row: Row): SaleRecord {
  const reference = row.reference as string | null;
  return {
    transactionId: text(row, 'transaction_id'),
    state: text(row, 'state') as SaleRecord['state'],
    amount: text(row, 'amount'),
    currency: text(row, 'currency'),
    serialNumber: text(row, 'serial_number'),
    ksn: text(row, 'ksn'),
    arqcHash: text(row, 'arqc_hash'),
    silentFor: Number(row.silent_for),
    ...(JSON.parse((row.answer as string | null) ?? '{}') as object),
    ...(reference === null ? {} : { reference }),
  };
}

export function operationOf(row: Row): OperationRecord {
  const message = row.message as string | null;
  return {
    transactionId: text(row, 'transaction_id'),
    key: text(row, 'key'),
    kind: text(row, 'kind') as OperationRecord['kind'],
    amount: text(row, 'amount'),
    state: text(row, 'state') as OperationRecord['state'],
    silentFor: Number(row.silent_for),
    ...(message === null ? {} : { message }),
  };
}

/** The part of an answer that is kept as JSON; the reference has a column of its own. */
export function answerText({ message, authorizedAmount, responseCode, issuerData }: GatewayAnswer): string {
  return JSON.stringify({ message, authorizedAmount, responseCode, issuerData });
}
