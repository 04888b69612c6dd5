/**
 * Asks the page's own host for a decision: the sale and its encrypted card data as JSON.
 */
import type { Decision } from '../../transactions/outcome.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { Authorize, CardDataText, Inquire, Inquiry, Reverse, SaleFacts } from '../../transactions/transaction.js';
import { toHex } from '../../mms/hex.js';
import { transactionData } from '../../transactions/transaction-data.js';

/** A sale as its host gets it: what is known of it, and the encrypted card data. */
export type HostRequest = SaleFacts & CardDataText;

/**
 * Asks a host at an address of the page's own origin: `POST` with {@link HostRequest} as JSON and the transaction id in
 * `Idempotency-Key`; the answer is a JSON object, `{"approved": boolean, "message"?: string}`. Every other answer decides
 * nothing, also `true` alone: a proxy or a health check may say that.
 *
 * @param base What a relative address is relative to. It does not decide the origin: a `<base>` may name another.
 * @throws {ReaderError} `bad-option` at once, for an address of another origin: card data go to the page's own host only.
 */
export function askAt(address: string, base: string): Authorize {
  const url = ownAddress('authorize-url', address, base);
  return async ({ signal, ...sale }) => {
    const answer = await fetchOwn(url, { ...post(sale.transactionId, transactionData(sale, true)), signal });
    return readAnswer(answer);
  };
}

/**
 * Asks a host at an address of the page's own origin how a sale ended: `GET` of the address, a slash and the transaction id. The
 * answer is a JSON object, `{"approved": boolean, "message"?: string}` or `{"outcome": "unknown"}`; a host that has never heard of
 * the sale (404) does not know either. Of a refund the query has the `originalReference` that it was started with.
 *
 * @throws {ReaderError} `bad-option` at once, for an address of another origin.
 */
export function inquireAt(address: string, base: string): Inquire {
  const url = ownAddress('status-url', address, base);
  return async ({ transactionId, originalReference, signal }) => {
    const asked = new URL(url);
    asked.pathname = `${asked.pathname.replace(/\/+$/, '')}/${encodeURIComponent(transactionId)}`;
    if (originalReference !== undefined) asked.searchParams.set('originalReference', originalReference);
    const answer = await fetchOwn(asked, { headers: { accept: JSON_TYPE }, signal });
    return answer.status === NOT_FOUND ? { unknown: true } : readAnswer(answer);
  };
}

const NOT_FOUND = 404;

/**
 * Tells a host to give money back: `POST` to `…/<transaction id>` under the address, with the batch as JSON and an `Idempotency-Key`
 * that is the same each time for this sale: no amount, because the host knows what it took. The answer is a JSON object,
 * `{"approved": true}` once it has been given back; nothing else means that, also not `true` alone.
 *
 * @throws {ReaderError} `bad-option` at once, for an address of another origin.
 */
export function reverseAt(address: string, base: string): Reverse {
  const { origin, pathname, search } = ownAddress('reverse-url', address, base);
  const folder = `${origin}${pathname.replace(/\/$/, '')}`;
  return async ({ transactionId, batch, signal }) => {
    const told = {
      transactionId,
      because: { code: 'card-refused' },
      ...(batch ? { batch: toHex(batch.bytes) } : {}),
    };
    const answer = await fetchOwn(`${folder}/${encodeURIComponent(transactionId)}${search}`, {
      ...post(reversalKey(transactionId), told),
      // The page may be left meanwhile.
      keepalive: true,
      ...(signal ? { signal } : {}),
    });
    return readAnswer(answer);
  };
}

const JSON_TYPE = 'application/json';

const post = (idempotencyKey: string, body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': JSON_TYPE, 'idempotency-key': idempotencyKey },
  body: JSON.stringify(body),
});

/** Of the page's own origin only, and always asked anew. */
const fetchOwn = (url: string | URL, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });

/** @throws {Error} where the status says that it is none. */
async function readAnswer<Answer extends Decision | Inquiry>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`The host answered with status ${String(response.status)}.`);
  const answer = (await response.json()) as unknown;
  // As an object without a decision it is unclear, whatever it is.
  return (typeof answer === 'object' ? answer : {}) as Answer;
}

/** Characters of a key that hosts take. */
const LONGEST_KEY = 200;

/** The key of a sale's reversal: of each sale another one. A long id is cut, and told apart by a checksum. */
export function reversalKey(transactionId: string): string {
  const key = `reverse-${transactionId}`;
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY - 17)}-${checksum(transactionId)}`;
}

/** FNV-1a of 64 bits, as sixteen hexadecimal digits. */
function checksum(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/** Where a host that decides at an address takes payments back: the host kit has both side by side. Empty where it is not known. */
export const reverseUrlOf = (authorizeUrl: string): string =>
  /(?:^|\/)authorize\/?(?=\?|$)/.test(authorizeUrl) ? authorizeUrl.replace(/authorize\/?(?=\?|$)/, 'reverse') : '';

type OwnAddress = 'authorize-url' | 'status-url' | 'reverse-url';

/** An address of the page's own origin, for the attribute of that name. */
function ownAddress(attribute: OwnAddress, address: string, base: string): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.origin === self.origin) return url;
  throw new ReaderError('bad-option', detailed(attribute));
}

/** Asks the first hook, and the second where the first does not ask and does not forbid it. */
export const firstOf =
  <Request, Answer>(first: (request: Request) => Answer, second: (request: Request) => Answer) =>
  (request: Request): Answer => {
    const answer = first(request);
    return answer === undefined ? second(request) : answer;
  };
