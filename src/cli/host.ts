/**
 * `magtek-elements host`: the payment host of a shop as a server of its own, for building a shop and for trying it out.
 * It knows no process: arguments, streams and the signal to stop are given.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createPaymentHost,
  mppgGateway,
  postgresLedger,
  sqliteLedger,
  testGateway,
  toNodeHandler,
  unigateGateway,
  type AmountOf,
  type AskedAmounts,
  type Gateway,
  type Ledger,
  type OrderAmount,
  type PaymentHost,
} from '../host/index.js';
import { serviceAddress } from '../host/gateways/service.js';
import { wordsOf } from '../host/host-log.js';
import { minorUnits } from '../host/minor-units.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import { shownAddress } from '../transports/network-address.js';
import { givenOf, oneOf, readArguments, readText, UsageError, wholeNumber } from './arguments.js';
import { exitCodes, withHelp, type CommandIo } from './command.js';
import { stoppable } from './stop-server.js';

const HELP = `Usage: magtek-elements host --ledger <file> --gateway <name> [options]

Serves POST …/authorize, GET …/status/<id>, POST …/void|refund|capture|reverse/<id>.

  --ledger <file>       where sales are kept: a SQLite file, or postgres://… (needs libsql or pg)
  --gateway <name>      test (moves no money), unigate or mppg
  --port <number>       port to serve on; 0 for a free one (default 8090)
  --host <address>      address to serve on (default 127.0.0.1, which only this computer reaches)
  --orders <file>       what is to be paid: {"order-1": {"amount": "4.60", "currency": "EUR"}}, read at each sale;
                        "mostTip": "5.00" beside the amount accepts a tip of up to that on top
                        Without it, only with --gateway test: what the page says
  --timeout <seconds>   how long the gateway may take (default 60)
  --limit <amount>      with --gateway test: more than this is declined (default 1000)
  --bdk <hex>           with --gateway test: base derivation key (default the published test key)
  --processor <name>    with the others: the processor, exactly as the gateway spells it
  --currency <code>     with the others: the currency of the account (default USD)
  --address <url>       with the others: address of the service
  --help                print this

Credentials of unigate and mppg: MAGENSA_CUSTOMER_CODE, MAGENSA_USERNAME and MAGENSA_PASSWORD in the environment.`;

/** The key that ANSI X9.24-1 publishes for tests: no real reader has it. */
const TEST_BDK = '0123456789ABCDEFFEDCBA9876543210';

const text = { type: 'string' } as const;
const optionTypes = {
  ...{ ledger: text, gateway: text, port: text, host: text, orders: text, timeout: text },
  ...{ limit: text, bdk: text, processor: text, currency: text, address: text },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Which options belong to which gateway. */
const ofTest = ['limit', 'bdk'] as const;
const ofReal = ['processor', 'currency', 'address'] as const;

type Values = Exclude<ReturnType<typeof readOptions>, 'help'>;

/** Serves until it is stopped. */
export const host = withHelp('host', HELP, async (args, io) => {
  const values = readOptions(args);
  if (values === 'help') return values;
  await serve(values, io);
  return exitCodes.ok;
});

function readOptions(args: readonly string[]) {
  const { help, gateway: name, ledger, ...values } = readArguments({ args: [...args], options: optionTypes }).values;
  if (help) return 'help';
  if (ledger === undefined) throw new UsageError('--ledger says where sales are kept, e.g. --ledger shop.db');
  // SQLite would look for a file of that name, or ask another computer; it may have a password in it.
  if (!isPostgres(ledger) && /^[a-z][a-z\d+.-]*:\/\//i.test(ledger))
    throw new UsageError(`--ledger must be a file or postgres://…, not “${shownAddress(ledger)}”.`);
  if (name === undefined) throw new UsageError('--gateway says who decides: test, unigate or mppg');
  const gateway = oneOf('gateway', name, ['test', 'unigate', 'mppg']);
  const stray = givenOf(values, gateway === 'test' ? ofReal : ofTest);
  if (stray !== undefined) throw new UsageError(`--${stray} does not belong to --gateway ${gateway}.`);
  if (gateway !== 'test' && values.orders === undefined) {
    throw new UsageError('--orders is needed where money moves: the page does not say what is to be paid.');
  }
  const { currency, address } = values;
  // Every sale would be declined for being in another one.
  if (currency !== undefined && !currencyByAlpha(currency)) {
    throw new UsageError(`--currency must be a code of ISO 4217 in capital letters, such as EUR, not “${currency}”.`);
  }
  if (address !== undefined)
    refusing(`--address: “${shownAddress(address)}” cannot be used. `, () => serviceAddress(address));
  return {
    ...values,
    ...{ gateway, ledger },
    port: wholeNumber('port', values.port ?? '8090', 0, 65_535),
    timeout: wholeNumber('timeout', values.timeout ?? '60', 1, 600),
  };
}

const isPostgres = (ledger: string): boolean => /^postgres(?:ql)?:\/\//.test(ledger);

/** What the kit refuses of a wrong option. @throws {UsageError} with its words behind `prefix`. */
function refusing<T>(prefix: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${prefix}${error.message}`);
    throw error;
  }
}

async function serve(values: Values, io: CommandIo): Promise<void> {
  const say = (line: string): void => {
    io.stdout.write(`${line}\n`);
  };
  const gateway = openGateway(values);
  const { port, timeout, orders } = values;
  // Without it every sale would be refused.
  if (orders !== undefined) await readOrders(orders);
  const { ledger, close } = await openLedger(values.ledger);
  try {
    const asked = new Map<string, OrderAmount>();
    const amountOf: AmountOf = orders === undefined ? (id) => asked.get(id) : (id, said) => readOrder(orders, id, said);
    const payments = createPaymentHost({ ledger, gateway, amountOf, timeout, log: say });
    const handler = orders === undefined ? believing(payments, asked) : payments;
    const server = createServer(toNodeHandler(handler));
    const stop = stoppable(server);
    server.listen(port, values.host ?? '127.0.0.1');
    await once(server, 'listening');
    const { address, port: opened, family } = server.address() as AddressInfo;
    const name = family === 'IPv6' ? `[${address}]` : address;
    say(`Payment host: http://${name}:${String(opened)}/authorize`);
    if (gateway.name === 'test') say('The gateway is for tests: no money is moved.');
    if (orders === undefined) say('Without --orders the page says what is to be paid: for trying out only.');
    try {
      await tellUndecided(payments, say);
      say('Press Ctrl+C to stop.');
      if (!io.signal.aborted) await once(io.signal, 'abort');
    } finally {
      // Sales that are being asked for get their answer; a ledger that cannot be reached leaves no server behind.
      await stop();
      // And those whose page has left.
      await payments.idle();
    }
  } finally {
    await close();
  }
  say('Stopped.');
}

function openGateway({ gateway, limit, bdk = TEST_BDK, processor, currency, address }: Values): Gateway {
  const account = {
    ...(currency === undefined ? {} : { currency }),
    ...(address === undefined ? {} : { address }),
  };
  switch (gateway) {
    case 'test':
      return refusing('--', () => testGateway({ bdk, ...(limit === undefined ? {} : { limit }) }));
    case 'unigate':
      return unigateGateway({ ...account, ...(processor === undefined ? {} : { processorName: processor }) });
    case 'mppg':
      if (processor === undefined) throw new UsageError('--processor is needed with --gateway mppg.');
      return mppgGateway({ ...account, processorName: processor });
  }
}

async function openLedger(place: string): Promise<{ readonly ledger: Ledger; readonly close: () => Promise<void> }> {
  if (!isPostgres(place)) {
    const ledger = sqliteLedger(place);
    return { ledger, close: () => ledger.close() };
  }
  const pg = await import('pg').catch((cause: unknown) => {
    throw new Error('A ledger in PostgreSQL needs pg: run “npm install pg”.', { cause });
  });
  const pool = new pg.default.Pool({ connectionString: place });
  return { ledger: postgresLedger(pool), close: () => pool.end() };
}

/** An order in a file. */
interface FiledOrder extends OrderAmount {
  /** What the cardholder may add as a tip at most, decimal text. */
  readonly mostTip?: string;
}

/** @throws {Error} that names the file, where it cannot be read or is not an object of orders. */
async function readOrders(file: string): Promise<Readonly<Record<string, FiledOrder>>> {
  const text = await readText('file of orders', file);
  let orders: unknown;
  try {
    orders = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (typeof orders !== 'object' || orders === null || Array.isArray(orders)) {
    throw new Error(
      `The file of orders ${file} must be a JSON object: {"order-1": {"amount": "4.60", "currency": "EUR"}}`,
    );
  }
  return orders as Readonly<Record<string, FiledOrder>>;
}

/** Read each time: a shop may change the file while the host runs. */
async function readOrder(
  file: string,
  transactionId: string,
  { amounts, currency }: AskedAmounts,
): Promise<OrderAmount | undefined> {
  const orders = await readOrders(file);
  const found = Object.hasOwn(orders, transactionId) ? orders[transactionId] : undefined;
  if (found?.mostTip === undefined || found.currency !== currency) return found;
  const { mostTip, ...order } = found;
  // A tip above that is another one than the order accepts.
  return { ...order, tip: minorUnits(amounts.tip, currency) > minorUnits(mostTip, currency) ? mostTip : amounts.tip };
}

/** For trying out, without orders: what a page posts is taken for the order. */
function believing(payments: PaymentHost, asked: Map<string, OrderAmount>) {
  return async (request: Request): Promise<Response> => {
    const copy = request.clone();
    try {
      const { transactionId, amount, currency } = Object(await copy.json()) as OrderAmount & { transactionId: string };
      asked.set(transactionId, { amount, currency });
    } catch {
      // No JSON: the host says what is wrong with it.
    }
    return payments(request);
  };
}

async function tellUndecided(payments: PaymentHost, say: (line: string) => void): Promise<void> {
  const { approved, declined, unknown } = await payments.reconcile().catch((cause: unknown) => {
    throw new Error(`The ledger cannot be used: ${wordsOf(cause)}`, { cause });
  });
  const found = approved.length + declined.length;
  if (found > 0) say(`Sales without an outcome that the gateway could tell about: ${String(found)}`);
  if (unknown.length > 0) say(`Sales without an outcome, to be looked up: ${String(unknown.length)}`);
}
