/**
 * The tips that a reader offers, as pages write them: shares of the amount, or amounts.
 */
import { unitsOf, type AmountCurrency } from '../mms/emv/amount.js';
import { MmsError } from '../mms/error.js';
import type { TipOptions } from '../mms/commands/start-transaction.js';

/** Buttons of the reader, and digits of each [PJ]. Its first byte is 00 in the known messages but for the first of them [D]. */
const BUTTONS = 6;
const DIGITS = 10;

/**
 * Six shares such as `15%`, or six amounts such as `1.50`, as a list or as text with spaces or commas between, for command 1001.
 * @throws {MmsError} `bad-value` that names `tipOptions`.
 */
export function readTipOptions(options: string | readonly string[], currency: AmountCurrency): TipOptions {
  const texts = typeof options === 'string' ? options.split(/[\s,]+/).filter((text) => text !== '') : options;
  if (texts.length !== BUTTONS)
    throw bad(`must be ${String(BUTTONS)} shares such as 15%, or ${String(BUTTONS)} amounts`);
  const isShare = texts.every((text) => /^[0-9]{1,2}%$/.test(text));
  const buttons = texts.map((text) => {
    const digits = isShare ? text.slice(0, -1) : amountDigits(text, currency);
    return digits.padStart(DIGITS, '0');
  });
  return { mode: isShare ? 'percent' : 'amount', buttons };
}

/** Digits that a button has room for. */
const ROOM = DIGITS - 2;

function amountDigits(text: string, currency: AmountCurrency): string {
  const digits = unitsOf(text, currency, 'tipOptions').toString();
  if (digits.length > ROOM) throw bad(`may have at most ${String(ROOM)} digits`);
  return digits;
}

const bad = (what: string): MmsError => new MmsError('bad-value', 0, `tipOptions ${what}`);
