/** A simulated reader on a bench: one client, a clock that stands still, and everything that was heard. */
import { decodeMessage } from '../../../src/mms/decode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage, MmsResponse } from '../../../src/mms/message.js';
import type { ReaderPort } from '../../../src/simulator/links.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { ManualClock } from '../../support/manual-clock.js';
import { seedTable } from '../../support/seed-table.js';

export class Bench {
  readonly clock = new ManualClock();
  readonly reader: SimulatedReader;
  /** Every frame that reached the client. */
  readonly frames: Uint8Array[] = [];
  readonly ends: string[] = [];
  port: ReaderPort | undefined;

  constructor(options: SimulatedReaderOptions = {}) {
    this.reader = new SimulatedReader({ seed: 1, clock: this.clock, ...options });
    this.join();
  }

  /** Connects; undefined where the reader turns the client away. */
  join(): ReaderPort | undefined {
    return (this.port = this.reader.connect({
      deliver: (bytes) => {
        this.frames.push(bytes);
      },
      drop: () => {
        this.ends.push('dropped');
      },
      cut: () => {
        this.ends.push('cut');
      },
    }));
  }

  /** Sends a command and gives the bench back. */
  after(hex: string): this {
    this.send(hex);
    return this;
  }

  send(hex: string): void {
    this.port?.receive(parseHex(hex));
    this.clock.pass(0);
  }

  /** Sends a command and gives the answer to it. */
  ask(hex: string): MmsResponse {
    this.send(hex);
    const last = this.messages.filter(({ kind }) => kind === 'response').at(-1);
    if (last?.kind !== 'response') throw new Error('no response');
    return last;
  }

  get messages(): MmsMessage[] {
    return this.frames.map((bytes) => decodeMessage(bytes));
  }

  /** Notifications as `0101 10010200`. */
  get codes(): string[] {
    return this.messages.flatMap((message) =>
      message.kind === 'notification' ? [`${message.id.toString(16).padStart(4, '0')} ${toHex(message.detail)}`] : [],
    );
  }
}

/** A command of the seed guide by its name. */
export function seed(name: (typeof seedTable)[number][0]): string {
  return seedTable.find(([each]) => each === name)?.[1] ?? '';
}
