/**
 * Checks time limits. A platform's timer takes what it cannot count, such as NaN or more than 2^31
 * milliseconds, for “at once”: a time limit of that kind would end what it guards before it began.
 */
import { badOption } from './bad-option.js';

/** Whether it is a number of seconds above 0 that a timer can wait for: up to 24 days. */
export const isTimeLimit = (seconds: number): boolean => seconds > 0 && seconds * 1000 < 2 ** 31;

/** @throws {ReaderError} `bad-option` where it is not one. */
export function assertTimeLimit(name: string, seconds: number): void {
  if (!isTimeLimit(seconds)) throw badOption(name, `${name} must be a number of seconds above 0.`);
}
