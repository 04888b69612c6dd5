/** Finds the answer of a request and the request of an answer in the journal. */
import type { Journal, JournalEntry } from '../../journal/journal.js';

export interface Counterpart {
  readonly which: 'request' | 'answer';
  readonly position: number;
}

/** The answer of a request, or the request of an answer; undefined where there is none, or it is no longer kept. */
export function counterpart(journal: Journal, { sequence, answers, message }: JournalEntry): Counterpart | undefined {
  if (answers !== undefined) {
    const position = journal.positionOf(answers);
    return position === undefined ? undefined : { which: 'request', position };
  }
  if (message?.kind !== 'request') return undefined;
  const start = journal.positionOf(sequence) ?? journal.end;
  for (let position = start + 1; position < journal.end; position++) {
    if (journal.at(position)?.answers === sequence) return { which: 'answer', position };
  }
  return undefined;
}
