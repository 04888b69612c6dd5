/**
 * A ledger in a file, for one server: SQLite with a write-ahead log that is flushed at each commit. Several processes of one
 * computer may use the same file.
 */
import { GroupCommit } from './group-commit.js';
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
import { isPaidBack } from './ledger-sums.js';
import {
  answerText,
  migrations,
  OPERATION_COLUMNS,
  operationOf,
  SALE_COLUMNS,
  saleOf,
  type Row,
} from './ledger-rows.js';
import { wordsOf } from './host-log.js';
import { openSqlite, type SqliteDatabase, type SqliteStatement } from './sqlite-driver.js';

/** Milliseconds for which a reader of the file waits for a writer of another process. */
const BUSY_TIMEOUT = 100;

const SILENCE = '(? - alive_at) / 1000.0 AS silent_for';

class SqliteLedger implements Ledger {
  private readonly database: SqliteDatabase;
  private readonly writes: GroupCommit;
  private readonly statements = new Map<string, SqliteStatement>();

  constructor(file: string) {
    this.database = openSqlite(file);
    this.writes = new GroupCommit(this.database);
    try {
      prepare(this.database);
    } catch (cause) {
      this.database.close();
      throw new Error(`The ledger ${file} cannot be used: ${wordsOf(cause)}`, { cause });
    }
  }

  claim(sale: NewSale): Promise<Claim> {
    return this.writes.run(() => {
      const now = Date.now();
      const { changes } = this.sql(
        `INSERT INTO magtek_sales (transaction_id, state, amount, currency, serial_number, ksn, arqc_hash, received_at, alive_at)
         VALUES (?, 'received', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      ).run(
        ...[sale.transactionId, sale.amount, sale.currency, sale.serialNumber, sale.ksn, sale.arqcHash],
        ...[now, now],
      );
      if (Number(changes) === 1) return { kind: 'new' };
      const record = this.read(sale.transactionId);
      return record ? { kind: 'known', record } : { kind: 'card-data-used' };
    });
  }

  release(transactionId: string): Promise<void> {
    return this.writes.run(() => {
      this.sql(`DELETE FROM magtek_sales WHERE transaction_id = ? AND state = 'received'`).run(transactionId);
    });
  }

  ask(transactionId: string, owner: string): Promise<boolean> {
    return this.writes.run(() => {
      const { changes } = this.sql(
        `UPDATE magtek_sales SET state = 'asked', owner = ?, alive_at = ? WHERE transaction_id = ? AND state = 'received'`,
      ).run(owner, Date.now(), transactionId);
      return Number(changes) === 1;
    });
  }

  decide(transactionId: string, answer: GatewayAnswer): Promise<boolean> {
    return this.writes.run(() => {
      const { changes } = this.sql(
        `UPDATE magtek_sales SET state = ?, answer = ?, reference = COALESCE(?, reference)
         WHERE transaction_id = ? AND state IN ('asked', ?)`,
      ).run(
        ...[answer.outcome, answerText(answer), answer.reference ?? null, transactionId],
        answer.outcome === 'unknown' ? 'asked' : 'unknown',
      );
      return Number(changes) === 1;
    });
  }

  beat(owner: string): Promise<void> {
    return this.writes.run(() => {
      for (const table of ['magtek_sales', 'magtek_operations']) {
        this.sql(`UPDATE ${table} SET alive_at = ? WHERE state = 'asked' AND owner = ?`).run(Date.now(), owner);
      }
    });
  }

  find(transactionId: string): Promise<SaleRecord | undefined> {
    return soon(() => this.read(transactionId));
  }

  undecided(most: number): Promise<readonly SaleRecord[]> {
    return soon(() =>
      this.sql(
        `SELECT ${SALE_COLUMNS}, ${SILENCE} FROM magtek_sales WHERE state IN ('received', 'asked', 'unknown')
         ORDER BY received_at LIMIT ?`,
      )
        .all(Date.now(), most)
        .map((row) => saleOf(row as Row)),
    );
  }

  claimOperation(operation: NewOperation, owner: string): Promise<OperationClaim> {
    const { transactionId, key, kind, amount } = operation;
    return this.writes.run(() => {
      const known = this.operationsOf(transactionId).find((record) => record.key === key);
      if (known) return { kind: 'known', record: known };
      const state = this.read(transactionId)?.state;
      if (state === undefined || !operationSteps[kind].from.includes(state)) return { kind: 'not-allowed' };
      const now = Date.now();
      const { changes } = this.sql(
        `INSERT INTO magtek_operations (transaction_id, key, kind, amount, state, owner, received_at, alive_at)
         VALUES (?, ?, ?, ?, 'asked', ?, ?, ?) ON CONFLICT DO NOTHING`,
      ).run(transactionId, key, kind, amount, owner, now, now);
      return { kind: Number(changes) === 1 ? 'new' : 'busy' };
    });
  }

  decideOperation(operation: NewOperation, outcome: GatewayOutcome, message?: string): Promise<void> {
    const { transactionId, key, kind } = operation;
    return this.writes.run(() => {
      const { changes } = this.sql(
        `UPDATE magtek_operations SET state = ?, message = ? WHERE transaction_id = ? AND key = ? AND state IN ('asked', 'unknown')`,
      ).run(outcome, message ?? null, transactionId, key);
      const sale = this.read(transactionId);
      if (Number(changes) === 0 || outcome !== 'approved' || !sale) return;
      if (kind === 'refund' && !isPaidBack(sale, this.operationsOf(transactionId))) return;
      this.sql('UPDATE magtek_sales SET state = ? WHERE transaction_id = ?').run(
        operationSteps[kind].to,
        transactionId,
      );
    });
  }

  operations(transactionId: string): Promise<readonly OperationRecord[]> {
    return soon(() => this.operationsOf(transactionId));
  }

  close(): Promise<void> {
    return soon(() => {
      this.database.close();
    });
  }

  private read(transactionId: string): SaleRecord | undefined {
    const row = this.sql(`SELECT ${SALE_COLUMNS}, ${SILENCE} FROM magtek_sales WHERE transaction_id = ?`).get(
      Date.now(),
      transactionId,
    );
    return row ? saleOf(row as Row) : undefined;
  }

  private operationsOf(transactionId: string): OperationRecord[] {
    return this.sql(
      `SELECT ${OPERATION_COLUMNS}, ${SILENCE} FROM magtek_operations WHERE transaction_id = ? ORDER BY received_at`,
    )
      .all(Date.now(), transactionId)
      .map((row) => operationOf(row as Row));
  }

  private sql(text: string): SqliteStatement {
    const known = this.statements.get(text);
    if (known) return known;
    const statement = this.database.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }
}

/** What is thrown becomes a rejection. */
const soon = async <T>(work: () => T): Promise<T> => Promise.resolve(work());

function prepare(database: SqliteDatabase): void {
  database.exec(`PRAGMA busy_timeout = ${String(BUSY_TIMEOUT)}`);
  // First: the way in which it is written stays changed in a file that is refused.
  versionOf(database);
  database.exec('PRAGMA journal_mode = WAL');
  // Waits for the disk: a sale that was answered is there after a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  migrate(database);
}

/**
 * How many of the migrations a database has seen. A file without a version may be new, or that of a shop's program that keeps none.
 * @throws {Error} where the version is another program's, or that of tables which only a newer version of this package knows.
 */
function versionOf(database: SqliteDatabase): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === 0) return version;
  if (database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'magtek_sales'`).get() === undefined) {
    throw new Error(
      'it is the database of another program, which counts its own versions: give the ledger a file of its own.',
    );
  }
  if (version < 0 || version > migrations.length) {
    throw new Error(`it was written by a newer version of this package (tables ${String(version)}).`);
  }
  return version;
}

function migrate(database: SqliteDatabase): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    for (const sql of migrations.slice(version)) database.exec(sql);
    database.exec(`PRAGMA user_version = ${String(migrations.length)}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A ledger in a SQLite file, which is made where there is none; `:memory:` is forgotten with the process.
 *
 * @throws {Error} where there is no SQLite (`npm install libsql`), or the file cannot be opened.
 */
export function sqliteLedger(file: string): Ledger {
  return new SqliteLedger(file);
}
