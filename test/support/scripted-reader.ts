/**
 * A reader that a test plays byte by byte, at the other end of any carrier: it records what arrives and sends what the test
 * says. Nothing is waited for by time: both ends are counted, and {@link ScriptedReader.settled} resolves when all that was
 * sent has arrived. So a test can also rely on what did not come.
 */
import { decodeMessage } from '../../src/mms/decode.js';
import { toMessage } from '../../src/mms/encode.js';
import { parseHex } from '../../src/mms/hex.js';
import type { MmsRequest } from '../../src/mms/message.js';
import type { TlvInput } from '../../src/mms/tlv.js';
import type { ReaderPort } from '../../src/simulator/links.js';
import type { Destination, OpenOptions, Transport, TransportSink } from '../../src/transports/transport.js';
import type { Carried, Carrier, CarrierLink, Door, ReaderEnd } from './carrier.js';
import { nextTask } from './next-task.js';

/** What travelled over one connection, counted at one end. */
interface Traffic {
  out: number;
  in: number;
}

/** The client's own transport, counted. */
class CountedTransport implements Transport {
  /** Where it leads, where that is to be somewhere else than it really does. */
  pretended: Destination | undefined;
  /** Openings that are neither done nor given up. */
  opening = 0;
  /** How often `open` was called. */
  opened = 0;
  /** The connection that stands. */
  traffic: Traffic | undefined;
  private readonly real: Transport;
  private readonly changed: () => void;

  constructor(real: Transport, changed: () => void) {
    this.real = real;
    this.changed = changed;
  }

  get destination(): Destination | undefined {
    return this.pretended ?? this.real.destination;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const traffic: Traffic = { out: 0, in: 0 };
    this.opened++;
    this.opening++;
    try {
      await this.real.open(this.counting(to, traffic), options);
      this.traffic = traffic;
    } finally {
      this.opening--;
      this.changed();
    }
  }

  send(bytes: Uint8Array): void | Promise<void> {
    const sent = this.real.send(bytes);
    if (this.traffic) this.traffic.out++;
    return sent;
  }

  close(): void {
    this.traffic = undefined;
    this.real.close();
    this.changed();
  }

  private counting(to: TransportSink, traffic: Traffic): TransportSink {
    const heard = (tell: () => void): void => {
      traffic.in++;
      tell();
      this.changed();
    };
    return {
      message: (bytes) => {
        heard(() => {
          to.message(bytes);
        });
      },
      noise: (data) => {
        heard(() => {
          to.noise(data);
        });
      },
      close: (reason) => {
        if (this.traffic === traffic) this.traffic = undefined;
        to.close(reason);
        this.changed();
      },
    };
  }
}

/** One connection as the reader sees it. */
interface Connected {
  readonly link: CarrierLink;
  readonly traffic: Traffic;
}

export class ScriptedReader implements ReaderEnd {
  /** For the client. */
  readonly transport: Transport;
  /** Every message that arrived, whole. */
  readonly received: Uint8Array[] = [];
  /** Called for each request that arrives. */
  onRequest: (request: MmsRequest) => void = () => undefined;
  private readonly carried: Carried;
  private readonly client: CountedTransport;
  private readonly connected = new Set<Connected>();
  private readonly waiting = new Set<() => void>();
  private isStuck = false;

  private constructor(carried: Carried) {
    this.carried = carried;
    this.client = new CountedTransport(carried.transport(), () => {
      this.changed();
    });
    this.transport = this.client;
  }

  /** A reader behind a carrier, which nobody is connected to yet. */
  static async behind({ carry }: Carrier): Promise<ScriptedReader> {
    const end: { reader?: ScriptedReader } = {};
    end.reader = new ScriptedReader(await carry({ connect: (link) => end.reader?.connect(link) }));
    return end.reader;
  }

  /** Everything that was asked, in order. */
  get requests(): MmsRequest[] {
    return this.received.map((bytes) => decodeMessage(bytes) as MmsRequest);
  }

  /** What was asked last. */
  get last(): MmsRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nothing was asked');
    return request;
  }

  /** What was asked last, once all has arrived. */
  async lastRequest(): Promise<MmsRequest> {
    await this.settled();
    return this.last;
  }

  /** Numbers of everything that was asked, in order, once all has arrived. */
  async askedIds(): Promise<number[]> {
    await this.settled();
    return this.requests.map(({ id }) => id);
  }

  /** How often the client tried to connect. */
  get attempts(): number {
    return this.client.opened;
  }

  /** Where the client believes that the reader is. */
  set destination(destination: Destination) {
    this.client.pretended = destination;
  }

  /** How the next who want to connect are met. */
  set door(door: Door) {
    this.isStuck = door === 'stuck';
    this.carried.setDoor(door);
  }

  connect(link: CarrierLink): ReaderPort {
    const connected: Connected = { link, traffic: { out: 0, in: 0 } };
    this.connected.add(connected);
    return {
      receive: (bytes) => {
        connected.traffic.in++;
        this.received.push(bytes);
        this.onRequest(decodeMessage(bytes) as MmsRequest);
        this.changed();
      },
      close: () => {
        this.connected.delete(connected);
        this.changed();
      },
    };
  }

  /** Sends a message, given as bytes or hexadecimal text; resolves when all has arrived. */
  async deliver(message: Uint8Array | string): Promise<void> {
    const bytes = typeof message === 'string' ? parseHex(message) : message;
    this.say(({ deliver }) => {
      deliver(bytes);
    });
    await this.settled();
  }

  /** Answers a request; resolves when all has arrived. */
  async answer(
    request: MmsRequest,
    { summary = 0, detail = '000000', payload = [] as readonly TlvInput[] } = {},
  ): Promise<void> {
    const { reference, id } = request;
    await this.deliver(toMessage({ kind: 'response', reference, id, status: { summary, detail }, payload }).bytes);
  }

  /** Answers what was asked last; resolves when all has arrived. */
  async answerLast(answer?: { readonly summary?: number; readonly detail?: string }): Promise<void> {
    await this.answer(await this.lastRequest(), answer);
  }

  /** Sends something that is not a message; resolves when all has arrived. */
  async noise(): Promise<void> {
    this.say(({ noise }) => {
      noise();
    });
    await this.settled();
  }

  /** Ends the connection: with a close code, or without a word. Resolves when the client knows. */
  async lose(code?: number): Promise<void> {
    for (const { link } of [...this.connected]) {
      if (code === undefined) link.cut();
      else link.drop(code);
    }
    this.connected.clear();
    await this.settled();
  }

  /** Resolves when nothing is under way any more, on the wire or in promises that can settle now. */
  async settled(): Promise<void> {
    for (;;) {
      await nextTask();
      if (this.isQuiet) return;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async close(): Promise<void> {
    await this.carried.close();
  }

  private get isQuiet(): boolean {
    const { opening, traffic } = this.client;
    if (opening > 0 && !this.isStuck) return false;
    if (this.connected.size !== (traffic ? 1 : 0)) return false;
    const [there] = this.connected;
    return !there || !traffic || (there.traffic.in === traffic.out && there.traffic.out === traffic.in);
  }

  private say(tell: (link: CarrierLink) => void): void {
    const there = [...this.connected].at(-1);
    if (!there) throw new Error('nobody is connected');
    there.traffic.out++;
    tell(there.link);
  }

  private changed(): void {
    for (const resolve of [...this.waiting]) resolve();
    this.waiting.clear();
  }
}
