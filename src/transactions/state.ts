/**
 * The states that a transaction can be in, what can happen to it, and what it asks to be done. Types only, and the phase that
 * people see of a state: what a state does not have, such as a decision without card data, cannot be written down.
 */
import type { ResponseStatus } from '../mms/message.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { CardDataDetail, CardDetail } from './card.js';
import type { Decision, OutcomeCodes, UndecidedCode } from './outcome.js';
import type { Amounts, SentAmounts } from './amounts.js';
import type {
  CardFacts,
  CardHeard,
  Flow,
  SaleAttempt,
  SaleFacts,
  SaleType,
  TransactionPhase,
  TransactionResult,
} from './contract.js';

/** What was agreed when the sale was asked for. */
export interface Terms {
  readonly transactionId: string;
  readonly type: SaleType;
  /** Of a refund: which sale it gives back. */
  readonly originalReference?: string;
  /** When it was asked for, ISO 8601 in UTC. */
  readonly dateTime: string;
  /** What the host is asked for. */
  readonly amount: string;
  readonly currency: string;
  readonly amounts: Amounts;
  /** What the reader was started with; absent where it is not known any more. */
  readonly sent?: SentAmounts;
  /** Whether the reader ends the card's part itself, or waits for the host's answer. */
  readonly flow: Flow;
  /** Milliseconds that the reader waits for a card. */
  readonly timeout: number;
  /** Milliseconds that the host may take; `Infinity` for no limit. */
  readonly authorizeTimeout: number;
  readonly outcomeCodes: OutcomeCodes;
  /** The attempt at the reader, in a sale that may have several. */
  readonly attempt?: Attempt;
}

/** An attempt at the reader, by the rules of `fallback.ts`. */
export interface Attempt {
  /** As people see it: where the next one is certain to come, that one. */
  readonly shown: SaleAttempt;
  readonly facts: Pick<SaleFacts, 'fallback'> & Required<Pick<SaleFacts, 'attempts'>>;
  /** What the facts of the card say, also where only the page knows it. */
  readonly card?: Pick<CardFacts, 'entryMode'>;
  /** None follows: it was cancelled, or the page is left. */
  readonly isLast?: boolean;
  /** A card is in the slot. */
  readonly isSeated?: boolean;
  /** The card that the reader had last was in the slot when it ended, or is still there. */
  readonly isChip?: boolean;
  /** The stripe of a chip card was read and refused: the attempt as it was shown until then. */
  readonly refused?: SaleAttempt;
  /** The batch of that stripe has come. */
  readonly hasBatch?: boolean;
  /** In full EMV: the card may have accepted in the attempt before. Over when the reader has accepted this one. */
  readonly isUnsure?: boolean;
  /** The start of this one was asked for. */
  readonly isAsked?: boolean;
}

/** The host's part. There are card data in each but the first. */
export type HostPart =
  | { readonly step: 'not-asked' }
  | { readonly step: 'asked'; readonly arqc: CardDataDetail }
  /** Nobody here asks: the page sends the card data itself. */
  | { readonly step: 'elsewhere'; readonly arqc: CardDataDetail }
  | { readonly step: 'decided'; readonly arqc: CardDataDetail; readonly decision: Decision }
  | {
      readonly step: 'undecided';
      readonly arqc: CardDataDetail;
      readonly why: UndecidedCode;
      readonly error: ReaderError;
    };

/** What is known of the card once one was seen. */
export interface Seen {
  readonly host: HostPart;
  readonly batch?: CardDataDetail;
  /** Card data of the same card came again under another key: the reader waits for a host, as in full EMV [MG p94]. */
  readonly isAskedAgain?: boolean;
  /** Card data of another card than the one that the host is asked about. */
  readonly otherCard?: CardDataDetail;
  /** Card data came again that are not known to be of the card that the host is asked about. */
  readonly isCardUnsure?: boolean;
}

/** How the reader ended its part. */
export interface Ending {
  /** It accepted our cancel. */
  readonly isCancelled: boolean;
  /** It did so because nothing was chosen in time. */
  readonly isChoiceOver?: boolean;
  /** Its last completion: detail code as eight hexadecimal digits, and whether the time limit was over then. */
  readonly completion?: { readonly code: string; readonly isLimitOver: boolean };
}

interface Accepted {
  readonly terms: Terms;
  /** When the start went out, in milliseconds since 1970. */
  readonly sentAt: number;
}

export interface QueuedState {
  readonly step: 'queued';
  readonly terms: Terms;
}

/** Sent and not answered: nothing that comes now is evidence of this sale. */
export interface StartingState extends Accepted {
  readonly step: 'starting';
}

/** Accepted; the reader waits for a card. */
export interface WaitingState extends Accepted {
  readonly step: 'waiting';
}

export interface ReadingState extends Accepted {
  readonly step: 'reading';
  readonly seen: Seen;
}

/** The reader has ended its part; a batch and another completion may follow. */
export interface EndingState extends Accepted {
  readonly step: 'ending';
  readonly seen?: Seen;
  readonly ending: Ending;
}

/** Nothing more is expected of the reader; the host has not decided. */
export interface AwaitingHostState extends Accepted {
  readonly step: 'awaiting-host';
  readonly seen: Seen & { readonly host: Extract<HostPart, { step: 'asked' }> };
  readonly ending: Ending | undefined;
}

export interface DoneState {
  readonly step: 'done';
  readonly result: TransactionResult;
  /** What counts beside a host that says later how it ended. */
  readonly card?: CardHeard;
}

export type AcceptedState = WaitingState | ReadingState | EndingState | AwaitingHostState;
export type TransactionState = QueuedState | StartingState | AcceptedState | DoneState;

/** What a host's answer comes to. */
export type HostAnswer =
  | { readonly step: 'elsewhere' }
  | { readonly step: 'decided'; readonly decision: Decision }
  | { readonly step: 'undecided'; readonly why: UndecidedCode; readonly error: ReaderError };

/** Timers: until the reader is given up, and until the host is. */
export type TransactionTimer = 'reader' | 'host';

/** What can happen. `at` is the time in milliseconds since 1970. */
export type TransactionEvent =
  /** The start goes out. */
  | { readonly type: 'sent'; readonly at: number }
  | { readonly type: 'answered'; readonly status: ResponseStatus }
  /** The start will not be answered any more, or could not be sent. */
  | { readonly type: 'unanswered'; readonly error: ReaderError }
  /** The reader shows that it works on something: texts, keys, a PIN. */
  | { readonly type: 'sign-of-life' }
  | { readonly type: 'card'; readonly card: CardDetail }
  /** `isUsed`: its key serial number was heard before. */
  | { readonly type: 'card-data'; readonly data: CardDataDetail; readonly isUsed: boolean }
  /** Notification 0105, with its detail code as eight hexadecimal digits. */
  | { readonly type: 'completed'; readonly code: string; readonly at: number }
  | { readonly type: 'host-answered'; readonly answer: HostAnswer }
  /** Somebody here wants to end it. */
  | { readonly type: 'cancel-wanted' }
  /** The reader accepted our cancel; or it says that it has no transaction. */
  | { readonly type: 'cancel-answered'; readonly isAccepted: boolean }
  /** The reader accepted that nothing was chosen: it aborts [DP 1802]. */
  | { readonly type: 'choice-dismissed'; readonly why: 'cancelled' | 'timed-out' }
  /** The reader has accepted a start of somebody else: whatever comes now is of that sale. */
  | { readonly type: 'overtaken' }
  | { readonly type: 'time-over'; readonly timer: TransactionTimer }
  | { readonly type: 'lost'; readonly error: ReaderError };

/** What is to be done. */
export type TransactionEffect =
  /** Sends the start of another attempt. */
  | { readonly type: 'start'; readonly accept: string }
  /** Keeps the start from being sent. */
  | { readonly type: 'withdraw-start' }
  /** Starts the timer anew; without a time, stops it. */
  | { readonly type: 'timer'; readonly timer: TransactionTimer; readonly milliseconds?: number }
  /** The key serial number of these card data is used up, for ever. */
  | { readonly type: 'use-key'; readonly data: CardDataDetail }
  | { readonly type: 'ask-host'; readonly arqc: CardDataDetail }
  /** Gives the reader, which waits for it, what the host has decided. */
  | { readonly type: 'resume'; readonly arqc: CardDataDetail; readonly decision: Decision }
  /** Keeps what the host has decided from a reader that has not been sent it yet. */
  | { readonly type: 'withdraw-resume' }
  /** More is known of the sale than its record says. */
  | { readonly type: 'keep' }
  /** These card data have been used before: they are not those of this sale. */
  | { readonly type: 'refuse'; readonly data: CardDataDetail };

export interface Step {
  readonly state: TransactionState;
  readonly effects: readonly TransactionEffect[];
}

/** How far a sale has come, for people. */
export function phaseOf(state: TransactionState): TransactionPhase {
  switch (state.step) {
    case 'queued':
    case 'starting':
      return 'starting';
    case 'waiting':
      return 'waiting-for-card';
    case 'reading': {
      const { step } = state.seen.host;
      if (step === 'not-asked') return 'reading';
      return step === 'asked' ? 'authorizing' : 'finishing';
    }
    case 'ending':
      if (state.terms.attempt?.refused) return 'starting';
      return state.seen?.host.step === 'asked' ? 'authorizing' : 'finishing';
    case 'awaiting-host':
      return 'authorizing';
    case 'done':
      return 'done';
  }
}

/** The card data that the host is asked about, where they have come. */
export function arqcOf(state: TransactionState): CardDataDetail | undefined {
  if (state.step === 'done') return state.result.arqc;
  const host = 'seen' in state ? state.seen.host : undefined;
  return host && host.step !== 'not-asked' ? host.arqc : undefined;
}
