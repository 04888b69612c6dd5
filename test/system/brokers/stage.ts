/** Readers, bridges and pages at a broker of any kind, for one test. It knows nothing of what a test asks of them. */
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Bridge, type BridgeListener } from '../../../src/bridge/bridge.js';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import { MqttTransport } from '../../../src/transports/mqtt.js';
import { MqttFleet } from '../../../src/transports/mqtt-fleet.js';
import type { BrokerCredentials, Presence } from '../../../src/transports/broker-options.js';
import type { MqttSocketConstructor } from '../../../src/transports/mqtt-opening.js';
import { brokers, type AnyBroker, type AnyBrokerOptions, type BrokerKind } from '../../support/brokers/index.mjs';
import { CollectingSink } from '../../support/collecting-sink.js';

/** Its close codes are known, as they are in a page. */
export const Socket = WebSocket as unknown as MqttSocketConstructor;

export const pathOf = (number: number, shop = 'Shop1'): string => `MagTek/${shop}/Simulated/B00000${String(number)}`;

export async function startBroker(kind: BrokerKind, options?: AnyBrokerOptions): Promise<AnyBroker> {
  const broker = await brokers[kind].start(options);
  onTestFinished(() => broker.close());
  return broker;
}

/** A reader behind a bridge; counts the starts that reach it. */
export class Published {
  readonly reader: SimulatedReader;
  readonly bridge: Bridge;
  readonly path: string;
  starts = 0;

  constructor(
    broker: AnyBroker,
    path: string,
    {
      login = {},
      takeOver = false,
      listener = {},
      details,
    }: {
      login?: { username?: string; password?: string };
      takeOver?: boolean;
      listener?: BridgeListener;
      /** Seconds between two publications of details; none are published without. */
      details?: number;
    } = {},
  ) {
    this.path = path;
    this.reader = new SimulatedReader({ pace: 1 });
    this.bridge = new Bridge({
      reader: new SimulatedTransport(this.reader),
      broker: { url: broker.tcpUrl, ...login },
      path,
      takeOver,
      keepAlive: 0,
      ...(details === undefined ? {} : { details }),
      listener: {
        ...listener,
        passed: (direction, bytes) => {
          if (direction === 'to-reader' && Buffer.from(bytes).toString('hex').startsWith('1001', 12)) this.starts++;
        },
      },
    });
    onTestFinished(async () => {
      await this.bridge.stop();
      this.reader.close();
    });
  }
}

export async function publish(...args: ConstructorParameters<typeof Published>): Promise<Published> {
  const published = new Published(...args);
  await published.bridge.start();
  return published;
}

export function pageAt(
  broker: AnyBroker,
  device: string,
  credentials?: BrokerCredentials,
  { requestTimeout = 10 }: { readonly requestTimeout?: number } = {},
): ReaderClient {
  const client = new ReaderClient({
    transport: new MqttTransport(broker.url, { device, credentials, WebSocket: Socket }),
    requestTimeout,
  });
  onTestFinished(() => {
    client.disconnect();
  });
  return client;
}

export interface WatchedFleet {
  readonly fleet: MqttFleet;
  readonly heard: Map<string, Presence>;
}

export async function fleetAt(
  broker: AnyBroker,
  readers: string,
  options: { asksPresence?: boolean; credentials?: BrokerCredentials } = {},
): Promise<WatchedFleet> {
  const heard = new Map<string, Presence>();
  const fleet = new MqttFleet(broker.url, { readers, WebSocket: Socket, ...options }, (path, presence) => {
    if (presence === undefined) heard.delete(path);
    else heard.set(path, presence);
  });
  onTestFinished(() => {
    fleet.close();
  });
  await fleet.open(new CollectingSink());
  return { fleet, heard };
}

/** What a call failed with; `none` where it did not. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => String((error as { code?: unknown }).code),
  );
