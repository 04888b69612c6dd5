/**
 * The rules of a sale with `fallback: 'host'`: several attempts at the reader, one after the other, each a start of its own. Pure, around
 * `next`, which plays each attempt; loaded on demand.
 *
 * - The stripe of a chip card is not given to the host while its chip can be read: the chip is asked for in another attempt.
 * - A chip that cannot be read is tried three times in all, then the stripe alone is taken.
 * - The next attempt begins when the reader has ended the one before and its card is out of the slot, and never after a cancel.
 * - A reader that falls back by itself does not end its attempt meanwhile, and says so in its card data (DFDF53): neither begins another.
 * - An attempt without card data for the host has charged nothing; in full EMV, where a card may accept without a host, only when the
 *   reader has said so, or has accepted another start since then.
 *
 * The order is published [vendor samples, MG p95]; the byte values of notification 0105 for it are not. So a chip counts as unreadable
 * where a card was in the slot and the reader ended the attempt, with a completion of the contact reader or a batch that says error, and
 * without card data, a cancel, a card that was pulled out, or its time limit.
 */
import { wordsOf } from '../mms/commands/accept.js';
import { batchResult, batchResults } from './batch.js';
import type { CardDataDetail } from './card.js';
import type { AttemptReason, SaleAttempt, StripeFallback } from './contract.js';
import type { DecidedOutcome, Evidence } from './outcome.js';
import type { Known } from './result.js';
import { counts, done, GRACE_TIMER, next, NOT_CANCELLED, NOTHING_READ, SILENCE, silence, STOP_TIMERS } from './next.js';
import type {
  Attempt,
  DoneState,
  EndingState,
  QueuedState,
  ReadingState,
  Step,
  TransactionEffect,
  TransactionEvent,
  TransactionState,
  WaitingState,
} from './state.js';
import { DEFAULT_ACCEPT, type StartTransactionOptions } from './start-options.js';

/** Chip failures after which the stripe alone is taken [vendor samples, MG p95]. */
const CHIP_FAILURES = 3;
/** Milliseconds after which a card counts as taken out at a reader that may not report it [D]. */
const REMOVAL = 15_000;
/** First byte of 0105: the payment technology, as in 0101. */
const CONTACT = '10';

type Running = Exclude<TransactionState, DoneState>;
type AwaitingCard = WaitingState | ReadingState | EndingState;
type Rules = typeof next;

/** The rules for a sale with these ways of presenting a card. */
export function withFallback(accept: StartTransactionOptions['accept'] = DEFAULT_ACCEPT): Rules {
  const offered = typeof accept === 'string' ? wordsOf(accept) : [...accept];
  const first: Attempt = {
    shown: { number: 1, accept: offered.join(' ') },
    facts: { attempts: { count: 1, because: [] } },
  };
  /** The attempt behind one that ended so; undefined where there is none. */
  const following = ({ shown, facts }: Attempt, because: AttemptReason): SaleAttempt | undefined => {
    const number = shown.number + 1;
    const ways = wordsOf(shown.accept);
    if (because === 'chip-swiped') {
      const chip = ways.filter((way) => way === 'insert' || way === 'tap');
      return ways.includes('swipe') ? { number, accept: chip.join(' '), because } : undefined;
    }
    const failures = facts.attempts.because.filter((each) => each === because).length + 1;
    if (failures < CHIP_FAILURES) return { number, accept: shown.accept, because };
    return offered.includes('swipe') ? { number, accept: 'swipe', because } : undefined;
  };
  const rules: Rules = (state, event) => {
    if (state.step === 'done') return next(state, event);
    const known = withAttempt(state, noted(state, event, state.terms.attempt ?? first));
    const { attempt } = known.terms;
    const paid = paidBefore(known, event);
    // A card that has accepted without a host must not pay twice.
    if (paid) return finish(known, { cardSeen: true }, { batch: paid }, known.step === 'queued' ? WITHDRAW : []);
    if (known.step === 'queued')
      return attempt.shown.number > 1
        ? ifSure(known, between(known, event))
        : next(event.type === 'sent' ? known : state, event);
    if (known.step === 'starting') return ifSure(known, next(known, event));
    if (attempt.refused && known.step === 'ending') return whileRefused(known, event, rules);
    if (isCardOfSale(event) && awaitsCard(known)) {
      const { data } = event;
      if (isRefused(data, attempt)) return refuse(known, data, following(attempt, 'chip-swiped'));
      const fallback = fallbackOf(data, attempt);
      if (!fallback) return next(known, event);
      const facts = { ...attempt.facts, fallback };
      return next(withAttempt(known, { facts, card: { entryMode: 'fallback' } }), event);
    }
    const step = next(known, event);
    if (step.state.step !== 'done') return step;
    return afterAttempt(known, step, step.state, (because) =>
      // One that has said nothing of an end may still be at it.
      hasCompleted(known, event) ? following(attempt, because) : undefined,
    );
  };
  return rules;
}

type WithAttempt<State extends Running> = State & { readonly terms: { readonly attempt: Attempt } };

function withAttempt<State extends Running>(state: State, change: Partial<Attempt>): WithAttempt<State> {
  const { terms } = state;
  return { ...state, terms: { ...terms, attempt: { ...terms.attempt, ...change } } } as WithAttempt<State>;
}

/** The attempt with what an event says of the card in the slot, and of what is wanted. */
function noted(state: Running, event: TransactionEvent, attempt: Attempt): Attempt {
  if (event.type === 'cancel-wanted') return { ...attempt, isLast: true };
  if (event.type !== 'card') return attempt;
  const { via, action } = event.card;
  // What happens to the card behind the end of an attempt does not change what the attempt came to.
  const hasEnded =
    ('ending' in state && state.ending?.completion !== undefined) ||
    ('seen' in state && state.seen.batch !== undefined);
  if (via !== 'contact') return counts(event.card) && !hasEnded ? { ...attempt, isChip: false } : attempt;
  const isSeated = action !== 'removed';
  return { ...attempt, isSeated, ...(hasEnded ? {} : { isChip: isSeated }) };
}

/** Whether these are the first card data for the host that come. */
const isCardOfSale = (event: TransactionEvent): event is Extract<TransactionEvent, { type: 'card-data' }> =>
  event.type === 'card-data' && event.data.kind === 'arqc' && !event.isUsed;

const awaitsCard = (state: Running): state is WithAttempt<AwaitingCard> =>
  state.step === 'waiting' ||
  ((state.step === 'reading' || state.step === 'ending') && (state.seen ?? NOTHING_READ).host.step === 'not-asked');

/** Whether a stripe says that its card has a chip: by the kind of card, or by a service code that is not masked (ISO/IEC 7813). */
const hasChip = ({ cardType, serviceCode = '' }: CardDataDetail): boolean =>
  cardType === 'stripe-with-chip' || /^[26]/.test(serviceCode);

const hasNoChip = (data: CardDataDetail): boolean =>
  !hasChip(data) && (data.serviceCode !== undefined || data.cardType === 'stripe' || data.cardType === 'stripe-aamva');

/** Whether the host is not to get these data: the chip of the card can be read. */
const isRefused = (data: CardDataDetail, { shown }: Attempt): boolean =>
  data.via === 'swipe' && data.fallback === 'none' && hasChip(data) && wordsOf(shown.accept).includes('insert');

/** What card data are that come in place of those of a chip. */
function fallbackOf(data: CardDataDetail, { shown }: Attempt): StripeFallback | undefined {
  if (data.via !== 'swipe') return undefined;
  if (data.fallback !== 'none') return { kind: data.fallback, saidBy: 'reader' };
  const isStripeOnly = shown.accept === 'swipe' && shown.because === 'chip-unreadable';
  return isStripeOnly && !hasNoChip(data) ? { kind: 'technical', saidBy: 'page' } : undefined;
}

/** The batch of a card that has accepted without a host in an attempt before: none has met the reader in this one. */
function paidBefore(state: WithAttempt<Running>, event: TransactionEvent): CardDataDetail | undefined {
  const { flow, attempt } = state.terms;
  const isBefore = state.step === 'queued' || state.step === 'starting' || state.step === 'waiting';
  if (flow !== 'full-emv' || attempt.shown.number === 1 || !isBefore) return undefined;
  if (event.type !== 'card-data' || event.isUsed || event.data.kind !== 'batch') return undefined;
  return batchResult(event.data) === batchResults.accept ? event.data : undefined;
}

/** Nothing is certain while a card may have accepted in the attempt before. */
function ifSure(state: WithAttempt<Running>, step: Step): Step {
  if (step.state.step !== 'done' || !state.terms.attempt.isUnsure) return step;
  const { outcome, error } = step.state.result;
  if (outcome === 'unknown') return step;
  return finish(state, { cardSeen: true }, error ? { error } : {}, step.effects);
}

/** Whether the reader has said that it is through. */
const hasCompleted = (state: Running, { type }: TransactionEvent): boolean =>
  type === 'completed' || (state.step === 'ending' && state.ending.completion !== undefined);

/** The stripe of a chip card came: its key is used up, and the reader is to end this attempt. */
function refuse(
  { terms, sentAt, ...state }: WithAttempt<AwaitingCard>,
  data: CardDataDetail,
  following: SaleAttempt | undefined,
): Step {
  const { attempt } = terms;
  const ending = 'ending' in state ? state.ending : NOT_CANCELLED;
  const refused = { ...attempt, refused: attempt.shown, shown: following ?? attempt.shown };
  return {
    state: { step: 'ending', terms: { ...terms, attempt: refused }, sentAt, ending },
    effects: [ending.completion || ending.isCancelled ? GRACE_TIMER : WAIT, { type: 'use-key', data }],
  };
}

/** For a reader that has something to end. */
const WAIT: TransactionEffect = { type: 'timer', timer: 'reader', milliseconds: SILENCE };

/** The reader has not ended the attempt whose stripe was refused. */
function whileRefused(state: WithAttempt<EndingState>, event: TransactionEvent, rules: Rules): Step {
  const { ending } = state;
  switch (event.type) {
    case 'sign-of-life':
      return { state, effects: ending.completion ? [] : [WAIT] };
    case 'card':
      // The reader asks for the chip by itself.
      return counts(event.card) && event.card.via !== 'swipe' ? readOn(state) : stay(state);
    case 'card-data':
      if (event.isUsed) return stay(state);
      if (event.data.kind === 'arqc') return rules(readOn(state).state, event);
      // Another completion may follow.
      return { state: withAttempt(state, { hasBatch: true }), effects: ending.completion ? [GRACE_TIMER] : [] };
    case 'completed': {
      const step = ended(state, { completion: { code: event.code, isLimitOver: false } });
      return state.terms.attempt.hasBatch ? refusedOver(step.state) : step;
    }
    case 'cancel-answered':
      return event.isAccepted ? ended(state, { isCancelled: true }) : refusedOver(state);
    case 'choice-dismissed':
      return ended(state, { isCancelled: true });
    case 'time-over':
      return ending.completion || ending.isCancelled ? refusedOver(state) : untold(state, event);
    case 'overtaken':
    case 'lost':
      return untold(state, event);
    default:
      return stay(state);
  }
}

/** The reader will not say any more how the attempt ended: in full EMV it may have gone on with the chip. */
function untold(state: WithAttempt<EndingState>, event: TransactionEvent): Step {
  if (state.terms.flow === 'full-emv' && !state.ending.completion) return next(state, event);
  return notRead(state, event.type === 'lost' ? { error: event.error } : {});
}

const stay = (state: TransactionState): Step => ({ state, effects: [] });

const ended = (
  state: WithAttempt<EndingState>,
  also: Partial<EndingState['ending']>,
): Step & { readonly state: WithAttempt<EndingState> } => ({
  state: { ...state, ending: { ...state.ending, ...also } },
  effects: [GRACE_TIMER],
});

/** The attempt goes on as if the stripe had not been read. */
function readOn({ terms, sentAt }: WithAttempt<EndingState>): Step {
  const { refused, ...attempt } = terms.attempt;
  const back = { ...attempt, shown: refused ?? attempt.shown, hasBatch: false };
  return {
    state: { step: 'reading', terms: { ...terms, attempt: back }, sentAt, seen: NOTHING_READ },
    effects: [silence(terms)],
  };
}

/** The reader has ended the attempt whose stripe was refused. */
function refusedOver(state: WithAttempt<EndingState>): Step {
  const { attempt } = state.terms;
  if (attempt.isLast || state.ending.isCancelled) return finish(state, { cancelled: true });
  return attempt.shown === attempt.refused ? notRead(state) : begin(state, attempt.shown);
}

/** An attempt has ended as `next` says: another one follows, or nothing was read, or it is the outcome of the sale. */
function afterAttempt(
  state: WithAttempt<Exclude<Running, QueuedState>>,
  step: Step,
  { result }: DoneState,
  following: (because: AttemptReason) => SaleAttempt | undefined,
): Step {
  const { arqc, batch, because } = result;
  const isError = because?.code === 'error-before-card';
  if (arqc || !(isError || because?.code === 'unexplained-code')) return step;
  // The card has decided something by itself.
  if (batch && batchResult(batch) !== batchResults.error) return step;
  const { attempt, flow } = state.terms;
  const completion = state.step === 'ending' ? state.ending.completion : undefined;
  const isOfChip = isError
    ? batch?.via === 'contact'
    : completion?.isLimitOver === false && completion.code.startsWith(CONTACT);
  // In full EMV a card may accept without a host, and its batch may come late.
  const isUnsure = flow === 'full-emv' && !isError;
  if (attempt.isChip && isOfChip) {
    if (attempt.isLast) return isUnsure ? step : finish(state, { cancelled: true });
    const another = following('chip-unreadable');
    if (another) return begin(state, another, isUnsure);
  }
  return isError || isUnsure ? step : notRead(state, batch ? { batch } : {});
}

/** Another attempt: as soon as the card is out of the slot. */
function begin({ terms }: WithAttempt<Running>, shown: SaleAttempt, isUnsure = false): Step {
  const { isSeated = false, facts } = terms.attempt;
  const { count, because } = facts.attempts;
  const reasons = shown.because ? [...because, shown.because] : because;
  const attempt: Attempt = { shown, isSeated, isUnsure, facts: { attempts: { count, because: reasons } } };
  const state = { step: 'queued', terms: { ...terms, attempt } } as const;
  const { state: queued, effects } = isSeated ? waitForRemoval(state) : ask(state);
  return { state: queued, effects: [...STOP_TIMERS, ...effects] };
}

const waitForRemoval = (state: QueuedState): Step => ({
  state,
  effects: [{ type: 'timer', timer: 'reader', milliseconds: REMOVAL }],
});

/** Has the start sent; where the reader is known to report its slot, that waits for the removal too, and not for ever. */
function ask(state: WithAttempt<QueuedState>): Step {
  const { attempt, timeout } = state.terms;
  return {
    state: withAttempt(state, { isAsked: true }),
    effects: [
      { type: 'timer', timer: 'reader', milliseconds: timeout },
      { type: 'start', accept: attempt.shown.accept },
    ],
  };
}

/** One attempt is over and the next one not sent: nothing runs at the reader. */
function between(state: WithAttempt<QueuedState>, event: TransactionEvent): Step {
  const { attempt } = state.terms;
  const { attempts } = attempt.facts;
  switch (event.type) {
    case 'sent': {
      const sent = withAttempt(state, { facts: { attempts: { ...attempts, count: attempt.shown.number } } });
      const { state: starting, effects } = next(sent, event);
      return { state: starting, effects: [...effects, { type: 'timer', timer: 'reader' }] };
    }
    case 'card':
      return attempt.isSeated || attempt.isAsked ? stay(state) : ask(state);
    case 'time-over':
      return attempt.isAsked ? notRead(state, {}, WITHDRAW) : ask(state);
    case 'cancel-wanted':
      return finish(state, { cancelled: true }, {}, WITHDRAW);
    case 'overtaken':
      // Whoever stands at the reader now is a customer of somebody else.
      return notRead(state, {}, WITHDRAW);
    case 'lost':
    case 'unanswered':
      return notRead(state, { error: event.error }, WITHDRAW);
    default:
      return stay(state);
  }
}

const WITHDRAW: readonly TransactionEffect[] = [{ type: 'withdraw-start' }];

/** The sale is over, and it is certain that no card was charged. */
const notRead = (state: Running, known: Known = {}, effects: readonly TransactionEffect[] = []): Step =>
  finish(state, { decided: NOT_READ }, known, effects);

const NOT_READ: DecidedOutcome = {
  outcome: 'failed',
  reason: 'No card was read that could be charged, and the host was not asked.',
  because: { code: 'not-read' },
};

const finish = (
  { terms }: Running,
  evidence: Evidence,
  known: Known = {},
  effects: readonly TransactionEffect[] = [],
): Step => done(terms, evidence, known, effects);
