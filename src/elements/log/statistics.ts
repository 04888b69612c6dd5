/** Statistics of each command: how often it was answered, how fast, and how often it failed. */
import type { JournalEntry } from '../../journal/journal.js';
import { commandLabel } from './seen-commands.js';

export interface CommandStatistics {
  readonly id: number;
  readonly title: string;
  /** Requests that went out. */
  readonly sent: number;
  /** Requests that were answered. */
  readonly answered: number;
  /** Answers that say that the reader refused or failed. */
  readonly errors: number;
  /** Half of the answers took no longer; milliseconds. Undefined without answers. */
  readonly p50: number | undefined;
  /** 95 of 100 answers took no longer; milliseconds. Undefined without answers. */
  readonly p95: number | undefined;
}

/** Figures of all commands in the entries, most used first. */
export function commandStatistics(entries: Iterable<JournalEntry>): readonly CommandStatistics[] {
  const counts = new Map<number, { sent: number; errors: number; times: number[] }>();
  for (const { direction, message, milliseconds } of entries) {
    if (message?.kind !== 'request' && message?.kind !== 'response') continue;
    const count = counts.get(message.id) ?? { sent: 0, errors: 0, times: [] };
    counts.set(message.id, count);
    if (message.kind === 'request') {
      if (direction === 'to-reader') count.sent++;
    } else if (milliseconds !== undefined) {
      count.times.push(milliseconds);
      if (!message.status.ok) count.errors++;
    }
  }
  return [...counts]
    .map(([id, { sent, errors, times }]) => {
      times.sort((a, b) => a - b);
      return {
        id,
        title: commandLabel(id),
        sent,
        errors,
        answered: times.length,
        p50: percentile(times, 50),
        p95: percentile(times, 95),
      };
    })
    .sort((a, b) => b.sent - a.sent || a.id - b.id);
}

/** The smallest value that at least `percent` of 100 values do not exceed (nearest rank); the values are sorted. */
function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(Math.ceil((sorted.length * percent) / 100) - 1, 0)];
}
