/**
 * Asks a host through a hook of the page how a sale ended, and reads whatever it answers. Asking changes nothing: it may be
 * repeated, and a host that does not know is no failure.
 */
import { redactText } from '../mms/redact.js';
import { detailed } from '../connection/error-details.js';
import { present } from '../connection/present.js';
import { ReaderError } from '../connection/reader-error.js';
import type { Environment } from '../connection/environment.js';
import { readDecision } from './read-decision.js';
import type { CardHeard, Inquire, InquireRequest, InquiryResult, UnresolvedTransaction } from './contract.js';

/**
 * Asks once.
 * @param milliseconds That the host may take.
 * @throws {ReaderError} `inquire-failed` where nobody asks, the host fails, takes too long or gives an answer that is none, or
 * `aborted`.
 */
export async function inquire(
  hook: Inquire,
  {
    transactionId,
    amount,
    currency,
    originalReference,
    card,
    signal: given,
  }: Omit<InquireRequest, 'signal'> & Pick<UnresolvedTransaction, 'card'> & { readonly signal?: AbortSignal },
  { environment, milliseconds }: { readonly environment: Environment; readonly milliseconds: number },
): Promise<InquiryResult> {
  const asking = new AbortController();
  const { signal } = asking;
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as ReaderError);
    });
  });
  const abort = (): void => asking.abort(new ReaderError('aborted'));
  if (given?.aborted) throw new ReaderError('aborted');
  given?.addEventListener('abort', abort);
  const timer = environment.setTimeout(() => asking.abort(failed('host-silent')), milliseconds);
  try {
    const asked = hook({ transactionId, amount, currency, signal, ...present({ originalReference }) });
    if (asked === undefined || asked === null) throw failed('no-host');
    const answer: unknown = await Promise.race([Promise.resolve(asked), stopped]);
    return { transactionId, ...withCard(answerOf(answer, { amount, currency }), card) };
  } catch (cause) {
    throw cause instanceof ReaderError ? cause : new ReaderError('inquire-failed', { cause });
  } finally {
    environment.clearTimeout(timer);
    given?.removeEventListener('abort', abort);
    // The hook learns that nobody waits any more; an answer that came is not changed by it.
    stopped.catch(() => undefined);
    asking.abort(new ReaderError('aborted'));
  }
}

type Answer = Omit<InquiryResult, 'transactionId'>;

/** A host's yes counts only together with the card where that decides too. */
function withCard(answer: Answer, card: CardHeard | undefined): Answer {
  const { outcome, decision } = answer;
  if (outcome !== 'approved' || !decision || card === undefined || card === 'accepted') return answer;
  // The words of the host would say that it was paid.
  if (card === 'refused') return { outcome: 'declined', because: { code: 'card-refused' }, decision };
  return { outcome: 'unknown', because: { code: 'card-silent' }, decision };
}

/** @throws {ReaderError} `inquire-failed` for what is neither a decision nor a clear "unknown". */
function answerOf(answer: unknown, asked: Pick<InquireRequest, 'amount' | 'currency'>): Answer {
  const { unknown, outcome, message } = (answer ?? {}) as Record<string, unknown>;
  // No reader waits for it any more.
  const decision = readDecision(answer, asked, 'quick-chip');
  if (decision)
    return {
      outcome: decision.approved ? 'approved' : 'declined',
      decision,
      ...(decision.message === undefined ? {} : { message: decision.message }),
    };
  if (unknown === true || outcome === 'unknown')
    return { outcome: 'unknown', ...(typeof message === 'string' ? { message: redactText(message) } : {}) };
  throw failed('inquiry-unclear');
}

const failed = (code: 'host-silent' | 'inquiry-unclear' | 'no-host'): ReaderError =>
  new ReaderError('inquire-failed', detailed(code));
