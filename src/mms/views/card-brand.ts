/**
 * The card scheme of a card, by the application that was chosen or by the first digits of its number.
 * It shows neither.
 */

/** Card schemes, in the short names of the field. */
export type CardBrand =
  | 'visa'
  | 'mastercard'
  | 'maestro'
  | 'amex'
  | 'discover'
  | 'diners'
  | 'jcb'
  | 'unionpay'
  | 'interac'
  | 'girocard'
  | 'rupay'
  | 'mir'
  | 'cartes-bancaires';

/** Beginnings of application identifiers (EMVCo list of registered identifiers; ISO/IEC 7816-5), the longer ones first. */
const APPLICATIONS: readonly (readonly [beginning: string, brand: CardBrand])[] = [
  ['A0000000043060', 'maestro'],
  ['A0000000050001', 'maestro'],
  ['A000000003', 'visa'],
  ['A000000098', 'visa'],
  ['A000000004', 'mastercard'],
  ['A000000025', 'amex'],
  ['A000000152', 'discover'],
  ['A000000324', 'discover'],
  ['A000000065', 'jcb'],
  ['A000000333', 'unionpay'],
  ['A000000277', 'interac'],
  ['A0000003591010028001', 'girocard'],
  ['A000000524', 'rupay'],
  ['A000000658', 'mir'],
  ['A000000042', 'cartes-bancaires'],
];

/** First digits of card numbers, as the schemes publish them; four say enough for these. */
const NUMBERS: readonly (readonly [digits: RegExp, brand: CardBrand])[] = [
  [/^4/, 'visa'],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, 'mastercard'],
  [/^3[47]/, 'amex'],
  [/^(?:6011|64[4-9]|65)/, 'discover'],
  [/^(?:30[0-5]|3095|36|3[89])/, 'diners'],
  [/^(?:352[89]|35[3-8])/, 'jcb'],
  [/^62/, 'unionpay'],
  [/^220[0-4]/, 'mir'],
  [/^(?:50|5[6-8]|6304|67)/, 'maestro'],
];

/**
 * The scheme; undefined where neither tells it.
 * @param applications Application identifiers in upper-case hexadecimal, in the order in which they count; empty ones say nothing.
 * @param maskedPan Card number with hidden digits as `*`.
 */
export function brandOf(applications: readonly string[], maskedPan: string): CardBrand | undefined {
  for (const application of applications) {
    const found = APPLICATIONS.find(([beginning]) => application.startsWith(beginning));
    if (found) return found[1];
  }
  return NUMBERS.find(([digits]) => digits.test(maskedPan))?.[1];
}
