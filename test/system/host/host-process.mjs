/**
 * A host in a process of its own, for tests that kill it: arguments are its ledger, the address of its gateway, and the step at
 * which it ends itself as by a power cut. It runs what `npm run build` made.
 */
import { createServer } from 'node:http';
import { createPaymentHost, postgresLedger, sqliteLedger, toNodeHandler } from '../../../dist/host/index.js';

const [place = '', gatewayAddress = '', dieAt = ''] = process.argv.slice(2);

/** @param {string} step */
function reached(step) {
  if (step === dieAt) process.kill(process.pid, 'SIGKILL');
}

async function openLedger() {
  if (!place.startsWith('postgres:')) return sqliteLedger(place);
  const { default: pg } = await import('pg');
  return postgresLedger(new pg.Pool({ connectionString: place, max: 5 }));
}

const ledger = await openLedger();
/** @param {'claim' | 'ask' | 'decide'} method @param {string} before @param {string} after */
function breakAround(method, before, after) {
  const original = /** @type {(...values: any[]) => Promise<any>} */ (ledger[method].bind(ledger));
  Object.assign(ledger, {
    [method]: async (/** @type {any[]} */ ...values) => {
      reached(before);
      const result = await original(...values);
      reached(after);
      return result;
    },
  });
}
breakAround('claim', 'before-claim', 'claimed');
breakAround('ask', 'before-ask', 'ask-written');
breakAround('decide', 'answered', 'decided');

/** @param {string} method @param {string} transactionId @param {AbortSignal} signal */
async function ask(method, transactionId, signal) {
  const answer = await fetch(`${gatewayAddress}/${encodeURIComponent(transactionId)}`, { method, signal });
  if (method === 'POST') reached('asking');
  return /** @type {Promise<import('../../../dist/host/index.js').GatewayAnswer>} */ (answer.json());
}

const host = createPaymentHost({
  ledger,
  gateway: {
    name: 'remote',
    authorize: ({ transactionId, signal }) => ask('POST', transactionId, signal),
    inquire: ({ transactionId, signal }) => ask('GET', transactionId, signal),
  },
  amountOf: () => ({ amount: '4.60', currency: 'EUR' }),
});
const server = createServer(toNodeHandler(host));
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on('disconnect', () => process.exit());
