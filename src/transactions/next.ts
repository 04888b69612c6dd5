/**
 * State machine of a transaction: from a state and an event, the next state and the actions to take. Pure: no clock, no timers, nothing
 * sent. The rules of evidence are here; `outcome.ts` decides what the evidence comes to.
 *
 * - Nothing that came before the start's own positive answer is evidence, and an unanswered start never authorizes.
 * - Card data whose key serial number was heard before are not those of this sale.
 * - The host is asked once, about the first card data.
 * - Later evidence wins: a card that is seen after the reader seemed to have ended makes it go on.
 * - A reader that accepts a start of somebody else is through with this sale.
 * - Silence is counted from the last sign of life, not from the start.
 * - In full EMV the reader is given the host's decision once, while it waits for it, whatever it repeats; never where data have come
 *   that may be of another card.
 */
import { detailed } from '../connection/error-details.js';
import { present } from '../connection/present.js';
import { ReaderError, rejected } from '../connection/reader-error.js';
import type { CardDataDetail, CardDetail } from './card.js';
import { cardHeard, evidenceOf, seenOf, waitsForHost } from './evidence.js';
import type { Evidence } from './outcome.js';
import { resultOf, type Known } from './result.js';
import type {
  AcceptedState,
  AwaitingHostState,
  Ending,
  EndingState,
  HostAnswer,
  QueuedState,
  ReadingState,
  Seen,
  StartingState,
  Step,
  Terms,
  TransactionEffect,
  TransactionEvent,
  TransactionState,
} from './state.js';
import { isSameCardData } from './used-keys.js';

/** Milliseconds between the first completion and the end, unless another one comes after a batch [D]. */
export const GRACE = 2_000;
/** Milliseconds that a reader may be silent beyond its own time limit [D]. */
export const SILENCE = 30_000;
/** Milliseconds by which the reader's clock may run ahead of ours. */
const CLOCK_TOLERANCE = 500;

export const NOTHING_READ: Seen = { host: { step: 'not-asked' } };
export const NOT_CANCELLED: Ending = { isCancelled: false };
export const STOP_TIMERS: readonly TransactionEffect[] = [
  { type: 'timer', timer: 'reader' },
  { type: 'timer', timer: 'host' },
];

/** A sale that was asked for and not sent. */
export const queued = (terms: Terms): TransactionState => ({ step: 'queued', terms });

/** States in which something is expected of the reader. */
type Expecting = Exclude<AcceptedState, AwaitingHostState>;

/** The next state, and what is to be done. */
export function next(state: TransactionState, event: TransactionEvent): Step {
  switch (state.step) {
    case 'queued':
      return whileQueued(state, event);
    case 'starting':
      return whileStarting(state, event);
    case 'done':
      return stay(state);
    default:
      return whileAccepted(state, event);
  }
}

const stay = (state: TransactionState): Step => ({ state, effects: [] });

function whileQueued(state: QueuedState, event: TransactionEvent): Step {
  const { terms } = state;
  switch (event.type) {
    case 'sent':
      return { state: { step: 'starting', terms, sentAt: event.at }, effects: [] };
    case 'cancel-wanted':
      return done(terms, { unsent: true }, {}, [{ type: 'withdraw-start' }]);
    case 'unanswered':
      return done(terms, { unsent: true }, event.error.code === 'aborted' ? {} : { error: event.error });
    case 'lost':
      return done(terms, { unsent: true }, { error: event.error }, [{ type: 'withdraw-start' }]);
    default:
      return stay(state);
  }
}

function whileStarting(state: StartingState, event: TransactionEvent): Step {
  const { terms, sentAt } = state;
  switch (event.type) {
    case 'answered': {
      const { status } = event;
      if (status.ok) return { state: { step: 'waiting', terms, sentAt }, effects: [silence(terms)] };
      const error = rejected(status);
      return done(terms, { refused: status }, { error });
    }
    case 'unanswered':
      return done(terms, { unanswered: event.error }, { error: event.error });
    case 'lost':
      return done(terms, { lost: event.error }, { error: event.error });
    default:
      return stay(state);
  }
}

function whileAccepted(state: AcceptedState, event: TransactionEvent): Step {
  switch (event.type) {
    case 'sign-of-life':
      return { state, effects: stillWorking(state) };
    case 'card':
      return counts(event.card) ? cardSeen(state) : stay(state);
    case 'card-data':
      // Nothing more is expected of the reader: these are of another sale.
      if (state.step === 'awaiting-host') return stay(state);
      return event.data.kind === 'batch' ? batchCame(state, event) : arqcCame(state, event);
    case 'completed':
      return completed(state, event);
    case 'host-answered':
      return hostAnswered(state, event.answer);
    case 'cancel-answered':
      return cancelAnswered(state, { isCancelled: event.isAccepted });
    case 'choice-dismissed':
      return cancelAnswered(state, { isCancelled: true, isChoiceOver: event.why === 'timed-out' });
    case 'time-over':
      return timeOver(state, event.timer);
    case 'overtaken':
      return overtaken(state);
    case 'lost':
      return end(state, { lost: event.error });
    default:
      return stay(state);
  }
}

/** Whether a card event shows that a card meets the reader for this sale. */
export const counts = ({ during, action }: CardDetail): boolean =>
  during === 'transaction' && action !== 'removed' && action !== 'collision';

function cardSeen(state: AcceptedState): Step {
  if (state.step === 'waiting') return readOn(state, NOTHING_READ);
  if (state.step !== 'ending') return { state, effects: stillWorking(state) };
  const { seen = NOTHING_READ, ending } = state;
  // The reader goes on, as with the stripe of a card whose chip failed.
  if (!ending.isCancelled && seen.host.step === 'not-asked') return readOn(state, seen);
  return stay({ ...state, seen });
}

function batchCame(state: Expecting, { data, isUsed }: { data: CardDataDetail; isUsed: boolean }): Step {
  const seen = seenOf(state) ?? NOTHING_READ;
  // A repeat, of this sale or of another.
  if (isUsed) return { state, effects: stillWorking(state) };
  const step = withSeen(state, { ...seen, batch: data });
  // It was waited for longer: now another completion may follow.
  const isLast = step.step === 'ending' && step.ending.completion !== undefined && waitsForHost(step.terms, step.seen);
  return { state: step, effects: [...(isLast ? [GRACE_TIMER] : stillWorking(step)), { type: 'keep' }] };
}

function arqcCame(state: Expecting, { data, isUsed }: { data: CardDataDetail; isUsed: boolean }): Step {
  const seen = seenOf(state) ?? NOTHING_READ;
  const { host } = seen;
  if (host.step !== 'not-asked' && isSameCardData(host.arqc, data)) return { state, effects: stillWorking(state) };
  if (isUsed) return { state, effects: [{ type: 'refuse', data }] };
  if (host.step === 'not-asked') {
    const { authorizeTimeout } = state.terms;
    const asking = withSeen(state, { ...atAsking(state.terms, seen), host: { step: 'asked', arqc: data } });
    const limit: TransactionEffect = { type: 'timer', timer: 'host', milliseconds: authorizeTimeout };
    return {
      state: asking,
      effects: [
        ...stillWorking(asking),
        { type: 'use-key', data },
        ...(authorizeTimeout < Infinity ? [limit] : []),
        { type: 'ask-host', arqc: data },
      ],
    };
  }
  const other = isOtherCard(host.arqc, data);
  const isUnsure = !isSameCard(host.arqc, data);
  const known = withSeen(state, {
    ...seen,
    ...(other ? { otherCard: data } : { isAskedAgain: true }),
    ...(isUnsure ? { isCardUnsure: true } : {}),
  });
  // An answer to the first card that still waits to be sent would reach this one.
  const withdrawn: readonly TransactionEffect[] = isUnsure ? [{ type: 'withdraw-resume' }] : [];
  return { state: known, effects: [...stillWorking(known), ...withdrawn, { type: 'use-key', data }] };
}

/** In full EMV a batch from before is of an attempt that failed: it says nothing of what the card answers the host. */
const atAsking = ({ flow }: Terms, seen: Seen): Seen => (flow === 'full-emv' ? NOTHING_READ : seen);

const isOtherCard = (one: CardDataDetail, other: CardDataDetail): boolean =>
  one.maskedPan !== '' && other.maskedPan !== '' && one.maskedPan !== other.maskedPan;

/** Whether both are known to be of one card. */
const isSameCard = (one: CardDataDetail, other: CardDataDetail): boolean =>
  one.maskedPan !== '' && one.maskedPan === other.maskedPan;

/** The state with what is known of the card. */
function withSeen(state: Expecting, seen: Seen): ReadingState | EndingState {
  const { terms, sentAt } = state;
  return state.step === 'waiting' ? { step: 'reading', terms, sentAt, seen } : { ...state, seen };
}

function completed(state: AcceptedState, { code, at }: { code: string; at: number }): Step {
  const isLimitOver = at >= state.sentAt + state.terms.timeout - CLOCK_TOLERANCE;
  if (state.step === 'awaiting-host')
    return stay({ ...state, ending: { ...(state.ending ?? NOT_CANCELLED), completion: { code, isLimitOver } } });
  const before = state.step === 'ending' ? state.ending : NOT_CANCELLED;
  const ended = endingOf(state, { ...before, completion: { code, isLimitOver } });
  if (ended.seen?.batch || isOver(ended)) return readerDone(ended);
  if (state.step === 'ending') return { state: ended, effects: [] };
  // Without the batch nobody knows what the card said.
  const isPatient = !ended.ending.isCancelled && waitsForHost(ended.terms, ended.seen);
  return { state: ended, effects: [isPatient ? BATCH_TIMER : GRACE_TIMER] };
}

function cancelAnswered(state: AcceptedState, answer: Ending): Step {
  if (state.step === 'awaiting-host')
    return stay({ ...state, ending: { ...(state.ending ?? NOT_CANCELLED), ...answer } });
  const before = state.step === 'ending' ? state.ending : NOT_CANCELLED;
  const ended = endingOf(state, before.isCancelled ? before : { ...before, ...answer });
  // Whether a completion follows, or came before, is not documented [MG p101, D]: it is waited for, but not for ever.
  if (isOver(ended)) return readerDone(ended);
  return { state: ended, effects: state.step === 'ending' ? [] : [GRACE_TIMER] };
}

export const GRACE_TIMER: TransactionEffect = { type: 'timer', timer: 'reader', milliseconds: GRACE };
const BATCH_TIMER: TransactionEffect = { type: 'timer', timer: 'reader', milliseconds: SILENCE };

/** Cancelled and completed before there was anything that a batch could belong to. */
const isOver = ({ ending, seen }: EndingState): boolean =>
  ending.isCancelled && ending.completion !== undefined && (seen === undefined || seen.host.step === 'not-asked');

function endingOf(state: Expecting, ending: Ending): EndingState {
  const { terms, sentAt } = state;
  const seen = seenOf(state);
  return { step: 'ending', terms, sentAt, ...(seen ? { seen } : {}), ending };
}

function hostAnswered(state: AcceptedState, answer: HostAnswer): Step {
  const seen = seenOf(state);
  if (seen?.host.step !== 'asked') return stay(state);
  const { arqc } = seen.host;
  const answered: Seen = { ...seen, host: { ...answer, arqc } };
  if (state.step === 'awaiting-host') {
    const { terms, sentAt, ending = NOT_CANCELLED } = state;
    return end({ step: 'ending', terms, sentAt, ending, seen: answered });
  }
  const effects: TransactionEffect[] = [{ type: 'timer', timer: 'host' }];
  // A reader that has ended its part waits for nothing, and one that has read another card waits for the answer to that one.
  const isWaiting = state.step === 'reading' && !answered.isCardUnsure && waitsForHost(state.terms, answered);
  if (answer.step === 'decided' && isWaiting)
    effects.push({ type: 'resume', arqc, decision: answer.decision }, silence(state.terms));
  return { state: withSeen(state, answered), effects };
}

function timeOver(state: AcceptedState, timer: 'reader' | 'host'): Step {
  if (timer === 'reader') return readerDone(state);
  const error = new ReaderError('authorize-failed', detailed('host-silent'));
  return hostAnswered(state, { step: 'undecided', why: 'host-silent', error });
}

/** How this sale ended was not heard; what comes now is of another. Card data that have come stay its own. */
function overtaken(state: AcceptedState): Step {
  const hasCardData = (seenOf(state) ?? NOTHING_READ).host.step !== 'not-asked';
  return hasCardData ? readerDone(state) : end(state, { overtaken: true });
}

/** The reader's part is over: the sale ends now, or when the host has decided. */
function readerDone(state: AcceptedState): Step {
  if (state.step === 'awaiting-host') return stay(state);
  if (state.step === 'waiting') return end(state);
  const { terms, sentAt, seen } = state;
  if (seen?.host.step !== 'asked') return end(state);
  const ending = state.step === 'ending' ? state.ending : undefined;
  return {
    state: { step: 'awaiting-host', terms, sentAt, seen: { ...seen, host: seen.host }, ending },
    effects: [{ type: 'timer', timer: 'reader' }],
  };
}

function readOn({ terms, sentAt }: AcceptedState, seen: Seen): Step {
  const state: ReadingState = { step: 'reading', terms, sentAt, seen };
  return { state, effects: [silence(terms)] };
}

/** The time that a silent reader has left begins anew, unless it has ended its part. */
const stillWorking = (state: AcceptedState): readonly TransactionEffect[] =>
  state.step === 'waiting' || state.step === 'reading' ? [silence(state.terms)] : [];

export const silence = ({ timeout }: Terms): TransactionEffect => ({
  type: 'timer',
  timer: 'reader',
  milliseconds: timeout + SILENCE,
});

/** Ends an accepted sale with all that is known of it. */
function end(state: AcceptedState, also: Pick<Evidence, 'lost' | 'overtaken'> = {}): Step {
  const { host, batch } = seenOf(state) ?? NOTHING_READ;
  const arqc = host.step === 'not-asked' ? undefined : host.arqc;
  const error = also.lost ?? (host.step === 'undecided' ? host.error : undefined);
  return done(state.terms, { ...also, ...evidenceOf(state) }, present({ arqc, batch, error }));
}

/** Ends a sale by its evidence; nothing runs any more. */
export function done(terms: Terms, evidence: Evidence, known: Known, effects: readonly TransactionEffect[] = []): Step {
  const card = cardHeard(terms, evidence);
  return {
    state: { step: 'done', result: resultOf(terms, evidence, known), ...(card ? { card } : {}) },
    effects: [...STOP_TIMERS, ...effects],
  };
}
