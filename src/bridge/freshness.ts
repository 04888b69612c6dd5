/**
 * Upper bound of the age of a command that arrives now. Nothing in a command says when it was published, and
 * a network that stalls delivers seconds later what it has swallowed: a start would begin a sale that its page has given up.
 *
 * The broker's messages come in the order in which it wrote them. It wrote its answer to a ping after the ping was sent, and what
 * arrives after that answer it wrote later still. So a command is at most as old as the last answered ping.
 */
import type { MqttClient } from '../transports/mqtt-library.js';

/** Milliseconds between two pings. */
const PERIOD = 2_000;

/** Milliseconds that a command may have been under way: pages wait five seconds for an answer unless told otherwise. */
const OLDEST = 4_000;

export class Freshness {
  private readonly timer: ReturnType<typeof setInterval>;
  /** When the pings were sent that have not been answered, oldest first. */
  private readonly sent: number[] = [];
  /** When the last answered ping was sent. */
  private proven: number;

  constructor(client: MqttClient) {
    // The opening was answered just now.
    this.proven = performance.now();
    // Also those that the library sends by itself: each answer belongs to the oldest one.
    client.on('packetsend', ({ cmd }) => {
      if (cmd === 'pingreq') this.sent.push(performance.now());
    });
    client.on('packetreceive', ({ cmd }) => {
      if (cmd === 'pingresp') this.proven = this.sent.shift() ?? this.proven;
    });
    this.timer = setInterval(() => client.sendPing(), PERIOD);
  }

  /** Why a command that arrives now must not be carried out; undefined where it may be. */
  whyNot(): string | undefined {
    return performance.now() - this.proven > OLDEST ? 'it may have been under way for too long' : undefined;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
