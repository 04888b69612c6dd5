/**
 * Hosts that are killed, and hosts that share a database: whatever happens between two steps of a sale, its gateway is asked once,
 * and an inquiry finds the answer. HOST_RUNS sets how many hosts are killed; `npm run test:host` kills 200.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageSale, type PageSale } from '../../support/host-kit.js';
import { startPostgres, whyNoPostgres, type PostgresServer } from '../../../tools/postgres.mjs';

const RUNS = Number(process.env.HOST_RUNS ?? 7);
const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-crash-'));

/** What the gateway was asked, by transaction id: it outlives every host. */
const asked = new Map<string, number>();
const gateway = createServer((request, response) => {
  const id = decodeURIComponent((request.url ?? '').slice(1));
  const reply = (body: object) => response.end(JSON.stringify(body));
  if (request.method === 'GET') {
    reply(asked.has(id) ? { outcome: 'approved' } : { outcome: 'unknown' });
  } else {
    asked.set(id, (asked.get(id) ?? 0) + 1);
    // Time for the host to be killed while it waits.
    setTimeout(() => reply({ outcome: 'approved' }), 15);
  }
});

let gatewayAddress: string;
beforeAll(async () => {
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  gatewayAddress = `http://127.0.0.1:${String((gateway.address() as AddressInfo).port)}`;
});
afterAll(() => {
  gateway.close();
  gateway.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

interface Host {
  readonly address: string;
  kill(): Promise<void>;
}

/** A host in a process of its own; it ends itself, without a word, at a step of its ledger or gateway. */
async function startHost(ledger: string, dieAt = ''): Promise<Host> {
  const child: ChildProcess = fork(
    path.join(import.meta.dirname, 'host-process.mjs'),
    [ledger, gatewayAddress, dieAt],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  // One that ends before it listens would be waited for until the test is out of time.
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`the host ended before it listened: ${String(code)}`);
  });
  ended.catch(() => undefined);
  const [address] = (await Promise.race([once(child, 'message'), ended])) as [string];
  return {
    address,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const authorize = async ({ address }: Host, sale: PageSale): Promise<unknown> => {
  const answer = await fetch(`${address}/authorize`, { method: 'POST', body: JSON.stringify(sale) });
  return answer.json();
};

const steps = ['before-claim', 'claimed', 'before-ask', 'ask-written', 'asking', 'answered', 'decided'];

describe('a host that is killed', () => {
  test(
    `${String(RUNS)} times, at every step of a sale`,
    async () => {
      const ledger = path.join(folder, 'killed.db');
      let survivor: Host | undefined;
      for (let run = 0; run < RUNS; run++) {
        const sale = pageSale(run, { transactionId: `killed-${String(run)}` });
        const step = steps[run % steps.length] ?? '';
        const dying = await startHost(ledger, step);
        await expect(authorize(dying, sale), step).rejects.toThrow();
        await dying.kill();
        survivor ??= await startHost(ledger);
        // Not known to the gateway is not the same as not charged: such a sale stays unknown, and is not asked for again.
        const isLost = step === 'ask-written';
        const expected = isLost ? { outcome: 'unknown' } : { approved: true };
        const isAsked = ['asking', 'answered', 'decided'].includes(step);
        if (isLost || isAsked) {
          const status = await fetch(`${survivor.address}/status/${sale.transactionId}`);
          expect(await status.json(), step).toEqual(expected);
        }
        if (!isLost) expect(await authorize(survivor, sale), step).toEqual(expected);
        expect(asked.get(sale.transactionId) ?? 0, step).toBe(isLost ? 0 : 1);
        // What a host has taken down, another one finds: it is not a file of one process.
        if (run % 20 === 19) {
          await survivor.kill();
          survivor = undefined;
        }
      }
      await survivor?.kill();
    },
    60_000 + RUNS * 5_000,
  );

  test('leaves a sale unknown that the gateway does not know, and asks for it no more', async () => {
    const ledger = path.join(folder, 'lost.db');
    const sale = pageSale(1, { transactionId: 'lost-1' });
    const dying = await startHost(ledger, 'ask-written');
    await expect(authorize(dying, sale)).rejects.toThrow();
    const survivor = await startHost(ledger);
    expect(await (await fetch(`${survivor.address}/status/lost-1`)).json()).toEqual({ outcome: 'unknown' });
    expect(await authorize(survivor, sale)).toEqual({ outcome: 'unknown' });
    expect(asked.has('lost-1')).toBe(false);
    await survivor.kill();
  }, 60_000);
});

describe.skipIf(whyNoPostgres())('two hosts at one PostgreSQL', () => {
  let server: PostgresServer;
  let hosts: readonly [Host, Host];
  beforeAll(async () => {
    server = await startPostgres();
    hosts = [await startHost(server.url), await startHost(server.url)];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.kill()));
    await server.close();
  });

  test('200 posts of one id at both: one question, one answer for all', async () => {
    const sale = pageSale(1, { transactionId: 'both-1' });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => authorize(hosts[at % 2 === 0 ? 0 : 1], sale)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"approved":true}']));
    expect(asked.get('both-1')).toBe(1);
  }, 60_000);

  test('200 ids with the same card data at both: one question', async () => {
    const sales = Array.from({ length: 200 }, (_, at) => pageSale(2, { transactionId: `card-${String(at)}` }));
    const answers = await Promise.all(sales.map((sale, at) => authorize(hosts[at % 2 === 0 ? 0 : 1], sale)));
    expect(answers.filter((answer) => 'approved' in (answer as object))).toHaveLength(1);
    expect([...asked.keys()].filter((id) => id.startsWith('card-'))).toHaveLength(1);
  }, 60_000);

  test('many different sales at both, each once', async () => {
    const sales = Array.from({ length: 100 }, (_, at) => pageSale(100 + at, { transactionId: `many-${String(at)}` }));
    await Promise.all(sales.flatMap((sale) => hosts.map((host) => authorize(host, sale))));
    expect(sales.map(({ transactionId }) => asked.get(transactionId))).toEqual(sales.map(() => 1));
  }, 60_000);
});
