/**
 * The host part: authorisations a second through the payment host, beside a bare handler that reads the JSON and writes one row,
 * with SQLite and with PostgreSQL. The gateway answers at once: what is measured is the ledger, the checks and the answers.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createPaymentHost, postgresLedger, sqliteLedger } from '../../dist/host/index.js';
import { startPostgres, whyNoPostgres } from '../../tools/postgres.mjs';
import { quantile } from '../report.mjs';
import { arqcOf } from './sale.mjs';

/** Sales of one round, and how many are on their way at a time. */
const SALES = 1000;
const AT_ONCE = 64;

let number = 0;

/** A sale that was never there before. */
function nextRequest() {
  const id = String(++number);
  const ksn = `FFFF987654${id.padStart(10, '0')}`;
  const sale = { transactionId: `bench-${id}`, amount: '4.60', currency: 'EUR', ksn, arqc: arqcOf(ksn) };
  return new Request('http://host/authorize', { method: 'POST', body: JSON.stringify(sale) });
}

/** @typedef {(request: Request) => Promise<Response>} Handler */

/**
 * @param {Handler} handler
 * @returns {Promise<{ perSecond: number, milliseconds: number[] }>}
 */
async function round(handler) {
  const requests = Array.from({ length: SALES }, nextRequest);
  /** @type {number[]} */
  const milliseconds = [];
  const start = performance.now();
  const worker = async () => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const begun = performance.now();
      const answer = await handler(request);
      if (answer.status !== 200) throw new Error(`a sale was answered with ${answer.status}`);
      milliseconds.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { perSecond: SALES / ((performance.now() - start) / 1000), milliseconds };
}

/** @param {import('../../dist/host/index.js').Ledger} ledger @returns {Handler} */
const hostOf = (ledger) =>
  createPaymentHost({
    ledger,
    gateway: { name: 'at once', authorize: () => Promise.resolve({ outcome: 'approved', reference: '1' }) },
    amountOf: () => ({ amount: '4.60', currency: 'EUR' }),
  });

/** @param {(id: string, body: string) => unknown} write @returns {Handler} */
const bareOf = (write) => async (request) => {
  const body = await request.text();
  await write(JSON.parse(body).transactionId, body);
  return Response.json({ approved: true });
};

const CREATE = 'CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT NOT NULL)';

/**
 * Side by side, in turns. Rounds wait for disks, so that fewer of them are enough.
 * @param {string} title @param {string} about @param {Handler} ours @param {Handler} bare @param {number} rounds
 */
async function compare(title, about, ours, bare, rounds) {
  const contenders = [
    { name: 'createPaymentHost', handler: ours, perSecond: /** @type {number[]} */ ([]), p99: 0 },
    { name: 'bare handler, one row written', handler: bare, perSecond: /** @type {number[]} */ ([]), p99: 0 },
  ];
  for (let turn = -1; turn < rounds; turn++) {
    for (const contender of turn % 2 === 0 ? contenders : [...contenders].reverse()) {
      const { perSecond, milliseconds } = await round(contender.handler);
      // The first round is for compilers.
      if (turn < 0) continue;
      contender.perSecond.push(perSecond);
      contender.p99 = Math.max(contender.p99, quantile(milliseconds, 0.99));
    }
  }
  const slowest = contenders.map(({ name, p99 }) => `${name} ${p99.toFixed(1)} ms`).join(', ');
  return {
    note: `${title}: 99 % of the answers of the slowest round within ${slowest}.`,
    table: {
      title,
      about,
      target: 'at least 0.6 times the bare handler.',
      samples: contenders.map(({ name, perSecond }) => ({ name, perSecond })),
      unitsPerRun: 1,
      unit: 'authorisation',
    },
  };
}

/** @param {string} folder @param {number} rounds */
async function withSqlite(folder, rounds) {
  const ledger = sqliteLedger(path.join(folder, 'ours.db'));
  const Database = createRequire(import.meta.url)('libsql');
  const database = new Database(path.join(folder, 'bare.db'));
  for (const sql of ['PRAGMA journal_mode = WAL', 'PRAGMA synchronous = FULL', CREATE]) database.exec(sql);
  const insert = database.prepare('INSERT INTO bare VALUES (?, ?)');
  const about = `In Node, ${AT_ONCE} at a time; the log is flushed to the disk at each commit.`;
  const bare = bareOf((id, body) => insert.run(id, body));
  const result = await compare('Authorisations with SQLite', about, hostOf(ledger), bare, rounds);
  await ledger.close();
  database.close();
  return result;
}

/** @param {number} rounds */
async function withPostgres(rounds) {
  const server = await startPostgres();
  const pools = [new pg.Pool({ ...server.config, max: 10 }), new pg.Pool({ ...server.config, max: 10 })];
  try {
    const [ours, bare] = /** @type {[pg.Pool, pg.Pool]} */ (pools);
    await bare.query(CREATE);
    const about = `In Node, ${AT_ONCE} at a time, with ten connections each to a server on this computer.`;
    const write = bareOf((id, body) => bare.query('INSERT INTO bare VALUES ($1, $2)', [id, body]));
    return await compare('Authorisations with PostgreSQL', about, hostOf(postgresLedger(ours)), write, rounds);
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.close();
  }
}

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-bench-'));
  try {
    const results = [await withSqlite(folder, rounds)];
    const why = whyNoPostgres();
    if (why === undefined) results.push(await withPostgres(rounds));
    return {
      notes: [
        ...results.map(({ note }) => note),
        ...(why === undefined ? [] : [`PostgreSQL was not measured: ${why}.`]),
      ],
      tables: results.map(({ table }) => table),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
