/**
 * Plays a recorded journal back: what the reader said after each command is said again, under the reference number that
 * the client uses now, and as long after the command as it was.
 * It does not know what messages mean.
 */
import { parseHex, toHex } from '../mms/hex.js';
import { systemClock, type SimulatorClock } from './clock.js';
import type { JournalLine } from './journal.js';
import type { ReaderEnd, ReaderLink, ReaderPort } from './links.js';
import { Timers } from './timers.js';

/** Places in tag 81 of messages as clients and readers write them [MG p33]. */
const REFERENCE_AT = 5;
const ID_AT = 6;

/** A command of the journal, and what the reader said until the next one. */
interface Exchange {
  readonly id: string;
  readonly at: number;
  readonly said: readonly JournalLine[];
}

export interface ReplayOptions {
  readonly clock?: SimulatorClock;
  /** Called with what a client asked that the journal has no more answer for. */
  readonly onUnknown?: (command: Uint8Array) => void;
}

const idOf = (bytes: Uint8Array): string => toHex(bytes.subarray(ID_AT, ID_AT + 2));

export class ReplayedReader implements ReaderEnd {
  private readonly opening: readonly JournalLine[];
  private readonly exchanges: readonly Exchange[];
  private readonly options: ReplayOptions;
  private readonly timers: Timers;
  private readonly links = new Set<ReaderLink>();

  constructor(journal: readonly JournalLine[], options: ReplayOptions = {}) {
    this.options = options;
    this.timers = new Timers(options.clock ?? systemClock);
    const first = journal.findIndex(({ direction }) => direction === 'to-reader');
    this.opening = journal.slice(0, first === -1 ? journal.length : first);
    this.exchanges = journal.flatMap(({ direction, at, hex }, index) => {
      if (direction !== 'to-reader') return [];
      const next = journal.findIndex((line, after) => after > index && line.direction === 'to-reader');
      return [{ id: idOf(parseHex(hex)), at, said: journal.slice(index + 1, next === -1 ? journal.length : next) }];
    });
  }

  /** Each client gets the journal from its beginning. */
  connect(link: ReaderLink): ReaderPort {
    this.links.add(link);
    const left = [...this.exchanges];
    for (const line of this.opening) this.say(link, parseHex(line.hex), line.at);
    return {
      receive: (command) => {
        // Commands that the client leaves out are skipped; one that is not there any more is not answered.
        const at = left.findIndex(({ id }) => id === idOf(command));
        const [exchange] = at === -1 ? [] : left.splice(0, at + 1).slice(-1);
        if (!exchange) this.options.onUnknown?.(command);
        else
          for (const line of exchange.said)
            this.say(link, answerTo(command, parseHex(line.hex)), line.at - exchange.at);
      },
      close: () => {
        this.links.delete(link);
      },
    };
  }

  close(): void {
    this.timers.clear();
    for (const link of [...this.links]) {
      this.links.delete(link);
      link.drop();
    }
  }

  private say(link: ReaderLink, message: Uint8Array, delay: number): void {
    this.timers.later(Math.max(0, delay), () => {
      if (this.links.has(link)) link.deliver(message);
    });
  }
}

/** Answers and files carry the reference of their command. */
function answerTo(command: Uint8Array, message: Uint8Array): Uint8Array {
  const isAnswer = (message[4] === 0x82 || message[4] === 0x84) && idOf(message) === idOf(command);
  if (isAnswer) message[REFERENCE_AT] = command[REFERENCE_AT] ?? 0;
  return message;
}
