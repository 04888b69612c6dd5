/**
 * The model of a display: the reader's own text, the prompt for the cardholder, and for how long. Details that no source
 * explains change nothing. It must not know elements or languages.
 */
import type { CardDetail } from '../../transactions/card.js';
import type { DisplayDetail, ResponseDetail } from '../../client/client-events.js';
import type { TransactionPhase, TransactionResult } from '../../transactions/transaction.js';
import type { AcceptName } from '../../mms/commands/accept.js';
import { findTlv } from '../../mms/tlv.js';
import type { Picture } from './pictures.js';
import { START_TRANSACTION } from '../../mms/tables/numbers.js';

/** What the cardholder is to do, or how it ended. */
export type Prompt = 'card' | 'remove' | 'again' | 'phone' | 'wait' | 'collision' | TransactionResult['outcome'];

export interface DisplayView {
  /** The reader's own text, in its own language; empty where it shows none. */
  readonly text: string;
  readonly prompt?: Prompt;
  /** How a card may be presented, while one is waited for. */
  readonly ways: readonly AcceptName[];
  readonly pictures: readonly Picture[];
  /** Seconds for which a card is waited for, from now on; told once. */
  readonly seconds?: number;
}

export const EMPTY: DisplayView = { text: '', ways: [], pictures: ['ready'] };

/** Reader options of command 1001 [S, PJ]. */
const readers = [
  ['A3/82', 'insert'],
  ['A3/83', 'tap'],
  ['A3/81', 'swipe'],
  ['A3/84', 'manual'],
  ['A3/85', 'barcode'],
] as const;

/** Texts of readers, by what they ask for; the first that fits counts [SDK]. */
const texts: readonly (readonly [words: RegExp, prompt: Prompt, pictures: readonly Picture[]])[] = [
  [/REMOVE/, 'remove', ['remove']],
  [/ONE CARD ONLY/, 'collision', ['again']],
  [/AGAIN|TRY ANOTHER|OTHER CARD/, 'again', ['again']],
  [/PHONE/, 'phone', ['phone']],
  [/WAIT|PROCESSING$|AUTHORIZING/, 'wait', ['wait']],
];

/** The reader shows a text, or asks its host to. */
export function shownText(view: DisplayView, { text }: DisplayDetail): DisplayView {
  const found = texts.find(([words]) => words.test(text));
  if (!found) return { ...view, text };
  const [, prompt, pictures] = found;
  return { text, prompt, pictures, ways: [] };
}

/** A command was answered: a start that was accepted says how a card may be presented, and for how long. */
export function answered(view: DisplayView, { request, response }: ResponseDetail): DisplayView {
  if (request.id !== START_TRANSACTION || !response.status.ok) return view;
  const ways = readers
    .filter(([path]) => findTlv(request.payload, path)?.value.some((byte) => byte !== 0))
    .map(([, way]) => way);
  const seconds = findTlv(request.payload, '82')?.value[0];
  // What was shown of the last sale must not stand beside the prompts of this one.
  return { text: '', prompt: 'card', ways, pictures: ways, ...(seconds === undefined ? {} : { seconds }) };
}

/** A card was presented or taken away. */
export function cardMoved(view: DisplayView, { action, during }: CardDetail): DisplayView {
  if (during !== 'transaction') return view;
  if (action === 'collision') return { ...view, prompt: 'collision', pictures: ['again'] };
  if (action === 'removed') return view.prompt === 'remove' ? { ...EMPTY, text: view.text } : view;
  return { text: view.text, prompt: 'wait', ways: [], pictures: ['wait'] };
}

/** A sale has entered another phase. */
export function phaseEntered(view: DisplayView, phase: TransactionPhase): DisplayView {
  if (phase !== 'authorizing') return view;
  return { text: view.text, prompt: 'wait', ways: [], pictures: ['wait'] };
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

/** A sale is over. */
export function saleEnded(view: DisplayView, { outcome }: TransactionResult): DisplayView {
  return { text: view.text, prompt: outcome, ways: [], pictures: [outcomePictures[outcome]] };
}
