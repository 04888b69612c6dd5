/**
 * Bodies of strangers: whatever is posted, the host answers 4xx, throws nothing, asks no gateway, and puts no card number into its
 * log. HOST_BODIES sets how many; `npm run test:host` posts 30,000.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPaymentHost, sqliteLedger } from '../../../src/host/index.js';
import { ADDRESS, pageSale, ScriptedGateway } from '../../support/host-kit.js';

const BODIES = Number(process.env.HOST_BODIES ?? 1000);
const PAN = '4111111111111111';

const good = pageSale(1);
const fields = Object.keys(good) as (keyof typeof good)[];

/** A value that a field may not have; a card number is among them. */
const badValue = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, 4.6, -1, '', [], {}, [PAN], { pan: PAN }, '\ud800', 'a\u0000b'),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => `\u0007${text}`),
);

/** A good sale with one field that is bad for every field. */
const spoiled = fc
  .tuple(fc.constantFrom(...fields.filter((name) => name !== 'ksn' && name !== 'serialNumber')), badValue)
  .map(([name, value]) => JSON.stringify({ ...good, transactionId: `order ${PAN}`, [name]: value }));

const body = fc.oneof(
  spoiled,
  fc.json({ maxDepth: 5 }).filter((text) => !text.includes('"arqc"')),
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes)),
  fc.integer({ min: 0, max: JSON.stringify(good).length - 1 }).map((length) => JSON.stringify(good).slice(0, length)),
  fc.constantFrom('['.repeat(60_000), '{"a":'.repeat(10_000), `"${PAN}`, 'x'.repeat(70_000), `{"__proto__":${PAN}}`),
);

const type = fc.constantFrom(
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  '',
);

const path = fc.constantFrom('/authorize', '/authorize', '/authorize', '/refund/order-1', '/void/%ff', '/capture/a');

test(`${String(BODIES)} random bodies are refused`, async () => {
  const lines: string[] = [];
  const gateway = new ScriptedGateway();
  const ledger = sqliteLedger(':memory:');
  const host = createPaymentHost({
    ...{ ledger, gateway, amountOf: () => good },
    log: (line) => lines.push(line),
  });
  await fc.assert(
    fc.asyncProperty(body, type, path, async (posted, contentType, where) => {
      const answer = await host(
        new Request(ADDRESS + where, { method: 'POST', body: posted, headers: { 'content-type': contentType } }),
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      const text = await answer.text();
      expect(JSON.parse(text)).toEqual({ error: expect.objectContaining({ code: expect.any(String) }) });
      expect(text).not.toContain(PAN);
    }),
    { numRuns: BODIES },
  );
  expect(gateway.asked).toEqual([]);
  expect(lines.join('\n')).not.toContain(PAN);
  await ledger.close();
}, 600_000);
