/** Arbitrary card numbers: 12 to 19 digits, the last of which makes them pass the Luhn check. No real ones are meant. */
import fc from 'fast-check';

const checkDigit = (digits: string): string => {
  let sum = 0;
  for (let at = digits.length - 1, double = true; at >= 0; at--, double = !double) {
    const value = Number(digits[at]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
};

/** Beginnings of issuers’ numbers, with the lengths that the numbers have (ISO/IEC 7812, as the schemes publish them). */
const issuers: readonly (readonly [prefix: string, ...lengths: number[]])[] = [
  ['4', 13, 16, 19],
  ['51', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['36', 14],
  ['305', 14],
  ['6011', 16],
  ['65', 16, 19],
  ['3528', 16],
  ['62', 16, 17, 18, 19],
  ['50', 12, 13, 14, 15, 16, 17, 18, 19],
  ['6304', 12, 16, 18, 19],
  ['6759', 16, 19],
  ['2200', 16],
  ['9792', 16],
];

/** Card numbers as issuers have them. */
export const cardNumber: fc.Arbitrary<string> = fc
  .constantFrom(...issuers)
  .chain(([prefix, ...lengths]) =>
    fc
      .constantFrom(...lengths)
      .chain((length) =>
        fc
          .stringMatching(new RegExp(`^[0-9]{${String(length - prefix.length - 1)}}$`))
          .map((others) => prefix + others + checkDigit(prefix + others)),
      ),
  );
