/**
 * How a sale ended, by evidence only. One function, so that the rule can be read and tested as a table.
 * It does not know timers, messages or who asks. What no evidence decides is `unknown`, never `declined`.
 */
import { spacedHex } from '../mms/hex.js';
import type { ResponseStatus } from '../mms/message.js';
import type { ReaderError } from './reader-error.js';

/**
 * `approved`, `declined`: the host decided. `deferred`: the card was read and the host has not decided here.
 * `cancelled`: ended by this page before a card was read. `timed-out`: no card came. `failed`: it did not take place.
 * `unknown`: nobody here can tell; ask the host before charging again.
 */
export type Outcome = 'approved' | 'declined' | 'deferred' | 'cancelled' | 'timed-out' | 'failed' | 'unknown';

/** What the host said. */
export interface Decision {
  readonly approved: boolean;
  /** Words of the host for the person who pays. */
  readonly message?: string;
}

/** What was seen of a sale when it ended. */
export interface Evidence {
  /** The start was never sent. */
  readonly unsent?: boolean;
  /** The reader refused the start. */
  readonly refused?: ResponseStatus;
  /** The start was sent and not answered. */
  readonly unanswered?: ReaderError;
  /** The connection was lost while the sale was running. */
  readonly lost?: ReaderError;
  readonly cardSeen?: boolean;
  /** Card data for the host were read. */
  readonly arqc?: boolean;
  /** A batch that says error (DFDF1A = 02) came, and no card data before it [MF, DP batch]. */
  readonly batchError?: boolean;
  readonly decision?: Decision;
  /** The host was asked and gave no answer that can be used. */
  readonly undecided?: string;
  /** The reader accepted our cancel. */
  readonly cancelled?: boolean;
  /** The time limit of the sale was over when the reader ended it. */
  readonly limitOver?: boolean;
  /** Detail code of the reader's last completion, as eight hexadecimal digits; absent when it sent none. */
  readonly completion?: string;
}

/** Outcomes by detail code of notification 0105, from the manual of a reader that an integrator has. */
export type OutcomeCodes = Readonly<Record<string, Outcome>>;

export interface DecidedOutcome {
  readonly outcome: Outcome;
  /** Why, for people, in English. */
  readonly reason: string;
}

/** The outcome that the evidence allows. */
export function decideOutcome(evidence: Evidence, codes: OutcomeCodes = {}): DecidedOutcome {
  const { decision, refused, unanswered, lost, undecided, completion } = evidence;
  if (decision) {
    const reason =
      decision.message ?? (decision.approved ? 'The host approved the sale.' : 'The host declined the sale.');
    return { outcome: decision.approved ? 'approved' : 'declined', reason };
  }
  if (evidence.unsent)
    return { outcome: 'cancelled', reason: 'The sale was cancelled before it was sent to the reader.' };
  if (refused) return { outcome: 'failed', reason: `The reader refused to start: ${refused.text}.` };
  if (lost) return { outcome: 'unknown', reason: 'The connection to the reader was lost during the sale.' };
  // Card data that came all the same show that it was started.
  if (unanswered && !evidence.arqc)
    return { outcome: 'unknown', reason: 'The reader did not say whether it started the sale.' };
  if (undecided !== undefined) return { outcome: 'unknown', reason: undecided };
  const listed = completion === undefined ? undefined : codes[completion];
  if (completion !== undefined && listed)
    return { outcome: listed, reason: `The reader ended the sale with code ${spacedHex(completion)}.` };
  if (evidence.batchError)
    return { outcome: 'failed', reason: 'The reader reported an error before it had read a card.' };
  if (evidence.arqc) return { outcome: 'deferred', reason: 'The card was read; the host has not decided here.' };
  if (evidence.cancelled) return { outcome: 'cancelled', reason: 'The sale was cancelled.' };
  if (!evidence.cardSeen && evidence.limitOver && completion !== undefined) {
    return { outcome: 'timed-out', reason: 'No card was presented in time.' };
  }
  return {
    outcome: 'unknown',
    reason:
      completion === undefined
        ? 'The reader did not say how the sale ended.'
        : `The reader ended the sale with code ${spacedHex(completion)}, which no published source explains.`,
  };
}
