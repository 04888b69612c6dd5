/**
 * Decides which of several bridges publishes a reader. All of them have the same name at the broker, so that only one is there at a time;
 * so one that comes asks first, under another name, whether somebody answers for this reader. It opens nothing.
 */
import { randomBytes } from 'node:crypto';
import { ignore, type MqttClient } from '../transports/mqtt-library.js';
import { PRESENCE_WORDS, presenceOf, presenceTopics, readerTopics } from '../transports/mqtt-topics.js';

/**
 * What became of two bridges for one reader. `refused`: another publishes it, and this one gives up. `rivalled`: this one publishes
 * it, and another wanted to. `took-over`: this one has told the other to go. `replaced`: the other has told this one.
 */
export type BridgeClash = 'refused' | 'rivalled' | 'took-over' | 'replaced';

/** Milliseconds that another bridge may take to answer, where the broker has kept that the reader is connected. */
const PATIENCE = 2_000;

/** Milliseconds: a connection that was lost sooner was perhaps pushed out by another bridge. */
const SHORT = 10_000;

export class Claim {
  private readonly path: string;
  private readonly id = randomBytes(6).toString('hex');
  private openedAt = 0;
  private isFirst = true;
  private wasShort = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether it must be asked for before the next opening. */
  get isDue(): boolean {
    return this.isFirst || this.wasShort;
  }

  /** The name under which it is asked for. */
  get clientId(): string {
    return `magtek${this.id}`;
  }

  /** The reader is published by this bridge. */
  opened(): void {
    this.isFirst = false;
    this.wasShort = false;
    this.openedAt = performance.now();
  }

  /** The connection has ended by itself. */
  lost(): void {
    this.wasShort = performance.now() - this.openedAt < SHORT;
  }

  /** Whether what was published where bridges are asked comes from another one that gives up when this one answers. */
  isRival(text: string): boolean {
    const [word, id] = text.split(' ');
    return word === PRESENCE_WORDS.who && id !== undefined && id !== this.id;
  }

  /**
   * What to answer to what was published where bridges are asked; `gone` where this bridge is to go.
   * @param isSelling whether a sale runs at the reader: who wants to change it leaves it alone then
   */
  answerTo(text: string, isSelling: boolean): string | undefined {
    const [word, id] = text.split(' ');
    if (word === PRESENCE_WORDS.who)
      return `${PRESENCE_WORDS.here} ${this.id}${isSelling ? ` ${PRESENCE_WORDS.selling}` : ''}`;
    return word === PRESENCE_WORDS.takeOver && id !== this.id ? 'gone' : undefined;
  }

  /** Asks over a connection that was opened for it whether another bridge publishes this reader. It never rejects. */
  async settle(client: MqttClient, takeOver: boolean): Promise<'free' | 'refused' | 'taken'> {
    const { own } = presenceTopics(this.path);
    const { status } = readerTopics(this.path);
    return new Promise((resolve) => {
      let isDone = false;
      const done = (result: 'free' | 'refused' | 'taken'): void => {
        if (isDone) return;
        isDone = true;
        clearTimeout(timer);
        resolve(result);
      };
      const timer = setTimeout(() => done('free'), PATIENCE);
      let isKept = false;
      client.on('close', () => {
        // It is not allowed to ask: then the broker decides between the two by their name.
        done('free');
      });
      client.on('message', (topic, payload) => {
        const text = new TextDecoder().decode(payload);
        if (topic === status) isKept ||= presenceOf(text) === 'present';
        const [word, id] = text.split(' ');
        if (topic !== own || word !== PRESENCE_WORDS.here || id === this.id) return;
        if (!takeOver) return done('refused');
        client.publish(own, `${PRESENCE_WORDS.takeOver} ${this.id}`, { qos: 1 }, () => done('taken'));
      });
      client.subscribe(own, { qos: 0 }, () => {
        // Without an id, this question makes no other bridge stop: one that takes over says so in a message of its own.
        client.publish(own, takeOver ? PRESENCE_WORDS.who : `${PRESENCE_WORDS.who} ${this.id}`, { qos: 0 }, ignore);
        client.subscribe(status, { qos: 1 }, () => {
          // What is kept comes with the answer, or right behind it.
          setTimeout(() => {
            if (!isKept) done('free');
          }, BEHIND);
        });
      });
    });
  }
}

/** Milliseconds in which what is kept has arrived after its subscription was confirmed. */
const BEHIND = 50;
