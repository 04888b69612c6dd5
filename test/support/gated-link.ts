/**
 * The link between one page and a simulated reader, which keeps the order of what travels and can hold it: both ways, or to the
 * page alone from a message on. What has left an end arrives in the end, also when that end has gone meanwhile.
 */
import { decodeMessage } from '../../src/mms/decode.js';
import type { MmsMessage } from '../../src/mms/message.js';
import type { ReaderEnd, ReaderLink, ReaderPort } from '../../src/simulator/links.js';

export class GatedLink implements ReaderEnd {
  private readonly reader: ReaderEnd;
  private isDownStalled = false;
  private isUpStalled = false;
  private isFirstHeld: ((message: MmsMessage) => boolean) | undefined;
  private down: (() => void)[] = [];
  private up: (() => void)[] = [];

  constructor(reader: ReaderEnd) {
    this.reader = reader;
  }

  /** How many commands wait on their way to the reader. */
  get waiting(): number {
    return this.up.length;
  }

  /** Nothing travels any more, or nothing to the reader, until {@link flow}. */
  stall(what: 'all' | 'commands' = 'all'): void {
    this.isUpStalled = true;
    this.isDownStalled = what === 'all';
  }

  /** All that waits travels on: what the reader has said before it got a command arrives before the answer to it. */
  flow(): void {
    this.isUpStalled = false;
    this.isDownStalled = false;
    for (const deliver of this.down.splice(0)) deliver();
    for (const receive of this.up.splice(0)) receive();
  }

  /** From the next such message on, nothing reaches the page, until it connects anew. */
  holdFrom(isFirst: (message: MmsMessage) => boolean): void {
    this.isFirstHeld = isFirst;
  }

  /** Whether the message has not come yet from which on everything is held. */
  get isAboutToHold(): boolean {
    return this.isFirstHeld !== undefined;
  }

  connect(link: ReaderLink): ReaderPort | undefined {
    let isHeld = false;
    const pass = (travels: () => void): void => {
      if (this.isDownStalled) this.down.push(travels);
      else travels();
    };
    const port = this.reader.connect({
      ...link,
      deliver: (bytes) => {
        if (this.isFirstHeld?.(decodeMessage(bytes)) === true) {
          isHeld = true;
          this.isFirstHeld = undefined;
        }
        if (isHeld) return;
        pass(() => {
          link.deliver(bytes);
        });
      },
    });
    if (!port) return undefined;
    const leave = (travels: () => void): void => {
      if (this.isUpStalled) this.up.push(travels);
      else travels();
    };
    return {
      receive: (bytes) => {
        leave(() => {
          port.receive(bytes);
        });
      },
      close: () => {
        leave(() => {
          port.close();
        });
      },
    };
  }

  close(): void {
    this.reader.close();
  }
}
