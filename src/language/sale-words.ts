/** Sentences of a sale that are put together: how to present a card, an amount of money, the seconds that are left. */
import { acceptNames, wordsOf } from '../mms/commands/accept.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import type { wayWords } from './english/common.js';
import type { Language } from './language-controller.js';

const SECONDS: Intl.NumberFormatOptions = { style: 'unit', unit: 'second', unitDisplay: 'long' };

/** What to do with a card, for ways such as `insert tap`: `Your card: insert or tap`. */
export function cardPrompt(language: Language<keyof typeof wayWords>, accept: string): string {
  const words = wordsOf(accept);
  const accepted = acceptNames.filter((way) => words.includes(way));
  const [only] = accepted.length === 1 ? accepted : [];
  // No card is presented.
  if (only === 'barcode' || only === 'manual') return language.text(`prompt.${only}`);
  const ways = accepted.map((way) => language.text(`way.${way}`));
  return language.text('prompt.card', { ways: language.either(ways) });
}

/** A number of seconds with its unit: `12 seconds`. */
export const secondsText = (language: Language, value: number): string => language.number(value, SECONDS);

/** An amount with its currency, with the decimals of ISO 4217; as it stands where it is not an amount. */
export function money(language: Language, amount: string, currency: string): string {
  const known = currencyByAlpha(currency);
  const decimals = /^[0-9]+(?:\.([0-9]+))?$/.exec(amount);
  // One that has too many decimals would be rounded: a sum that nobody asked for.
  if (!known || !decimals || (decimals[1]?.length ?? 0) > known.exponent) return `${amount} ${currency}`.trim();
  const { exponent } = known;
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  // A decimal text keeps all its digits; as a number it might not.
  return language.number(amount as `${number}`, { style: 'currency', currency, ...digits });
}
