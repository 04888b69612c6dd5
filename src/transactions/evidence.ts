/**
 * The evidence that the states of a transaction amount to, and what of it counts when a host says later how the sale ended.
 */
import { batchResult, batchResults } from './batch.js';
import type { CardHeard } from './contract.js';
import { contradictsHost, type Evidence } from './outcome.js';
import type { AcceptedState, Seen, Terms } from './state.js';

export const seenOf = (state: AcceptedState): Seen | undefined => ('seen' in state ? state.seen : undefined);

/** All that is known of an accepted sale. */
export function evidenceOf(state: AcceptedState): Evidence {
  const { terms } = state;
  const seen = seenOf(state);
  const ending = 'ending' in state ? state.ending : undefined;
  const { host = { step: 'not-asked' }, batch, otherCard } = seen ?? {};
  const arqc = host.step === 'not-asked' ? undefined : host.arqc;
  const { completion } = ending ?? {};
  return {
    ...(seen ? { cardSeen: true } : {}),
    ...(arqc ? { arqc: true } : {}),
    ...(host.step === 'decided' ? { decision: host.decision } : {}),
    ...(host.step === 'undecided' ? { undecided: host.why } : {}),
    ...(batch && batchResult(batch) === batchResults.error ? { batchError: true } : {}),
    ...cardEvidence(terms, seen),
    ...(arqc && otherCard ? { otherCard: [arqc.maskedPan, otherCard.maskedPan] } : {}),
    ...(ending?.isCancelled ? { cancelled: true } : {}),
    ...(ending?.isChoiceOver ? { choiceOver: true } : {}),
    ...(completion ? { completion: completion.code, limitOver: completion.isLimitOver } : {}),
  };
}

/** Whether the reader waits for the host's answer to this card: in full EMV, and not to a stripe. */
export function waitsForHost({ flow }: Terms, seen: Seen | undefined): boolean {
  if (flow !== 'full-emv' || !seen || seen.host.step === 'not-asked') return false;
  const { entryMode } = seen.host.arqc;
  return entryMode === 'contact' || entryMode === 'contactless';
}

/** What the batch says of the card: in full EMV always, else where the reader turned out to wait for a host. */
function cardEvidence(terms: Terms, seen: Seen | undefined): Pick<Evidence, 'card' | 'refusedByReader'> {
  const result = seen?.batch && batchResult(seen.batch);
  if (!waitsForHost(terms, seen))
    return seen?.isAskedAgain && seen.batch && result !== batchResults.accept ? { refusedByReader: true } : {};
  if (result === batchResults.accept) return { card: 'accepted' };
  return { card: result === batchResults.decline ? 'refused' : 'silent' };
}

/** What counts beside a host that says yes later; undefined where the host decides alone. */
export function cardHeard({ flow, outcomeCodes }: Terms, evidence: Evidence): CardHeard | undefined {
  const { arqc, card, otherCard, refusedByReader } = evidence;
  if (card === 'refused' && !otherCard) return 'refused';
  if (otherCard || refusedByReader || contradictsHost(evidence, true, outcomeCodes)) return 'unknown';
  // Of the card that the host was asked about nothing may have been kept: it counts as not heard, too.
  if (flow === 'full-emv' && !arqc) return 'unknown';
  return card === 'silent' ? 'unknown' : card;
}
