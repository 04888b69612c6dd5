/** Arbitrary card numbers: 13 to 19 digits, the last of which makes them pass the Luhn check. No real ones are meant. */
import fc from 'fast-check';

const checkDigit = (digits: string): string => {
  let sum = 0;
  for (let at = digits.length - 1, double = true; at >= 0; at--, double = !double) {
    const value = Number(digits[at]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
};

/** Card numbers of any first digit but 0, which no scheme uses. */
export const cardNumber: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 9 }).map(String), fc.stringMatching(/^[0-9]{11,17}$/))
  .map(([first, others]) => first + others + checkDigit(first + others));
