/**
 * The host's log, a line at a time. No line has card data: each goes through the redaction of `mms`.
 */
import { createHash } from 'node:crypto';
import { redactText } from '../mms/redact.js';

/** Gets lines, redacted and without a line ending. */
export type HostLog = (line: string) => void;

/** Characters of the longest line. */
const LONGEST_LINE = 500;

/** A log whose lines are safe to keep; a log that fails stops nothing. */
export function redactedLog(log: HostLog | undefined): HostLog {
  return (line) => {
    try {
      // Control characters would let a text of a stranger begin a line of its own.
      log?.(redactText(line.slice(0, LONGEST_LINE)).replace(/\p{Cc}/gu, ' '));
    } catch {
      // Nobody is there to be told.
    }
  };
}

/** What an error says; tries to connect that have failed, as to both addresses of localhost, say it in each of them alone. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** A transaction id for a line: where redaction would hide some of it, a hash by which it can be found again. */
export function idForLog(transactionId: string): string {
  if (redactText(transactionId) === transactionId) return transactionId;
  return `#${createHash('sha256').update(transactionId).digest('hex').slice(0, 12)}`;
}
