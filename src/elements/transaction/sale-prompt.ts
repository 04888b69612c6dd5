/** The prompt of a running sale, in words and as line drawings: the choice first, then what the card is asked for. */
import { cardPrompt } from '../../language/sale-words.js';
import type { TransactionPhase } from '../../transactions/transaction.js';
import { isOutcome, type CardholderView, type Guidance } from '../cardholder/cardholder-view.js';
import type { Choice } from './choice.js';
import type { RunningSale, SaleLanguage } from './sale-templates.js';

interface Prompted {
  readonly phase: TransactionPhase | 'idle';
  readonly choice: Choice;
  readonly view: CardholderView;
  /** How a card may be presented. */
  readonly accept: string;
}

export function promptOf(
  language: SaleLanguage,
  { phase, choice, view, accept }: Prompted,
): Pick<RunningSale, 'prompt' | 'pictures'> {
  if (choice.isOpen) return { prompt: choice.title || language.text('transaction.choose'), pictures: [] };
  const { again, prompt, pictures } = view;
  // Before the reader has started, what the cardholder sees may be of the sale before.
  const isOfSale = phase !== 'starting' || prompt === 'remove' || again !== undefined;
  const guidance = isOfSale ? guidanceOf(view) : undefined;
  return {
    prompt: guidance ? language.text(`prompt.${guidance}`) : phaseText(language, phase, accept),
    pictures: isOfSale ? pictures : [],
  };
}

function phaseText(language: SaleLanguage, phase: Prompted['phase'], accept: string): string {
  if (phase === 'waiting-for-card') return cardPrompt(language, accept);
  return phase === 'idle' ? '' : language.text(`transaction.${phase}`);
}

/** What the cardholder is to do beside what every phase has words for. */
function guidanceOf({ prompt }: CardholderView): Exclude<Guidance, 'wait'> | undefined {
  return prompt === undefined || prompt === 'card' || prompt === 'wait' || isOutcome(prompt) ? undefined : prompt;
}
