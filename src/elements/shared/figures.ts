/**
 * Times and figures of what travels, as the language of the page writes them.
 * It does not know what they are of.
 */
import type { Language } from '../../language/language-controller.js';

// Each is made once: a language keeps a formatter for each of them.
const TIME: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
};
const unit = (name: string, digits: number, more: Intl.NumberFormatOptions = {}): Intl.NumberFormatOptions => ({
  style: 'unit',
  unit: name,
  minimumFractionDigits: digits,
  maximumFractionDigits: digits,
  ...more,
});
const later: Intl.NumberFormatOptions = { signDisplay: 'always' };
const TENTHS = unit('millisecond', 1);
const WHOLE = unit('millisecond', 0);
const LATER = unit('millisecond', 0, later);
const SECONDS_LATER = unit('second', 1, later);
const MINUTES_LATER = unit('minute', 0, later);

/** Time of day with milliseconds. */
export const timeText = (language: Language, at: number): string => language.time(at, TIME);

/** How long something took, in milliseconds. */
export const durationText = (language: Language, milliseconds: number): string => language.number(milliseconds, TENTHS);

/** A figure among others: tenths only where they matter; a dash for none. */
export const figureText = (language: Language, milliseconds: number | undefined): string =>
  milliseconds === undefined ? '–' : language.number(milliseconds, milliseconds < 100 ? TENTHS : WHOLE);

/** How much later than another entry, in milliseconds. */
export function deltaText(language: Language, milliseconds: number): string {
  if (milliseconds < 10_000) return language.number(milliseconds, LATER);
  return milliseconds < 600_000
    ? language.number(milliseconds / 1000, SECONDS_LATER)
    : language.number(milliseconds / 60_000, MINUTES_LATER);
}
