/** The promises of every ledger, kept by each of them: in a SQLite file, and in PostgreSQL where there is one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresLedger, sqliteLedger, type Ledger, type NewSale } from '../../../src/host/index.js';
import { migrations } from '../../../src/host/ledger-rows.js';
import { openSqlite } from '../../../src/host/sqlite-driver.js';
import { startPostgres, whyNoPostgres, type PostgresServer } from '../../../tools/postgres.mjs';

/** What the first version of the package made of an empty file: never to be changed, as such files are in shops. */
const FIRST_TABLES = `
  CREATE TABLE magtek_sales (
    transaction_id TEXT PRIMARY KEY, state TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL,
    serial_number TEXT NOT NULL, ksn TEXT NOT NULL, arqc_hash TEXT NOT NULL UNIQUE, answer TEXT, reference TEXT, owner TEXT,
    received_at BIGINT NOT NULL, alive_at BIGINT NOT NULL, UNIQUE (serial_number, ksn));
  CREATE INDEX magtek_sales_undecided ON magtek_sales (received_at) WHERE state IN ('received', 'asked', 'unknown');
  CREATE TABLE magtek_operations (
    transaction_id TEXT NOT NULL REFERENCES magtek_sales (transaction_id), key TEXT NOT NULL, kind TEXT NOT NULL,
    amount TEXT NOT NULL, state TEXT NOT NULL, message TEXT, owner TEXT NOT NULL, received_at BIGINT NOT NULL,
    alive_at BIGINT NOT NULL, PRIMARY KEY (transaction_id, key));
  CREATE UNIQUE INDEX magtek_operations_undecided ON magtek_operations (transaction_id) WHERE state IN ('asked', 'unknown');
  PRAGMA user_version = 1;`;

let next = 0;

/** A sale of which nothing was there before. */
function newSale(changes: Partial<NewSale> = {}): NewSale {
  const number = String(++next);
  return {
    ...{ transactionId: `sale-${number}`, amount: '4.60', currency: 'EUR', serialNumber: 'B571AF2' },
    ...{ ksn: number.padStart(20, '0'), arqcHash: number.padStart(64, '0'), ...changes },
  };
}

function promises(open: () => Ledger): void {
  let ledger: Ledger;
  /** Another server at the same database. */
  let other: Ledger;

  beforeAll(() => {
    ledger = open();
    other = open();
  });
  afterAll(() => Promise.all([ledger.close(), other.close()]));

  test('a sale is taken down, asked for and decided', async () => {
    const sale = newSale();
    expect(await ledger.claim(sale)).toEqual({ kind: 'new' });
    expect(await other.find(sale.transactionId)).toEqual({
      ...sale,
      state: 'received',
      silentFor: expect.any(Number),
    });
    expect(await ledger.decide(sale.transactionId, { outcome: 'approved' })).toBe(false);
    expect(await ledger.ask(sale.transactionId, 'me')).toBe(true);
    expect(await other.ask(sale.transactionId, 'you')).toBe(false);
    const answer = { message: 'Approved', authorizedAmount: '4.60', responseCode: '00', issuerData: '9100' };
    expect(await ledger.decide(sale.transactionId, { outcome: 'approved', ...answer, reference: 'ref' })).toBe(true);
    expect(await ledger.decide(sale.transactionId, { outcome: 'declined' })).toBe(false);
    expect(await other.find(sale.transactionId)).toEqual({
      ...{ ...sale, ...answer, reference: 'ref', state: 'approved' },
      silentFor: expect.any(Number),
    });
  });

  test('an unknown sale is decided later, and keeps its reference', async () => {
    const { transactionId, ...sale } = newSale();
    await ledger.claim({ transactionId, ...sale });
    await ledger.ask(transactionId, 'me');
    expect(await ledger.decide(transactionId, { outcome: 'unknown', reference: 'ref' })).toBe(true);
    expect(await ledger.decide(transactionId, { outcome: 'unknown' })).toBe(false);
    expect(await ledger.decide(transactionId, { outcome: 'declined', message: 'No' })).toBe(true);
    expect(await ledger.find(transactionId)).toMatchObject({ state: 'declined', message: 'No', reference: 'ref' });
  });

  test('of many that claim one id, one gets it; the others get the sale', async () => {
    const sale = newSale();
    const claims = await Promise.all(Array.from({ length: 100 }, (_, at) => (at % 2 ? ledger : other).claim(sale)));
    expect(claims.filter(({ kind }) => kind === 'new')).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'known')).toHaveLength(99);
    const asks = await Promise.all(
      Array.from({ length: 100 }, (_, at) => (at % 2 ? ledger : other).ask(sale.transactionId, String(at))),
    );
    expect(asks.filter((isOurs) => isOurs)).toHaveLength(1);
    const decisions = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        (at % 2 ? ledger : other).decide(sale.transactionId, { outcome: at % 3 ? 'approved' : 'declined' }),
      ),
    );
    expect(decisions.filter((isTaken) => isTaken)).toHaveLength(1);
  });

  test('of many ids with the same card data, one gets them', async () => {
    const { ksn, serialNumber } = newSale();
    const byKey = Array.from({ length: 50 }, () => newSale({ ksn, serialNumber }));
    const { arqcHash } = newSale();
    const byHash = Array.from({ length: 50 }, () => newSale({ arqcHash }));
    for (const sales of [byKey, byHash]) {
      const claims = await Promise.all(sales.map((sale, at) => (at % 2 ? ledger : other).claim(sale)));
      expect(claims.filter(({ kind }) => kind === 'new')).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === 'card-data-used')).toHaveLength(49);
    }
  });

  test('the same key serial number of another reader is another card', async () => {
    const { ksn } = newSale();
    expect(await ledger.claim(newSale({ ksn, serialNumber: 'B000001' }))).toEqual({ kind: 'new' });
    expect(await ledger.claim(newSale({ ksn, serialNumber: 'B000002' }))).toEqual({ kind: 'new' });
  });

  test('a sale that was only received can be forgotten, one that was asked for cannot', async () => {
    const sale = newSale();
    await ledger.claim(sale);
    await ledger.release(sale.transactionId);
    expect(await ledger.find(sale.transactionId)).toBeUndefined();
    expect(await ledger.claim(sale)).toEqual({ kind: 'new' });
    await ledger.ask(sale.transactionId, 'me');
    await ledger.release(sale.transactionId);
    expect(await ledger.find(sale.transactionId)).toMatchObject({ state: 'asked' });
  });

  test('sales without an outcome are found, oldest first', async () => {
    const sales = [newSale(), newSale(), newSale(), newSale()];
    for (const sale of sales) await ledger.claim(sale);
    const ids = sales.map(({ transactionId }) => transactionId);
    await ledger.ask(ids[1]!, 'me');
    await ledger.ask(ids[2]!, 'me');
    await ledger.ask(ids[3]!, 'me');
    await ledger.decide(ids[2]!, { outcome: 'unknown' });
    await ledger.decide(ids[3]!, { outcome: 'declined' });
    const found = (await ledger.undecided(1000)).filter(({ transactionId }) => ids.includes(transactionId));
    expect(found.map(({ state }) => state).sort()).toEqual(['asked', 'received', 'unknown']);
    expect(found[0]?.transactionId).toBe(ids[0]);
    expect(await ledger.undecided(1)).toHaveLength(1);
  });

  test('a sign of life is that of one process', async () => {
    const [mine, yours] = [newSale(), newSale()];
    for (const [sale, owner] of [
      [mine, 'beat-me'],
      [yours, 'beat-you'],
    ] as const) {
      await ledger.claim(sale);
      await ledger.ask(sale.transactionId, owner);
    }
    const silence = async (sale: NewSale): Promise<number> => (await other.find(sale.transactionId))?.silentFor ?? NaN;
    await expect.poll(() => silence(mine)).toBeGreaterThan(1);
    await ledger.beat('beat-me');
    // Yours was asked for a moment after mine, and silent longer now: however slow the computer is, in this order.
    const mineAfter = await silence(mine);
    expect(mineAfter).toBeLessThan(await silence(yours));
    await ledger.beat('beat-you');
    expect(await silence(yours)).toBeLessThan(await silence(mine));
  });

  describe('operations', () => {
    const paid = async (): Promise<string> => {
      const sale = newSale();
      await ledger.claim(sale);
      await ledger.ask(sale.transactionId, 'me');
      await ledger.decide(sale.transactionId, { outcome: 'approved' });
      return sale.transactionId;
    };
    const refund = (transactionId: string, key: string, amount = '4.60') =>
      ({ transactionId, kind: 'refund', key, amount }) as const;

    test('one at a time, each key once', async () => {
      const id = await paid();
      const claims = await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          (at % 2 ? ledger : other).claimOperation(refund(id, String(at % 4)), 'me'),
        ),
      );
      expect(claims.filter(({ kind }) => kind === 'new')).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === 'not-allowed')).toHaveLength(0);
      const key = (await ledger.operations(id))[0]?.key ?? '';
      await ledger.decideOperation(refund(id, key), 'declined', 'No');
      expect(await other.claimOperation(refund(id, key), 'me')).toEqual({
        kind: 'known',
        record: { ...refund(id, key), state: 'declined', message: 'No', silentFor: expect.any(Number) },
      });
      expect((await ledger.find(id))?.state).toBe('approved');
    });

    test('move the sale on', async () => {
      const id = await paid();
      expect(await ledger.claimOperation(refund(id, 'a', '1.00'), 'me')).toEqual({ kind: 'new' });
      await ledger.decideOperation(refund(id, 'a', '1.00'), 'approved');
      expect((await ledger.find(id))?.state).toBe('approved');
      await ledger.claimOperation(refund(id, 'b', '3.60'), 'me');
      expect(await other.claimOperation({ ...refund(id, 'c'), kind: 'void' }, 'me')).toEqual({ kind: 'busy' });
      await ledger.decideOperation(refund(id, 'b', '3.60'), 'approved');
      expect((await ledger.find(id))?.state).toBe('refunded');
      expect(await ledger.claimOperation({ ...refund(id, 'd'), kind: 'void' }, 'me')).toEqual({ kind: 'not-allowed' });
      expect(await ledger.claimOperation(refund('nothing', 'a'), 'me')).toEqual({ kind: 'not-allowed' });
    });

    test('that are over stay as they are', async () => {
      const id = await paid();
      const operation = { ...refund(id, 'v'), kind: 'void' } as const;
      await ledger.claimOperation(operation, 'me');
      await ledger.decideOperation(operation, 'unknown');
      await ledger.decideOperation(operation, 'declined');
      await ledger.decideOperation(operation, 'approved');
      expect((await ledger.operations(id)).map(({ state }) => state)).toEqual(['declined']);
      expect((await ledger.find(id))?.state).toBe('approved');
    });
  });
}

describe('in a SQLite file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-ledger-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  promises(() => sqliteLedger(path.join(folder, 'shop.db')));

  test('it is there after the file was closed', async () => {
    const file = path.join(folder, 'again.db');
    const sale = newSale();
    const ledger = sqliteLedger(file);
    await ledger.claim(sale);
    await ledger.close();
    const again = sqliteLedger(file);
    expect(await again.find(sale.transactionId)).toMatchObject(sale);
    await again.close();
  });

  test('a file that cannot be opened, and one of a newer version, are refused with a reason', async () => {
    expect(() => sqliteLedger(path.join(folder, 'no', 'folder.db'))).toThrow(
      /The ledger .*folder\.db cannot be opened/,
    );
    const newer = path.join(folder, 'newer.db');
    await sqliteLedger(newer).close();
    const database = openSqlite(newer);
    database.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`);
    database.close();
    expect(() => sqliteLedger(newer)).toThrow(/The ledger .*newer\.db cannot be used: .*newer version of this package/);
    const other = path.join(folder, 'other.db');
    writeFileSync(other, 'Not a database. '.repeat(100));
    expect(() => sqliteLedger(other)).toThrow(/The ledger .*other\.db cannot be used: .*not a database/);
  });

  test.each([1, 7, -1])('the database of another program, version %i, is called that and stays as it is', (version) => {
    const file = path.join(folder, `stranger${String(version)}.db`);
    const stranger = openSqlite(file);
    stranger.exec('CREATE TABLE notes (text TEXT)');
    stranger.exec(`PRAGMA user_version = ${String(version)}`);
    stranger.close();
    const before = readFileSync(file);
    expect(() => sqliteLedger(file)).toThrow(/stranger.* cannot be used: it is the database of another program/);
    expect(readFileSync(file)).toEqual(before);
  });

  test('one that the first version of the tables wrote is opened, and its sales are there', async () => {
    const file = path.join(folder, 'first.db');
    const old = openSqlite(file);
    old.exec(FIRST_TABLES);
    const hash = 'ab'.repeat(32);
    old.exec(`INSERT INTO magtek_sales VALUES
      ('old-1', 'approved', '4.60', 'EUR', 'B571AF2', 'FFFF9876543210E00001', '${hash}', '{"message":"Thanks","responseCode":"00"}', 'ref-1', 'till', 1, 1),
      ('old-2', 'asked', '7.00', 'EUR', 'B571AF2', 'FFFF9876543210E00002', '${hash}2', NULL, NULL, 'till', 2, 2)`);
    old.exec(
      `INSERT INTO magtek_operations VALUES ('old-1', 'key-1', 'refund', '1.00', 'approved', 'Done', 'till', 3, 3)`,
    );
    old.close();
    const ledger = sqliteLedger(file);
    expect(await ledger.find('old-1')).toEqual({
      ...{ transactionId: 'old-1', state: 'approved', amount: '4.60', currency: 'EUR', serialNumber: 'B571AF2' },
      ...{ ksn: 'FFFF9876543210E00001', arqcHash: hash, silentFor: expect.any(Number) },
      ...{ message: 'Thanks', responseCode: '00', reference: 'ref-1' },
    });
    expect(await ledger.operations('old-1')).toMatchObject([
      { key: 'key-1', kind: 'refund', amount: '1.00', message: 'Done' },
    ]);
    expect(await ledger.undecided(5)).toMatchObject([{ transactionId: 'old-2', state: 'asked' }]);
    // Its card data and ids are still used up.
    expect(await ledger.claim(newSale({ ksn: 'FFFF9876543210E00002' }))).toEqual({ kind: 'card-data-used' });
    expect(await ledger.decide('old-2', { outcome: 'declined' })).toBe(true);
    await ledger.close();
    const now = openSqlite(file);
    expect(now.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: migrations.length });
    now.close();
  });

  test('a write that fails takes none of its neighbours down for good', async () => {
    const ledger = sqliteLedger(path.join(folder, 'neighbours.db'));
    const sale = newSale();
    const broken = ledger.claim({ ...newSale(), amount: null as never });
    const neighbour = ledger.claim(sale);
    await expect(broken).rejects.toThrow();
    await neighbour.catch(() => undefined);
    await ledger.claim(sale);
    expect(await ledger.find(sale.transactionId)).toMatchObject({ state: 'received' });
    await ledger.close();
  });
});

describe.skipIf(whyNoPostgres())('in PostgreSQL', () => {
  let server: PostgresServer;
  const pools: Pool[] = [];

  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.close();
  });

  const poolOf = (config: { readonly database?: string } = {}): Pool => {
    const pool = new Pool({ ...server.config, ...config, max: 5 });
    pools.push(pool);
    return pool;
  };

  promises(() => postgresLedger(poolOf()));

  test('tables of a newer version are refused with a reason, and stay as they are', async () => {
    await poolOf().query('CREATE DATABASE newer');
    const pool = poolOf({ database: 'newer' });
    await pool.query('CREATE TABLE magtek_host_schema (version INTEGER PRIMARY KEY)');
    await pool.query('INSERT INTO magtek_host_schema VALUES (1), (2), (99)');
    for (let time = 0; time < 2; time++) {
      await expect(postgresLedger(pool).claim(newSale())).rejects.toThrow(
        /newer version of this package \(tables 99\)/,
      );
    }
    const { rows } = await pool.query(`SELECT tablename FROM pg_tables WHERE tablename LIKE 'magtek%'`);
    expect(rows).toEqual([{ tablename: 'magtek_host_schema' }]);
  });
});
