/**
 * Decides how a sale ended, by evidence only. One function, so that the rule can be read and tested as a table. What no
 * evidence decides is `unknown`, never `declined`.
 */
import { spacedHex } from '../mms/hex.js';
import type { ResponseStatus } from '../mms/message.js';
import type { EmvFacts } from '../mms/views/emv-facts.js';
import type { Because } from '../connection/because.js';
import { fill } from '../connection/template.js';
import type { ReaderError } from '../connection/reader-error.js';

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
  /** Decimal text of what is approved, where that is less than what was asked for. Default: all of it. */
  readonly authorizedAmount?: string;
  /** Authorisation response code of the issuer (8A), two characters. */
  readonly responseCode?: string;
  /**
   * Objects of the issuer for the card (91, 71, 72), as bytes or in hexadecimal: in full EMV the reader gets them with the
   * response code.
   */
  readonly issuerData?: Uint8Array | string;
  /** Authorisation code of the issuer, for the receipt. */
  readonly authorizationCode?: string;
  /** By what the host finds the sale again, for the receipt. */
  readonly reference?: string;
  /** What receipts show of the card, where the host decrypts it or its gateway says it. */
  readonly emv?: EmvFacts;
}

/** Why a host that was asked has not decided. */
export type UndecidedCode = 'host-silent' | 'host-unclear' | 'host-failed';

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
  /** The reader accepted a start of somebody else before it said how this sale ended. */
  readonly overtaken?: boolean;
  /** Decided by the rules of `fallback.ts`. */
  readonly decided?: DecidedOutcome;
  readonly cardSeen?: boolean;
  /** Card data for the host were read. */
  readonly arqc?: boolean;
  /** A batch that says error (DFDF1A = 02) came [MF, DP batch]. */
  readonly batchError?: boolean;
  readonly decision?: Decision;
  /** The host was asked and gave no answer that can be used. */
  readonly undecided?: UndecidedCode;
  /** The reader waited for the host, and its batch does not say that the card accepted (DFDF1A) [MF, DP batch]. */
  readonly refusedByReader?: boolean;
  /**
   * Full EMV with a chip: how the card answered the host's decision, by the batch. `silent` where no batch says it. Absent in Quick
   * Chip and for stripes, where the batch says nothing about the outcome.
   */
  readonly card?: 'accepted' | 'refused' | 'silent';
  /** Data of two cards came: the masked number that the host was asked about, and the other. */
  readonly otherCard?: readonly [asked: string, other: string];
  /** The reader accepted our cancel. */
  readonly cancelled?: boolean;
  /** It was cancelled because nothing was chosen in time. */
  readonly choiceOver?: boolean;
  /** The time limit of the sale was over when the reader ended it. */
  readonly limitOver?: boolean;
  /** Detail code of the reader's last completion, as eight hexadecimal digits; absent when it sent none. */
  readonly completion?: string;
}

/** Outcomes by detail code of notification 0105, from the manual of a reader that an integrator has. */
export type OutcomeCodes = Readonly<Record<string, Outcome>>;

/** Why a sale ended as it did, in English. `{status}` is what the reader answered, `{code}` what it ended with. */
const reasons = {
  'host-approved': 'The host approved the transaction.',
  'partly-approved': 'The host approved only a part of the amount.',
  'host-declined': 'The host declined the transaction.',
  'card-refused': 'The host approved the transaction, and the card refused it. The host must reverse it.',
  'card-silent': 'The host approved the transaction, and the reader did not say whether the card accepted it.',
  'card-declined': 'The card declined the transaction, and no host has decided here.',
  'not-sent': 'The transaction was cancelled before it was sent to the reader.',
  refused: 'The reader refused to start: {status}.',
  'connection-lost': 'The connection to the reader was lost during the transaction.',
  'start-unanswered': 'The reader did not say whether it started the transaction.',
  'host-silent': 'The host did not decide in time.',
  'host-unclear': 'The host’s answer says neither yes nor no.',
  'host-failed': 'The host could not be asked.',
  'ended-with-code': 'The reader ended the transaction with code {code}.',
  'error-before-card': 'The reader reported an error before it had read a card.',
  'card-read': 'The card was read; the host has not decided here.',
  cancelled: 'The transaction was cancelled.',
  'no-card': 'No card was presented in time.',
  'no-choice': 'Nothing was chosen in time.',
  overtaken: 'The reader began another transaction before it said how this one ended.',
  'end-not-told': 'The reader did not say how the transaction ended.',
  'approved-and-refused': 'The host approved the transaction, and the reader ended it as refused.',
  'approved-and-ended-otherwise':
    'The host approved the transaction, and the reader ended it with code {code}, which says otherwise.',
  'declined-and-ended-otherwise':
    'The host declined the transaction, and the reader ended it with code {code}, which says otherwise.',
  'two-cards': 'The reader sent data of two cards, {asked} and {other}. Only the first was given to the host.',
  'unexplained-code': 'The reader ended the transaction with code {code}, which no published source explains.',
} as const;

/** @see {@link TransactionResult.because} */
export type ReasonCode = keyof typeof reasons | 'not-read';

export interface DecidedOutcome {
  readonly outcome: Outcome;
  /** Why, for people: the host's own words where it sent some, else English. */
  readonly reason: string;
  /** Why, as data; absent where the reason is in the host's own words, unless it approved a part only. */
  readonly because?: Because<ReasonCode>;
}

function decided(outcome: Outcome, code: keyof typeof reasons, values?: Because<ReasonCode>['values']): DecidedOutcome {
  return { outcome, reason: fill(reasons[code], values), because: { code, ...(values ? { values } : {}) } };
}

/** The outcome that the evidence allows. Evidence that contradicts itself is `unknown`, with both sides named. */
export function decideOutcome(evidence: Evidence, codes: OutcomeCodes = {}): DecidedOutcome {
  const { decision, refused, unanswered, lost, undecided, completion, otherCard } = evidence;
  if (evidence.unsent) return decided('cancelled', 'not-sent');
  if (refused) return decided('failed', 'refused', { status: refused.text });
  if (evidence.decided) return evidence.decided;
  // It never authorizes, whatever came: nothing of it is evidence.
  if (unanswered) return decided('unknown', 'start-unanswered');
  if (otherCard && decision?.approved !== false) {
    const [asked, other] = otherCard;
    return decided('unknown', 'two-cards', { asked, other });
  }
  const code = completion === undefined ? undefined : { code: spacedHex(completion) };
  const listed = completion === undefined ? undefined : codes[completion];
  if (decision) {
    const { approved, message } = decision;
    const outcome = approved ? 'approved' : 'declined';
    if (approved && evidence.card === 'refused') return decided('declined', 'card-refused');
    if (approved && evidence.card === 'silent') return decided('unknown', lost ? 'connection-lost' : 'card-silent');
    if (contradictsHost(evidence, approved, codes)) return decided('unknown', `${outcome}-and-ended-otherwise`, code);
    if (approved && evidence.refusedByReader) return decided('unknown', 'approved-and-refused');
    if (approved && decision.authorizedAmount !== undefined) {
      const part = decided(outcome, 'partly-approved');
      return message === undefined ? part : { ...part, reason: message };
    }
    return message === undefined ? decided(outcome, `host-${outcome}`) : { outcome, reason: message };
  }
  if (lost) return decided('unknown', 'connection-lost');
  if (evidence.overtaken) return decided('unknown', 'overtaken');
  if (undecided !== undefined) return decided('unknown', undecided);
  if (listed) return decided(listed, 'ended-with-code', code);
  // Whoever decides later could not tell the card any more.
  if (evidence.card === 'refused') return decided('declined', 'card-declined');
  if (evidence.card !== undefined) return decided('unknown', 'end-not-told');
  if (evidence.arqc) return decided('deferred', 'card-read');
  if (evidence.batchError) return decided('failed', 'error-before-card');
  if (evidence.choiceOver) return decided('timed-out', 'no-choice');
  if (evidence.cancelled) return decided('cancelled', 'cancelled');
  if (!evidence.cardSeen && evidence.limitOver && code) return decided('timed-out', 'no-card');
  return code ? decided('unknown', 'unexplained-code', code) : decided('unknown', 'end-not-told');
}

/** Whether the reader ended the sale as what cannot be true together with a yes or no of the host. */
export function contradictsHost({ completion }: Evidence, approved: boolean, codes: OutcomeCodes): boolean {
  const listed = completion === undefined ? undefined : codes[completion];
  return listed !== undefined && contradicts[approved ? 'approved' : 'declined'].has(listed);
}

/** Outcomes of the reader that cannot be true together with the host's. */
const contradicts: Readonly<Record<'approved' | 'declined', ReadonlySet<Outcome>>> = {
  approved: new Set(['declined', 'cancelled', 'timed-out', 'failed']),
  declined: new Set(['approved']),
};
