/** The endings of a simulated sale: what the reader tells and shows, and how the card is answered. */
import { batchResults } from './card-data.js';
import type { Cryptogram } from './card-objects.js';
import type { HostAnswer } from './host-answer.js';
import { TEXTS } from './sale-codes.js';
import { unconfirmedDetails } from './unconfirmed.js';

export interface SaleEnding {
  /** Detail of 0105 behind the technology. */
  readonly detail: string;
  readonly result: number;
  readonly cryptogram: Cryptogram;
  /** Response code that the card got (8A). */
  readonly code: string;
  readonly text: string;
  /** The host said yes and the card refused. */
  readonly isReversal?: boolean;
}

const declined = { result: batchResults.decline, cryptogram: 'aac' } as const;

/** The answer with which the reader ends a Quick Chip sale for the card itself [MG p94]. */
export const quickChip: SaleEnding = {
  ...declined,
  code: 'Z3',
  detail: unconfirmedDetails.read,
  text: TEXTS.read,
};

/** The host said nothing (EMV Book 4, annex A: unable to go online, declined). */
export const noHost: SaleEnding = {
  ...declined,
  code: 'Z3',
  detail: unconfirmedDetails.noHost,
  text: TEXTS.declined,
};

/** The host has answered; `cardRefuses` what it says yes to. */
export function endingOf({ code, isApproval }: HostAnswer, cardRefuses: boolean): SaleEnding {
  const details = unconfirmedDetails;
  if (!isApproval) return { ...declined, code, detail: details.declined, text: TEXTS.declined };
  if (cardRefuses) return { ...declined, code, detail: details.cardRefused, text: TEXTS.declined, isReversal: true };
  return { result: batchResults.accept, cryptogram: 'tc', code, detail: details.approved, text: TEXTS.approved };
}
