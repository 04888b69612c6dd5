/**
 * `createPaymentHost`: a function from the web's own `Request` to its `Response`, for whichever server a shop has. It finds out
 * what is asked by the end of the path, and turns what comes of it into an answer.
 */
import { readBody, readOptionalBody } from './body.js';
import { refundByCard, refundStatus } from './card-refund.js';
import { operationKinds, type Gateway, type GatewayOutcome, type OperationKind } from './gateway.js';
import { idForLog, redactedLog, wordsOf, type HostLog } from './host-log.js';
import type { Ledger } from './ledger.js';
import { operate } from './operations.js';
import type { AmountOf } from './orders.js';
import { Pending } from './pending.js';
import { reconcile, type Reconciliation } from './reconcile.js';
import { jsonResponse, Refusal } from './refusal.js';
import { operationAnswer, saleAnswer } from './sale-answer.js';
import { Sales } from './sales.js';
import { isRefund, parseKey, parsePosted, parseTransactionId } from './schema.js';
import { settle } from './settle.js';

/** What is asked of a host. */
export type HostOperation = 'authorize' | 'status' | OperationKind;

export interface PaymentHostOptions {
  /** Keeps the truth about each sale: `sqliteLedger`, `postgresLedger`, or your own. */
  readonly ledger: Ledger;
  /** Moves the money: `unigateGateway`, `mppgGateway`, `testGateway`, or your own. */
  readonly gateway: Gateway;
  /**
   * What is to be paid under a transaction id, from the shop's own orders. It wins over what a page says; what the cardholder chose,
   * a tip, is accepted by giving it back.
   */
  readonly amountOf: AmountOf;
  /** Seconds after which a gateway that has not answered leaves the sale `unknown`. Default 60. */
  readonly timeout?: number;
  /**
   * Whether a request may do this: `void`, `refund`, `capture` and `reverse` move money back and forth, so that a host that is
   * open to the public needs it, or something before it that lets staff through alone. Default: everyone may do everything that has
   * a path of its own. A refund that a page has read from a card comes by `authorize`, and is carried out only where this says so.
   */
  readonly permit?: (
    request: Request,
    asked: { readonly operation: HostOperation; readonly transactionId?: string },
  ) => boolean | Promise<boolean>;
  /** Gets lines about the host's work, without card data. Default: nobody does. */
  readonly log?: HostLog;
}

/** A host: call it with each request. */
export interface PaymentHost {
  (request: Request): Promise<Response>;
  /** Asks the gateway about every sale without an outcome, and says how they stand. For a start, and for the end of the day. */
  reconcile(): Promise<Reconciliation>;
  /**
   * Takes down what a person has found out about a sale that is `unknown`, or about an operation on it by its key.
   * @returns False where it was not undecided.
   */
  settle(transactionId: string, outcome: Exclude<GatewayOutcome, 'unknown'>, operationKey?: string): Promise<boolean>;
  /**
   * Resolves when no gateway is being asked and every answer is in the ledger, also where whoever asked has left. For the end of a
   * process: before the ledger is closed, and behind the server.
   */
  idle(): Promise<void>;
}

/** Seconds of the longest timer. */
const LONGEST_TIMEOUT = 2_000_000;

const operationPath = new RegExp(`/(${operationKinds.join('|')})/([^/]+)/?$`);

type Route =
  | { readonly operation: 'authorize' }
  | { readonly operation: Exclude<HostOperation, 'authorize'>; readonly transactionId: string };

/**
 * Makes a host. Paths are told by their end, so that it can be mounted anywhere: `POST …/authorize`,
 * `GET …/status/<transaction id>`, `POST …/void|refund|capture|reverse/<transaction id>`.
 *
 * @throws {RangeError} for a time limit that is not a number of seconds above 0.
 */
export function createPaymentHost(options: PaymentHostOptions): PaymentHost {
  const { ledger, gateway, amountOf, timeout = 60, permit } = options;
  if (!(timeout > 0 && timeout <= LONGEST_TIMEOUT)) {
    throw new RangeError(`timeout must be a number of seconds above 0, not ${String(timeout)}`);
  }
  const log = redactedLog(options.log);
  const pending = new Pending();
  const sales = new Sales({ ledger, gateway, amountOf, timeout, log, pending });

  const operations = { ledger, gateway, sales, timeout, log, pending };

  const answer = async (request: Request): Promise<Response> => {
    const route = routeOf(request);
    refuseOtherSites(request);
    const transactionId = route.operation === 'authorize' ? undefined : parseTransactionId(route.transactionId);
    const asked = { operation: route.operation, ...(transactionId === undefined ? {} : { transactionId }) };
    if (permit && !(await permit(request, asked))) throw new Refusal('forbidden');
    if (transactionId === undefined || route.operation === 'authorize') {
      const posted = parsePosted(await readBody(request));
      checkKey(request, posted.transactionId);
      if (!isRefund(posted)) return saleAnswer(await sales.authorize(posted));
      // Who may pay may not take money out, and a sign-in before the other paths does not see what comes by this one.
      if (!(await permit?.(request, { operation: 'refund', transactionId: posted.originalReference })))
        throw new Refusal('forbidden');
      return operationAnswer(await refundByCard(operations, posted));
    }
    if (route.operation === 'status') {
      const original = new URL(request.url).searchParams.get('originalReference');
      const refund = original === null ? undefined : await refundStatus(operations, transactionId, original);
      if (refund) return operationAnswer(refund);
      const record = await sales.status(transactionId);
      if (!record) throw new Refusal('not-found', 'transactionId');
      return saleAnswer(record);
    }
    const body = await readOptionalBody(request);
    const key = request.headers.get('idempotency-key') ?? undefined;
    const named = key && parseKey(key, 'Idempotency-Key');
    return operationAnswer(await operate(operations, route.operation, transactionId, named, body));
  };

  const host = async (request: Request): Promise<Response> => {
    try {
      return await pending.track(answer(request));
    } catch (error) {
      if (error instanceof Refusal) return error.toResponse();
      log(`a request failed: ${wordsOf(error)}`);
      return jsonResponse({ error: { code: 'unavailable' } }, 503);
    }
  };
  return Object.assign(host, {
    idle: () => pending.idle(),
    reconcile: () => pending.track(reconcile(ledger, sales)),
    settle: (transactionId: string, outcome: Exclude<GatewayOutcome, 'unknown'>, operationKey?: string) => {
      log(`${idForLog(transactionId)}: settled by hand as ${outcome}`);
      return settle(ledger, transactionId, outcome, operationKey);
    },
  });
}

/** @throws {Refusal} for a path or method that is none of the host's. */
function routeOf({ url, method }: Request): Route {
  const { pathname } = new URL(url);
  if (/\/authorize\/?$/.test(pathname)) {
    allowMethod(method, 'POST');
    return { operation: 'authorize' };
  }
  const status = /\/status\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (status !== undefined) {
    allowMethod(method, 'GET');
    return { operation: 'status', transactionId: decodeSegment(status) };
  }
  const [, kind, id] = operationPath.exec(pathname) ?? [];
  if (kind === undefined || id === undefined) throw new Refusal('not-found');
  allowMethod(method, 'POST');
  return { operation: kind as OperationKind, transactionId: decodeSegment(id) };
}

function allowMethod(method: string, allowed: string): void {
  if (method !== allowed) throw new Refusal('method-not-allowed');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal('bad-body', 'transactionId');
  }
}

/** Pages of other sites may not post with the cookies of this one; what is not a browser does not say where it comes from. */
function refuseOtherSites({ headers }: Request): void {
  if (headers.get('sec-fetch-site') === 'cross-site') throw new Refusal('forbidden');
}

/** The key of a request for a decision is the sale's own id, as it is, in quotes, or in percent encoding. */
function checkKey(request: Request, transactionId: string): void {
  const key = request.headers.get('idempotency-key');
  if (key === null) return;
  const forms = [transactionId.trim(), JSON.stringify(transactionId), encodeURIComponent(transactionId)];
  if (!forms.includes(key)) throw new Refusal('idempotency-key-mismatch', 'Idempotency-Key');
}
