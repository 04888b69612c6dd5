/** The brokers of a soak: one mosquitto that is restarted, or a cluster of NATS behind a balancer whose nodes fall one after the other. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import mqtt from 'mqtt';
import { startNatsCluster } from '../../support/brokers/nats.mjs';
import { startMosquitto } from '../../../tools/mosquitto.mjs';

export interface SoakBroker {
  /** For readers. */
  readonly tcpUrl: string;
  /** For pages. */
  readonly url: string;
  /** Its processes, while they run. */
  pids(): readonly (number | undefined)[];
  /** Takes it away for a moment, the first time as 1; resolves when all of it is there again. */
  disturb(time: number): Promise<void>;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

export const soakBrokers = {
  /** In turns with a word to everybody, and without one. */
  mosquitto: async (): Promise<SoakBroker> => {
    const broker = await startMosquitto({ isQuiet: true });
    return {
      tcpUrl: broker.tcpUrl,
      url: broker.url,
      pids: () => [broker.pid()],
      disturb: async (time) => {
        await broker.stop({ hard: time % 2 === 0 });
        await broker.start();
      },
      open: () => broker.connections().open,
      close: () => broker.close(),
    };
  },
  /** Three nodes: one is killed, another one too, the third is stopped in order; each is away for some seconds. */
  'nats-cluster': async (): Promise<SoakBroker> => {
    const { nodes, close } = await startNatsCluster();
    // Without a leader of its storage a node lets nobody in, and for the first one it takes seconds.
    for (const { tcpUrl } of nodes) while (!(await takesClients(tcpUrl)));
    const tcp = await balance(nodes.map(({ tcpUrl }) => tcpUrl));
    const ws = await balance(nodes.map(({ url }) => url));
    return {
      tcpUrl: `mqtt://127.0.0.1:${String(tcp.port)}`,
      url: `ws://127.0.0.1:${String(ws.port)}/mqtt`,
      pids: () => nodes.map((node) => node.pid()),
      disturb: async (time) => {
        const node = nodes[time % nodes.length];
        await node?.stop({ hard: time % 3 !== 0 });
        await new Promise((resolve) => setTimeout(resolve, AWAY));
        await node?.start();
      },
      open: () => tcp.open() + ws.open(),
      close: async () => {
        await Promise.all([tcp.close(), ws.close()]);
        await close();
      },
    };
  },
} as const satisfies Record<string, () => Promise<SoakBroker>>;

export type SoakBrokerName = keyof typeof soakBrokers;

/** Milliseconds that a node of a cluster is away. */
const AWAY = 3_000;

/** Whether a client gets in and what it publishes is kept. */
function takesClients(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = mqtt.connect(url, { reconnectPeriod: 0, connectTimeout: 2_000 });
    const done = (isThere: boolean): void => {
      clearTimeout(timer);
      client.end(true);
      resolve(isThere);
    };
    const timer = setTimeout(done, 5_000, false);
    client.on('error', () => undefined);
    client.on('close', () => {
      // Not at once: whoever refuses does so again.
      setTimeout(done, 200, false);
    });
    client.on('connect', () => {
      client.publish('soak/ready', 'yes', { qos: 1, retain: true }, (error) => {
        if (!error) done(true);
      });
    });
  });
}

/** Leads each connection to the next of several servers that takes it, as the balancer in front of a cluster does. */
async function balance(
  urls: readonly string[],
): Promise<{ readonly port: number; open(): number; close(): Promise<void> }> {
  const ports = urls.map((url) => Number(new URL(url).port));
  const sockets = new Set<Socket>();
  let next = 0;
  const lead = (client: Socket, tries: number): void => {
    if (tries === 0) {
      client.destroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', port: ports[next++ % ports.length] ?? 0 });
    let isThrough = false;
    server.on('connect', () => {
      isThrough = true;
      client.pipe(server).pipe(client);
      client.on('close', () => server.destroy());
    });
    server.on('error', () => {
      if (!isThrough) lead(client, tries - 1);
    });
    server.on('close', () => {
      if (isThrough) client.destroy();
    });
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => sockets.delete(client));
    lead(client, ports.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
