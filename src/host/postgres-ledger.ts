/**
 * A ledger in PostgreSQL, for several servers: whichever of them gets a sale first asks for it, and the database's clock counts.
 */
import { Batch } from './batch.js';
import type { GatewayAnswer, GatewayOutcome } from './gateway.js';
import {
  operationSteps,
  type Claim,
  type Ledger,
  type NewOperation,
  type NewSale,
  type OperationClaim,
  type OperationRecord,
  type SaleRecord,
} from './ledger.js';
import {
  answerText,
  migrations,
  OPERATION_COLUMNS,
  operationOf,
  SALE_COLUMNS,
  saleOf,
  type Row,
} from './ledger-rows.js';
import { isPaidBack } from './ledger-sums.js';

/** What is needed of a pool of the package `pg`. The pool stays the caller's, who ends it. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Milliseconds since 1970, by the clock of the database. */
const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
const SILENCE = `((${NOW} - alive_at) / 1000.0)::float8 AS silent_for`;

/** One lock for all processes that migrate the tables. Any number will do; it is this package's. */
const MIGRATION_LOCK = 4_736_001;

/**
 * The migrations that a database has not seen, in one transaction, one process at a time. Tables that only a newer version of this
 * package knows are left as they are.
 */
const migrate = `DO $body$
BEGIN
  PERFORM pg_advisory_xact_lock(${String(MIGRATION_LOCK)});
  CREATE TABLE IF NOT EXISTS magtek_host_schema (version INTEGER PRIMARY KEY);
  IF EXISTS (SELECT 1 FROM magtek_host_schema WHERE version > ${String(migrations.length)}) THEN
    RAISE EXCEPTION 'it was written by a newer version of this package (tables %).', (SELECT max(version) FROM magtek_host_schema);
  END IF;
${migrations
  .map(
    (sql, at) => `  IF NOT EXISTS (SELECT 1 FROM magtek_host_schema WHERE version = ${String(at + 1)}) THEN
    ${sql}
    INSERT INTO magtek_host_schema VALUES (${String(at + 1)});
  END IF;`,
  )
  .join('\n')}
END
$body$`;

class PostgresLedger implements Ledger {
  private readonly pool: PostgresPool;
  private readonly claims = new Batch((sales: readonly NewSale[]) => this.claimAll(sales));
  private readonly asks = new Batch((asked: readonly { id: string; owner: string }[]) => this.askAll(asked));
  private readonly decisions = new Batch((decided: readonly { id: string; answer: GatewayAnswer }[]) =>
    this.decideAll(decided),
  );
  private migrated: Promise<unknown> | undefined;

  constructor(pool: PostgresPool) {
    this.pool = pool;
  }

  claim(sale: NewSale): Promise<Claim> {
    return this.claims.add(sale);
  }

  async release(transactionId: string): Promise<void> {
    await this.query(`DELETE FROM magtek_sales WHERE transaction_id = $1 AND state = 'received'`, [transactionId]);
  }

  ask(transactionId: string, owner: string): Promise<boolean> {
    return this.asks.add({ id: transactionId, owner });
  }

  decide(transactionId: string, answer: GatewayAnswer): Promise<boolean> {
    return this.decisions.add({ id: transactionId, answer });
  }

  async beat(owner: string): Promise<void> {
    for (const table of ['magtek_sales', 'magtek_operations']) {
      await this.query(`UPDATE ${table} SET alive_at = ${NOW} WHERE state = 'asked' AND owner = $1`, [owner]);
    }
  }

  async find(transactionId: string): Promise<SaleRecord | undefined> {
    return (await this.findAll([transactionId])).get(transactionId);
  }

  async undecided(most: number): Promise<readonly SaleRecord[]> {
    const rows = await this.query(
      `SELECT ${SALE_COLUMNS}, ${SILENCE} FROM magtek_sales WHERE state IN ('received', 'asked', 'unknown')
       ORDER BY received_at LIMIT $1`,
      [most],
    );
    return rows.map(saleOf);
  }

  async claimOperation(operation: NewOperation, owner: string): Promise<OperationClaim> {
    const { transactionId, key, kind, amount } = operation;
    const added = await this.query(
      `INSERT INTO magtek_operations (transaction_id, key, kind, amount, state, owner, received_at, alive_at)
       SELECT transaction_id, $2, $3, $4, 'asked', $5, ${NOW}, ${NOW} FROM magtek_sales
       WHERE transaction_id = $1 AND state = ANY ($6) ON CONFLICT DO NOTHING RETURNING key`,
      [transactionId, key, kind, amount, owner, operationSteps[kind].from],
    );
    if (added.length === 1) {
      // Meanwhile another operation may have ended, and with it the state that allows this one.
      const sale = await this.find(transactionId);
      if (sale && operationSteps[kind].from.includes(sale.state)) return { kind: 'new' };
      await this.query('DELETE FROM magtek_operations WHERE transaction_id = $1 AND key = $2', [transactionId, key]);
      return { kind: 'not-allowed' };
    }
    const operations = await this.operations(transactionId);
    const known = operations.find((record) => record.key === key);
    if (known) return { kind: 'known', record: known };
    const isBusy = operations.some(({ state }) => state === 'asked' || state === 'unknown');
    return { kind: isBusy ? 'busy' : 'not-allowed' };
  }

  async decideOperation(operation: NewOperation, outcome: GatewayOutcome, message?: string): Promise<void> {
    const { transactionId, key, kind } = operation;
    const before = await this.operations(transactionId);
    const sale = await this.find(transactionId);
    const after = before.map((record) => (record.key === key ? { ...record, state: outcome } : record));
    const moves = sale && outcome === 'approved' && (kind !== 'refund' || isPaidBack(sale, after));
    // One statement, so that the operation never ends without the sale's next state.
    await this.query(
      `WITH ended AS (
         UPDATE magtek_operations SET state = $3, message = $4
         WHERE transaction_id = $1 AND key = $2 AND state IN ('asked', 'unknown') RETURNING transaction_id)
       UPDATE magtek_sales s SET state = COALESCE($5, s.state) FROM ended WHERE s.transaction_id = ended.transaction_id`,
      [transactionId, key, outcome, message ?? null, moves ? operationSteps[kind].to : null],
    );
  }

  async operations(transactionId: string): Promise<readonly OperationRecord[]> {
    const rows = await this.query(
      `SELECT ${OPERATION_COLUMNS}, ${SILENCE} FROM magtek_operations WHERE transaction_id = $1 ORDER BY received_at`,
      [transactionId],
    );
    return rows.map(operationOf);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async claimAll(sales: readonly NewSale[]): Promise<readonly Claim[]> {
    const column = (name: keyof NewSale): string[] => sales.map((sale) => sale[name]);
    const added = await this.query(
      `INSERT INTO magtek_sales (transaction_id, state, amount, currency, serial_number, ksn, arqc_hash, received_at, alive_at)
       SELECT id, 'received', amount, currency, serial, ksn, hash, ${NOW}, ${NOW}
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS sale (id, amount, currency, serial, ksn, hash)
       ORDER BY id ON CONFLICT DO NOTHING RETURNING transaction_id`,
      (['transactionId', 'amount', 'currency', 'serialNumber', 'ksn', 'arqcHash'] as const).map(column),
    );
    const isNew = firstOf(added);
    const claims = sales.map(({ transactionId }) => isNew(transactionId));
    const others = sales.filter((_, at) => claims[at] !== true).map(({ transactionId }) => transactionId);
    const known = others.length === 0 ? new Map<string, SaleRecord>() : await this.findAll(others);
    return sales.map(({ transactionId }, at) => {
      if (claims[at] === true) return { kind: 'new' };
      const record = known.get(transactionId);
      return record ? { kind: 'known', record } : { kind: 'card-data-used' };
    });
  }

  private async askAll(asked: readonly { id: string; owner: string }[]): Promise<readonly boolean[]> {
    const changed = await this.query(
      `UPDATE magtek_sales s SET state = 'asked', owner = sale.owner, alive_at = ${NOW}
       FROM unnest($1::text[], $2::text[]) AS sale (id, owner)
       WHERE s.transaction_id = sale.id AND s.state = 'received' RETURNING s.transaction_id`,
      [asked.map(({ id }) => id), asked.map(({ owner }) => owner)],
    );
    return asked.map(({ id }) => id).map(firstOf(changed));
  }

  private async decideAll(decided: readonly { id: string; answer: GatewayAnswer }[]): Promise<readonly boolean[]> {
    const changed = await this.query(
      `UPDATE magtek_sales s SET state = sale.outcome, answer = sale.answer, reference = COALESCE(sale.reference, s.reference)
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS sale (id, outcome, answer, reference)
       WHERE s.transaction_id = sale.id AND (s.state = 'asked' OR (s.state = 'unknown' AND sale.outcome <> 'unknown'))
       RETURNING s.transaction_id`,
      [
        decided.map(({ id }) => id),
        decided.map(({ answer }) => answer.outcome),
        decided.map(({ answer }) => answerText(answer)),
        decided.map(({ answer }) => answer.reference ?? null),
      ],
    );
    return decided.map(({ id }) => id).map(firstOf(changed));
  }

  private async findAll(ids: readonly string[]): Promise<ReadonlyMap<string, SaleRecord>> {
    const rows = await this.query(
      `SELECT ${SALE_COLUMNS}, ${SILENCE} FROM magtek_sales WHERE transaction_id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map(saleOf).map((record) => [record.transactionId, record]));
  }

  private async query(text: string, values: unknown[]): Promise<readonly Row[]> {
    // Tried again with the next query where the database could not be reached.
    this.migrated ??= this.pool.query(migrate).catch((error: unknown) => {
      this.migrated = undefined;
      throw error;
    });
    await this.migrated;
    return (await this.pool.query(text, values)).rows as readonly Row[];
  }
}

/** Whether an id was changed: of several requests for one id in a batch, the first one alone has done it. */
function firstOf(changed: readonly Row[]): (id: string) => boolean {
  const left = new Set(changed.map((row) => row.transaction_id as string));
  return (id) => left.delete(id);
}

/**
 * A ledger in PostgreSQL. Its tables begin with `magtek_` and are made at the first use.
 *
 * @param pool A pool of the package `pg`; `close()` of the ledger leaves it open.
 */
export function postgresLedger(pool: PostgresPool): Ledger {
  return new PostgresLedger(pool);
}
