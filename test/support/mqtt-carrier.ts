/**
 * The carrier that is a real broker: each way to the reader has a path of its own there, as if each client had the reader's
 * port to itself. The reader's end is on TCP, the client's on a WebSocket. It knows nothing of what is in messages.
 */
import { afterAll } from 'vitest';
import mqtt, { type MqttClient } from 'mqtt';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { ReaderPort } from '../../src/simulator/links.js';
import { MqttTransport } from '../../src/transports/mqtt.js';
import { READER_STATUS, readerTopics } from '../../src/transports/mqtt-topics.js';
import type { OpenOptions, Transport, TransportSink } from '../../src/transports/transport.js';
import type { CarrierLink, ReaderEnd } from './carrier.js';
import type { AnyBroker } from './brokers/broker.mjs';
import { carrierBroker } from './carrier-broker.js';

/** One broker for all tests of a file: they use paths of their own. */
let shared: Promise<AnyBroker> | undefined;
afterAll(async () => {
  await (await shared)?.close();
});

let paths = 0;

/** How a status is published. */
const KEPT = { retain: true, qos: 1 } as const;

/** A way to the reader. It meets who opens it, as a broker cannot tell a reader who listens to it. */
class BrokerWay implements Transport {
  private readonly topics = readerTopics(`MagTek/Carrier/Model/${String(++paths)}`);
  private readonly peer: MqttClient;
  private readonly reader: ReaderEnd;
  private readonly pass: () => Promise<void>;
  private readonly inner: MqttTransport;
  private port: ReaderPort | undefined;

  constructor(url: string, peer: MqttClient, reader: ReaderEnd, pass: () => Promise<void>) {
    this.peer = peer;
    this.reader = reader;
    this.pass = pass;
    this.inner = new MqttTransport(url, { device: this.topics.path });
    peer.on('message', (topic, payload) => {
      if (topic === this.topics.command) this.port?.receive(parseHex(payload.toString()));
    });
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const { signal } = options ?? {};
    await Promise.race([
      this.pass(),
      new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      }),
    ]);
    signal?.throwIfAborted();
    await this.peer.subscribeAsync(this.topics.command);
    const port = this.reader.connect(this.link());
    this.port = port;
    await this.keepStatus(port ? READER_STATUS.there : READER_STATUS.gone);
    const sink: TransportSink = {
      message: (bytes) => {
        to.message(bytes);
      },
      noise: (data) => {
        to.noise(data);
      },
      close: (reason) => {
        this.leave();
        to.close(reason);
      },
    };
    try {
      await this.inner.open(sink, options);
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  send(bytes: Uint8Array): void {
    this.inner.send(bytes);
  }

  close(): void {
    this.inner.close();
    this.leave();
  }

  private leave(): void {
    const { port } = this;
    this.port = undefined;
    port?.close();
  }

  /** Publishes a status, and waits until whoever comes next gets it: a broker may confirm it before (RabbitMQ does). */
  private async keepStatus(status: string): Promise<void> {
    const { peer, topics } = this;
    await peer.publishAsync(topics.status, status, KEPT);
    for (let kept: string | undefined; kept !== status;) {
      const isKept = new Promise<string>((resolve) => {
        const hear = (topic: string, payload: Buffer): void => {
          if (topic !== topics.status) return;
          peer.off('message', hear);
          resolve(payload.toString());
        };
        peer.on('message', hear);
      });
      await peer.subscribeAsync(topics.status);
      kept = await isKept;
      await peer.unsubscribeAsync(topics.status);
    }
  }

  private say(text: string): void {
    this.peer.publish(this.topics.message, text, { qos: 1 });
  }

  private link(): CarrierLink {
    const drop = (): void => {
      this.port = undefined;
      // Nobody waits for it: the test may be over before the broker has it.
      this.peer.publish(this.topics.status, READER_STATUS.gone, KEPT);
    };
    return {
      deliver: (bytes) => {
        this.say(toHex(bytes));
      },
      drop,
      cut: drop,
      noise: () => {
        this.say('connected');
      },
    };
  }
}

/** @param pass Resolves when who opens is let in. */
export async function throughBroker(
  reader: ReaderEnd,
  pass: () => Promise<void>,
): Promise<{ transport(): Transport; close(): Promise<void> }> {
  const broker = await (shared ??= carrierBroker.start());
  const peer = await mqtt.connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
  peer.setMaxListeners(0);
  return {
    transport: () => new BrokerWay(broker.url, peer, reader, pass),
    close: async () => {
      await peer.endAsync(true);
    },
  };
}
