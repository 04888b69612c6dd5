/**
 * The view for the cardholder: the reader's own text, what to do now and for how long, and after the outcome what to do or to know
 * besides. Details that no source explains change nothing. It must not know elements or languages.
 */
import type { CardDataDetail, CardDetail } from '../../transactions/card.js';
import type { DisplayDetail, ResponseDetail } from '../../client/client-events.js';
import type { SaleAttempt, TransactionPhase, TransactionResult } from '../../transactions/transaction.js';
import type { AcceptName } from '../../mms/commands/accept.js';
import { findNode, searchNode } from '../../mms/tlv.js';
import type { Picture } from './pictures.js';
import { START_TRANSACTION } from '../../mms/tables/numbers.js';

/** What the cardholder is to do while a sale runs. */
export type Guidance =
  'remove' | 'again' | 'phone' | 'wait' | 'collision' | 'chip' | 'stripe' | 'unreadable' | 'not-accepted';

/** What the cardholder is to do or to know when the sale is over, beside the outcome. */
export type Hint = 'remove' | 'expired' | 'side' | 'chip';

/** What the cardholder is to do, or how it ended. */
export type Prompt = 'card' | Guidance | TransactionResult['outcome'];

export interface CardholderView {
  /** The reader's own text, in its own language; empty where it shows none. */
  readonly text: string;
  readonly prompt?: Prompt;
  /** How a card may be presented, while one is waited for. */
  readonly ways: readonly AcceptName[];
  readonly pictures: readonly Picture[];
  readonly hints: readonly Hint[];
  /** Seconds for which a card is waited for, from now on; told once. */
  readonly seconds?: number;
  /** A card is in the slot. */
  readonly isSeated: boolean;
  /** The reader reports what happens in its slot between sales: the next sale waits until the card is gone. */
  readonly isWatched: boolean;
  /** Card data of this sale have come. */
  readonly isRead: boolean;
  /** What these data say of the card, where that explains a refusal. */
  readonly about?: Exclude<Hint, 'remove'>;
  /** What the cardholder is to do in an attempt behind the first. */
  readonly again?: Again | undefined;
}

type Again = readonly [prompt: Guidance, picture: Picture];

export const EMPTY: CardholderView = {
  text: '',
  ways: [],
  pictures: ['ready'],
  hints: [],
  isSeated: false,
  isWatched: false,
  isRead: false,
};

/** Reader options of command 1001 [S, PJ]. */
const readers = [
  ['A3/82', 'insert'],
  ['A3/83', 'tap'],
  ['A3/81', 'swipe'],
  ['A3/84', 'manual'],
  ['A3/85', 'barcode'],
] as const;

/** Texts of readers, by what they ask for; the first that fits counts [SDK]. */
const texts: readonly (readonly [words: RegExp, prompt: Guidance, picture: Picture])[] = [
  [/REMOVE/, 'remove', 'remove'],
  [/ONE CARD ONLY/, 'collision', 'again'],
  [/USE CHIP/, 'chip', 'insert'],
  [/USE MAGSTRIPE/, 'stripe', 'swipe'],
  [/CARD ERROR/, 'unreadable', 'again'],
  [/NOT ACCEPTED/, 'not-accepted', 'declined'],
  [/AGAIN|TRY ANOTHER|OTHER CARD/, 'again', 'again'],
  [/PHONE/, 'phone', 'phone'],
  [/WAIT|PROCESSING$|AUTHORIZING/, 'wait', 'wait'],
];

/** The picture of a hint. */
export const hintPictures: Readonly<Record<Hint, Picture>> = {
  remove: 'remove',
  expired: 'expired',
  side: 'side',
  chip: 'insert',
};

/** The same view with another prompt: what was to be counted down or done before it is over. */
function prompting(view: CardholderView, prompt: Guidance, picture: Picture): CardholderView {
  const { text, isSeated, isWatched, isRead, about, again } = view;
  const kept = { text, isSeated, isWatched, isRead, ...(about ? { about } : {}), again };
  return { ...kept, prompt, pictures: [picture], ways: [], hints: [] };
}

/** The reader shows a text, or asks its host to. */
export function shownText(view: CardholderView, { text }: DisplayDetail): CardholderView {
  const found = texts.find(([words]) => words.test(text));
  if (!found) return { ...view, text };
  const [, prompt, picture] = found;
  return prompting({ ...view, text }, prompt, picture);
}

/** A command was answered: a start that was accepted says how a card may be presented, and for how long. */
export function answered(view: CardholderView, { request, response }: ResponseDetail): CardholderView {
  if (request.id !== START_TRANSACTION || !response.status.ok) return view;
  const ways = readers
    .filter(([path]) => findNode(request.payload, path)?.value.some((byte) => byte !== 0))
    .map(([, way]) => way);
  const seconds = findNode(request.payload, '82')?.value[0];
  // What was shown of the last sale must not stand beside the prompts of this one.
  const { again } = view;
  const fresh: CardholderView = {
    ...EMPTY,
    prompt: again?.[0] ?? 'card',
    pictures: again ? [again[1]] : ways,
    again,
    ways,
    isSeated: view.isSeated,
    isWatched: view.isWatched,
  };
  return seconds === undefined ? fresh : { ...fresh, seconds };
}

/** A card was presented or taken away. */
export function cardMoved(view: CardholderView, { action, during, via }: CardDetail): CardholderView {
  const isSeated = via === 'contact' ? action !== 'removed' : view.isSeated;
  const isWatched = view.isWatched || (via === 'contact' && during === 'idle');
  const moved = { ...view, isSeated, isWatched };
  if (action === 'removed') return cardRemoved(moved);
  if (during !== 'transaction') return moved;
  return action === 'collision' ? prompting(moved, 'collision', 'again') : prompting(moved, 'wait', 'wait');
}

function cardRemoved(view: CardholderView): CardholderView {
  const { prompt, isRead, isWatched, text, hints, again } = view;
  if (prompt === 'remove' && again) return prompting(view, ...again);
  if (prompt === 'remove') return { ...EMPTY, text, isRead, isWatched };
  if (hints.includes('remove')) return { ...view, hints: hints.filter((hint) => hint !== 'remove') };
  // It was being read: too early, or the chip gave no answer.
  return prompt === 'wait' && !isRead ? prompting(view, 'again', 'again') : view;
}

/** Card data have come: what they say of the card is shown if the sale comes to nothing. */
export function cardRead(view: CardholderView, data: CardDataDetail): CardholderView {
  const about = data.kind === 'arqc' ? hintOf(data) : view.about;
  return { ...view, isRead: true, ...(about ? { about } : {}) };
}

/** Terminal verification results, byte 2: the application has expired (EMV Book 3, annex C5). */
const EXPIRED = 0x40;

function hintOf({ tlv, via, tracks, cardType, fallback }: CardDataDetail): CardholderView['about'] {
  // Payments need track 2; that of a card swiped the wrong way round is an error.
  if (via === 'swipe' && tracks[2] !== 'good' && Object.values(tracks).includes('error')) return 'side';
  if (via === 'swipe' && cardType === 'stripe-with-chip' && fallback === 'none') return 'chip';
  return ((searchNode(tlv, '95')?.value[1] ?? 0) & EXPIRED) === 0 ? undefined : 'expired';
}

/** What is asked for in an attempt behind the first. */
const CHIP: Again = ['chip', 'insert'];
const STRIPE: Again = ['stripe', 'swipe'];
const AGAIN: Again = ['unreadable', 'again'];

function againOf({ accept, because }: SaleAttempt): Again | undefined {
  if (because === 'chip-swiped') return CHIP;
  return because && (accept === 'swipe' ? STRIPE : AGAIN);
}

/** A sale has entered another phase, and another attempt where it has several. */
export function phaseEntered(before: CardholderView, phase: TransactionPhase, attempt?: SaleAttempt): CardholderView {
  const again = attempt && againOf(attempt);
  const view = { ...before, again };
  // The failed card is taken out first.
  if (phase === 'starting' && again)
    return view.isSeated ? prompting(view, 'remove', 'remove') : prompting(view, ...again);
  // The start waits until the card of the last sale is gone.
  if (phase === 'starting' && view.isWatched && view.hints.includes('remove'))
    return prompting(view, 'remove', 'remove');
  return phase === 'authorizing' ? prompting(view, 'wait', 'wait') : view;
}

const outcomePictures: Readonly<Record<TransactionResult['outcome'], Picture>> = {
  approved: 'approved',
  deferred: 'approved',
  declined: 'declined',
  cancelled: 'stopped',
  'timed-out': 'stopped',
  failed: 'stopped',
  unknown: 'unknown',
};

/** Whether a prompt is how a sale ended. */
export const isOutcome = (prompt: Prompt): prompt is TransactionResult['outcome'] =>
  Object.hasOwn(outcomePictures, prompt);

/** Outcomes after which it helps to know what the card data say of the card. */
const refusals: ReadonlySet<TransactionResult['outcome']> = new Set(['declined', 'failed', 'unknown']);

/** A sale is over. */
export function saleEnded(
  { text, about, isSeated, isWatched }: CardholderView,
  { outcome }: TransactionResult,
): CardholderView {
  const hints: readonly Hint[] = [
    ...(about && refusals.has(outcome) ? [about] : []),
    ...(isSeated ? ['remove' as const] : []),
  ];
  return { ...EMPTY, text, prompt: outcome, pictures: [outcomePictures[outcome]], hints, isSeated, isWatched };
}
