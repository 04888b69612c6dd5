/**
 * `status-url` against the host kit itself, over HTTP: a sale whose answer was lost is asked about, stays unknown while the gateway
 * does not know, and has the outcome of the gateway then.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { inquireAt } from '../../../src/elements/transaction/host.js';
import { createPaymentHost, sqliteLedger, toNodeHandler } from '../../../src/host/index.js';
import { authorizeRequest, pageSale, ScriptedGateway } from '../../support/host-kit.js';
import { cardMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';

const closing: (() => void)[] = [];

afterEach(() => {
  vi.unstubAllGlobals();
  for (const close of closing.splice(0)) close();
});

test('a sale whose answer was lost is settled by what the host kit says', async () => {
  const gateway = new ScriptedGateway();
  gateway.answer = { outcome: 'unknown' };
  const ledger = sqliteLedger(':memory:');
  const host = createPaymentHost({ ledger, gateway, amountOf: () => ({ amount: '4.60', currency: 'EUR' }) });
  const server = createServer(toNodeHandler(host));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  // The page that the element would be in.
  vi.stubGlobal('self', { origin });

  const played = await PlayedSale.connected(
    {},
    {
      inquire: inquireAt('/pay/status', `${origin}/checkout/`),
      authorize: async ({ transactionId }) => {
        await host(authorizeRequest(pageSale(1, { transactionId })));
        throw new Error('the answer is lost');
      },
    },
  );
  const sale = await played.accepted({ transactionId: 'order 4711/a' });
  await played.deliver(cardMessage(), dataMessage('arqc'));
  await expect.poll(() => gateway.asked.length).toBe(1);
  await played.pass(60_000);
  await expect.poll(() => played.pass(60_000).then(() => sale.finished?.outcome)).toBe('unknown');

  const { transactionId } = sale;
  expect((await played.client.inquireTransaction(transactionId)).outcome).toBe('unknown');
  expect(played.client.unresolvedTransactions.map((item) => item.transactionId)).toContain(transactionId);
  gateway.inquiry = { outcome: 'approved', message: 'Approved at last' };
  expect(await played.client.inquireTransaction(transactionId)).toMatchObject({
    outcome: 'approved',
    decision: { approved: true, message: 'Approved at last' },
  });
  expect(played.client.unresolvedTransactions.map((item) => item.transactionId)).not.toContain(transactionId);
  // The card was charged once.
  expect(gateway.asked).toHaveLength(1);
});

test('a sale that the host has never heard of is not known to it', async () => {
  const ledger = sqliteLedger(':memory:');
  const gateway = new ScriptedGateway();
  const host = createPaymentHost({ ledger, gateway, amountOf: () => undefined });
  const queries: string[] = [];
  const server = createServer(
    toNodeHandler((request) => {
      queries.push(new URL(request.url).search);
      return host(request);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  vi.stubGlobal('self', { origin });
  const asked = { transactionId: 'never', amount: '1.00', currency: 'EUR', signal: new AbortController().signal };
  expect(await inquireAt('/pay/status/', origin)(asked)).toEqual({ unknown: true });
  const refund = { ...asked, originalReference: 'order 1&a' };
  expect(await inquireAt('/pay/status?till=1', origin)(refund)).toEqual({ unknown: true });
  expect(queries).toEqual(['', '?till=1&originalReference=order+1%26a']);
});
