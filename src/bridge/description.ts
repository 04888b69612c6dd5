/**
 * The details of a reader as a broker keeps them: published over one connection after the other, as long as the broker takes
 * them. A user may be forbidden to, and some brokers end the connection for it: then it is given up, and nothing else is lost.
 */
import type { MqttClient } from '../transports/mqtt-library.js';
import { detailsTopic } from '../transports/reader-details.js';

/** Connections that end while the first details are under way, after which they are held to be forbidden. */
const ENOUGH_ENDS = 2;
/** Milliseconds: many bridges of a group do not all answer a question at once. */
const LONGEST_PAUSE = 1_000;
/** Milliseconds between two answers: many pages may ask. */
const PERIOD = 5_000;

export class Description {
  private readonly topic: string;
  private readonly refused: (why: string) => void;
  private text: string | undefined;
  private client: MqttClient | undefined;
  private isUnderWay = false;
  private hasBeenTaken = false;
  private isForbidden = false;
  private ends = 0;
  private repeating: ReturnType<typeof setTimeout> | undefined;
  private repeatedAt = -Infinity;

  /** @param refused Gets why details are not published any more. */
  constructor(path: string, refused: (why: string) => void) {
    this.topic = detailsTopic(path);
    this.refused = refused;
  }

  /** What is to be kept from now on. */
  set(text: string): void {
    this.text = text;
    this.publish();
  }

  /** The broker is there. */
  opened(client: MqttClient): void {
    this.client = client;
    this.publish();
  }

  /** Somebody asks for them whom this broker does not tell what it keeps. */
  repeat(): void {
    if (this.repeating !== undefined) return;
    const wait = Math.max(Math.random() * LONGEST_PAUSE, this.repeatedAt + PERIOD - performance.now());
    this.repeating = setTimeout(() => {
      this.repeating = undefined;
      this.repeatedAt = performance.now();
      this.publish();
    }, wait);
  }

  /** The connection has ended by itself. */
  lost(isRefusal: boolean): void {
    if (!this.isUnderWay || this.hasBeenTaken) return;
    if (isRefusal || ++this.ends >= ENOUGH_ENDS) this.giveUp();
  }

  /** The connection is not used any more. */
  closed(): void {
    clearTimeout(this.repeating);
    this.repeating = undefined;
    this.client = undefined;
    this.isUnderWay = false;
  }

  private publish(): void {
    const { client, text, topic } = this;
    if (!client || text === undefined || this.isForbidden) return;
    this.isUnderWay = true;
    client.publish(topic, text, { qos: 1, retain: true }, (error) => {
      // Of a connection that has ended, its end says more.
      if (this.client !== client || (error && !client.connected)) return;
      this.isUnderWay = false;
      if (error) this.giveUp();
      else this.hasBeenTaken = true;
    });
  }

  private giveUp(): void {
    this.isForbidden = true;
    this.refused(`the broker does not let us publish the details on ${this.topic}; nothing else is affected`);
  }
}
