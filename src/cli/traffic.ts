/**
 * Traffic between a reader and its clients as lines for people and as entries to store, redacted. Nothing leaves it that comes
 * from a message before redaction.
 */
import type { JournalEntry } from '../journal/journal-entry.js';
import { Journal } from '../journal/journal.js';
import { decodeMessage } from '../mms/decode.js';
import type { Direction, MmsMessage } from '../mms/message.js';

/** Entries wait in the journal for no longer than the running task. */
const WAITING = 1_000;

/** Gives a function that takes every message, in clear; `line` and `entry` get what may be shown and stored. */
export function tellTraffic(
  line: (text: string) => void,
  entry: (entry: JournalEntry) => void = () => undefined,
): (direction: Direction, bytes: Uint8Array) => void {
  const journal = new Journal({ size: WAITING });
  journal.subscribe((added) => {
    for (const each of added) {
      line(`${each.direction === 'to-reader' ? '>' : '<'} ${each.text}`);
      entry(each);
    }
  });
  return (direction, bytes) => {
    const message = messageOf(bytes);
    const what = message ? { message } : { data: bytes, note: 'bytes that are not a message' };
    journal.add({ at: Date.now(), direction, ...what });
  };
}

function messageOf(bytes: Uint8Array): MmsMessage | undefined {
  try {
    return decodeMessage(bytes);
  } catch {
    return undefined;
  }
}
