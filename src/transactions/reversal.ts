/**
 * Money that a host took for a card that then refused: the host is told to give it back, until it says that it has. A host carries
 * that out once, however often it hears it; nothing is sent to the reader.
 */
import type { Environment } from '../connection/environment.js';
import { ReaderError } from '../connection/reader-error.js';
import type { ReversalRequest, Reverse, TransactionResult } from './contract.js';

/** Seconds before each further try. */
const PAUSES = [2, 10, 30, 60, 300];

/** What a sale has to be given back; undefined where it has not. */
export function reversalOf(result: TransactionResult): ReversalRequest | undefined {
  const { arqc, batch, because, card, emv } = result;
  if (because?.code !== 'card-refused' || !arqc) return undefined;
  const { schema, transactionId, type, dateTime, amount, currency, amounts } = result;
  return Object.freeze({
    ...{ schema, transactionId, type, dateTime, amount, currency, amounts, arqc },
    ...(card ? { card } : {}),
    ...(emv ? { emv } : {}),
    ...(batch ? { batch } : {}),
  });
}

/** Has it given back. `failed` is told when the last try is over and no host has said that it was. */
export function giveBack(
  request: ReversalRequest,
  reverse: Reverse,
  environment: Environment,
  failed: (error: ReaderError) => void,
): void {
  const attempt = (tries: number): void => {
    const again = (cause?: unknown): void => {
      const pause = PAUSES[tries];
      if (pause !== undefined)
        environment.setTimeout(() => {
          attempt(tries + 1);
        }, pause * 1000);
      else {
        const { transactionId: id } = request;
        const because = { code: 'sale-id', values: { id } } as const;
        failed(new ReaderError('reversal-failed', { detail: `Its id is ${id}.`, because, cause }));
      }
    };
    let asked: ReturnType<Reverse>;
    try {
      asked = reverse(request);
    } catch (cause) {
      again(cause);
      return;
    }
    // Done elsewhere.
    if (asked === undefined || asked === null) return;
    Promise.resolve(asked).then((answer) => {
      if (answer !== true && (answer as { readonly approved?: unknown } | null)?.approved !== true) again();
    }, again);
  };
  attempt(0);
}
