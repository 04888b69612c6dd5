/**
 * Plays a recorded journal back: what the reader said after each command is said again, under the reference number that
 * the client uses now, and as long after the command as it was.
 * It does not know what messages mean.
 */
import { toHex } from '../mms/hex.js';
import type { Direction } from '../mms/message.js';
import { systemClock, type SimulatorClock } from './clock.js';
import type { ReaderEnd, ReaderLink, ReaderPort } from './links.js';
import { Timers } from './timers.js';

/** Places in tag 81 of messages as clients and readers write them [MG p33]. */
const REFERENCE_AT = 5;
const ID_AT = 6;

/** One message of a journal. */
export interface ReplayedMessage {
  /** Milliseconds, from any origin. */
  readonly at: number;
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

/** A command of the journal, and what the reader said until the next one. */
interface Exchange {
  readonly id: string;
  readonly at: number;
  readonly said: readonly ReplayedMessage[];
}

export interface ReplayOptions {
  readonly clock?: SimulatorClock;
  /** Called with what a client asked that the journal has no more answer for. */
  readonly onUnknown?: (command: Uint8Array) => void;
}

const idOf = (bytes: Uint8Array): string => toHex(bytes.subarray(ID_AT, ID_AT + 2));

export class ReplayedReader implements ReaderEnd {
  private readonly opening: readonly ReplayedMessage[];
  private readonly exchanges: readonly Exchange[];
  private readonly options: ReplayOptions;
  private readonly timers: Timers;
  private readonly links = new Set<ReaderLink>();

  constructor(journal: readonly ReplayedMessage[], options: ReplayOptions = {}) {
    this.options = options;
    this.timers = new Timers(options.clock ?? systemClock);
    const first = journal.findIndex(({ direction }) => direction === 'to-reader');
    this.opening = journal.slice(0, first === -1 ? journal.length : first);
    this.exchanges = journal.flatMap(({ direction, at, bytes }, index) => {
      if (direction !== 'to-reader') return [];
      const next = journal.findIndex((line, after) => after > index && line.direction === 'to-reader');
      return [{ id: idOf(bytes), at, said: journal.slice(index + 1, next === -1 ? journal.length : next) }];
    });
  }

  /** Each client gets the journal from its beginning. */
  connect(link: ReaderLink): ReaderPort {
    this.links.add(link);
    const left = [...this.exchanges];
    const start = this.opening[0]?.at ?? 0;
    for (const line of this.opening) this.say(link, line.bytes, line.at - start);
    return {
      receive: (command) => {
        // Commands that the client leaves out are skipped; one that is not there any more is not answered.
        const at = left.findIndex(({ id }) => id === idOf(command));
        const [exchange] = at === -1 ? [] : left.splice(0, at + 1).slice(-1);
        if (!exchange) this.options.onUnknown?.(command);
        else for (const line of exchange.said) this.say(link, answerTo(command, line.bytes), line.at - exchange.at);
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
  if (!isAnswer) return message;
  const copy = message.slice();
  copy[REFERENCE_AT] = command[REFERENCE_AT] ?? 0;
  return copy;
}
