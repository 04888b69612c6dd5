/**
 * Money that a host took for a card that then refused: the host is told to give it back, until it says that it has. A host carries
 * that out once, however often it hears it; nothing is sent to the reader.
 */
import type { Environment } from '../connection/environment.js';
import { detailed } from '../connection/error-details.js';
import { ReaderError } from '../connection/reader-error.js';
import type { ReversalRequest, Reverse, TransactionResult } from './contract.js';

/** Seconds before each further try. */
const PAUSES = [2, 10, 30, 60, 300];

/** Milliseconds that a host may take for one try. */
const ATTEMPT = 60_000;

/** What a sale has to be given back; undefined where it has not. */
export function reversalOf(result: TransactionResult): ReversalRequest | undefined {
  const { arqc, batch, because, card, emv } = result;
  if (because?.code !== 'card-refused') return undefined;
  const { schema, transactionId, type, dateTime, amount, currency, amounts } = result;
  return Object.freeze({
    ...{ schema, transactionId, type, dateTime, amount, currency, amounts },
    ...(arqc ? { arqc } : {}),
    ...(card ? { card } : {}),
    ...(emv ? { emv } : {}),
    ...(batch ? { batch } : {}),
  });
}

/** The request as it may leave for the host: without a batch that has card data in clear. */
export function withoutClearBatch({ batch, ...request }: ReversalRequest): ReversalRequest {
  return Object.freeze(batch && batch.clearTags.length === 0 ? { ...request, batch } : request);
}

/** How a reversal went: the host gave the money back, it never said so (which was told), or the hook leaves it to others. */
type ReversalEnd = 'given-back' | 'failed' | 'left';

/** Has it given back. `failed` is told when the last try is over and no host has said that it was. */
export async function giveBack(
  request: ReversalRequest,
  reverse: Reverse,
  environment: Environment,
  failed: (error: ReaderError) => void,
): Promise<ReversalEnd> {
  let cause: unknown;
  for (const pause of [0, ...PAUSES]) {
    if (pause > 0) await new Promise<void>((resolve) => void environment.setTimeout(resolve, pause * 1000));
    try {
      const answer = await attempt(request, reverse, environment);
      if (answer === undefined) return 'left';
      if (answer) return 'given-back';
      cause = undefined;
    } catch (error) {
      cause = error;
    }
  }
  failed(new ReaderError('reversal-failed', { ...detailed('sale-id', { id: request.transactionId }), cause }));
  return 'failed';
}

/** One try: whether the host has given it back; undefined where the hook leaves it to others. */
async function attempt(
  request: ReversalRequest,
  reverse: Reverse,
  environment: Environment,
): Promise<boolean | undefined> {
  const asking = new AbortController();
  const { signal } = asking;
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as ReaderError);
    });
  });
  stopped.catch(() => undefined);
  const timer = environment.setTimeout(() => {
    asking.abort(new ReaderError('aborted', { detail: 'The host did not answer in time.' }));
  }, ATTEMPT);
  try {
    const asked = reverse({ ...request, signal });
    if (asked === undefined || asked === null) return undefined;
    const answer: unknown = await Promise.race([Promise.resolve(asked), stopped]);
    return answer === true || (answer as { readonly approved?: unknown } | null)?.approved === true;
  } finally {
    environment.clearTimeout(timer);
  }
}
