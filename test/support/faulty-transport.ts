/** A transport to a simulated reader that does to messages what networks and readers do, and tells what really travelled. */
import { toHex } from '../../src/mms/hex.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import type { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import {
  TransportError,
  type OpenOptions,
  type Transport,
  type TransportSink,
} from '../../src/transports/transport.js';
import type { ManualClock } from './manual-clock.js';

/** What happens to the next message of one direction. */
export type MessageFault = 'lose' | 'duplicate' | 'corrupt' | 'hold';

/** Milliseconds for which a message is held: longer than a request waits. */
const HELD = 7_000;

export interface Wiretap {
  /** A message leaves the client. */
  sent(bytes: Uint8Array): void;
  /** A message arrives at the client. */
  delivered(bytes: Uint8Array): void;
  /** The connection ended, from whatever side. */
  ended(): void;
}

export class FaultyTransport implements Transport {
  /** Nothing can be opened. */
  refuses = false;
  /** Nothing travels, and the connection stays. */
  isStalled = false;
  readonly destination = { url: 'wss://reader.example/', isLoopback: false };
  private readonly inner: SimulatedTransport;
  private readonly clock: ManualClock;
  private readonly tap: Wiretap;
  private sink: TransportSink | undefined;
  /** What happens to the messages to come, one after another. */
  private readonly plans: Record<'in' | 'out', (MessageFault | undefined)[]> = { in: [], out: [] };

  constructor(reader: SimulatedReader, clock: ManualClock, tap: Wiretap) {
    this.inner = new SimulatedTransport(reader);
    this.clock = clock;
    this.tap = tap;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    if (this.refuses) throw new TransportError('unreachable', 'refused');
    this.isStalled = false;
    const sink: TransportSink = {
      message: (bytes) => {
        this.meddle(bytes, this.plans.in.shift(), (result) => {
          if (this.sink === sink) this.deliver(result);
        });
      },
      noise: (data) => {
        to.noise(data);
      },
      close: (reason) => {
        if (this.sink === sink) this.end();
        to.close(reason);
      },
    };
    await this.inner.open(sink, options);
    this.sink = sink;
    this.deliver = (bytes) => {
      this.tap.delivered(bytes);
      to.message(bytes);
    };
    this.lose = () => {
      this.end();
      to.close({ kind: 'lost', code: 1006 });
    };
  }

  send(bytes: Uint8Array): void {
    const { sink } = this;
    this.tap.sent(bytes);
    this.meddle(bytes, this.plans.out.shift(), (result) => {
      if (this.sink === sink && sink) this.inner.send(result);
    });
  }

  close(): void {
    this.end();
    this.inner.close();
  }

  /** The network ends the connection. */
  cut(): void {
    if (!this.sink) return;
    const { lose } = this;
    this.sink = undefined;
    this.inner.close();
    lose();
  }

  /** Plans what happens to one of the messages to come: 0 for the next one. */
  plan(way: 'in' | 'out', place: number, fault: MessageFault): void {
    const plan = this.plans[way];
    while (plan.length < place) plan.push(undefined);
    plan[place] = fault;
  }

  /** Brings a message that the reader never sent to this client. */
  inject(bytes: Uint8Array): void {
    if (this.sink && !this.isStalled) this.deliver(bytes);
  }

  private deliver: (bytes: Uint8Array) => void = () => undefined;
  private lose: () => void = () => undefined;

  private end(): void {
    this.sink = undefined;
    this.tap.ended();
  }

  private meddle(bytes: Uint8Array, fault: MessageFault | undefined, pass: (bytes: Uint8Array) => void): void {
    if (this.isStalled) return;
    switch (fault) {
      case 'lose':
        return;
      case 'duplicate':
        pass(bytes);
        pass(bytes);
        return;
      case 'corrupt':
        pass(bytes.slice(0, -1));
        return;
      case 'hold':
        this.clock.setTimeout(() => {
          if (!this.isStalled) pass(bytes);
        }, HELD);
        return;
      default:
        pass(bytes);
    }
  }
}

/** Key of a request and of what answers it: reference and command, as they stand in the message. */
export const answerKey = (bytes: Uint8Array): string => toHex(bytes.subarray(5, 8));
