/** A reader that is published at a real broker, seen from pages that know nothing of the bridge, and from the reader. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { Bridge, type BridgeOptions } from '../../../src/bridge/bridge.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toHex } from '../../../src/mms/hex.js';
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import type { OpenOptions, TransportSink } from '../../../src/transports/transport.js';
import { seed } from '../simulator/bench.js';
import { startMosquitto, whyNoBroker, type Broker, type BrokerOptions } from '../../../tools/mosquitto.mjs';
import { tcpProxyTo, type TcpProxy } from '../../support/tcp-proxy.js';
import { RawPage } from './raw-page.js';

const PATH = 'MagTek/Shop/DynaFlex/B571AF2';
const SERIAL = 'AA0081040142D101841AD10181072B06010401F609850102890AE208E106E104E102C100';
const START = seed('Start EMV');

/** The way to a simulated reader that keeps what was sent to it, and counts what is not answered. */
class WatchedTransport extends SimulatedTransport {
  readonly sent: string[] = [];
  opened = 0;
  /** Commands that were in flight at the same time, at most. */
  mostInFlight = 0;
  private inFlight = 0;

  override open(to: TransportSink, options?: OpenOptions): Promise<void> {
    this.opened++;
    const message = (bytes: Uint8Array): void => {
      if (decodeMessage(bytes).kind === 'response') this.inFlight--;
      to.message(bytes);
    };
    return super.open({ ...to, message }, options);
  }

  override send(bytes: Uint8Array): void {
    this.sent.push(toHex(bytes));
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    super.send(bytes);
  }
}

interface Published {
  readonly reader: SimulatedReader;
  readonly transport: WatchedTransport;
  readonly bridge: Bridge;
  readonly dropped: string[];
  readonly states: string[];
}

const start = async (options?: BrokerOptions): Promise<Broker> => {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.close());
  return broker;
};

function make(
  broker: Broker,
  options: Partial<BridgeOptions> = {},
  readerOptions: SimulatedReaderOptions = {},
): Published {
  const reader = new SimulatedReader({ pace: 1, restartTime: 20, ...readerOptions });
  const transport = new WatchedTransport(reader);
  const dropped: string[] = [];
  const states: string[] = [];
  const bridge = new Bridge({
    reader: transport,
    broker: { url: broker.tcpUrl },
    path: PATH,
    keepAlive: 0,
    listener: {
      changed: (side, { state }) => states.push(`${side} ${state}`),
      dropped: (_, why) => dropped.push(why),
    },
    ...options,
  });
  onTestFinished(async () => {
    await bridge.stop();
    reader.close();
  });
  return { reader, transport, bridge, dropped, states };
}

async function publish(broker: Broker, options?: Partial<BridgeOptions>, reader?: SimulatedReaderOptions) {
  const published = make(broker, options, reader);
  await published.bridge.start();
  await expect.poll(() => published.bridge.isThrough).toBe(true);
  return published;
}

async function makeProxy(broker: Broker): Promise<TcpProxy> {
  const proxy = await tcpProxyTo(broker.tcpUrl);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function join(broker: Broker): Promise<RawPage> {
  const page = await RawPage.join(broker.url, PATH);
  onTestFinished(() => page.leave());
  return page;
}

const kinds = (page: RawPage): string[] => page.heard.map((hex) => decodeMessage(hex).kind);

describe.skipIf(whyNoBroker())('a published reader', () => {
  test('takes commands and is heard by every page, in order', async () => {
    const broker = await start();
    const { transport } = await publish(broker);
    const [one, two] = [await join(broker), await join(broker)];
    await one.command(SERIAL);
    await expect.poll(() => two.heard.length).toBe(1);
    await expect.poll(() => one.heard).toEqual(two.heard);
    expect(decodeMessage(one.heard[0] ?? '')).toMatchObject({ kind: 'response', reference: 0x42, id: 0xd101 });
    expect(transport.sent).toEqual([SERIAL]);
  });

  test('says that it is there to those that come later, and that it is not when it is stopped', async () => {
    const broker = await start();
    const { bridge } = await publish(broker);
    const page = await join(broker);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    await bridge.stop();
    await expect.poll(() => page.statuses).toEqual(['connected', 'disconnected']);
    const later = await join(broker);
    await expect.poll(() => later.statuses).toEqual(['disconnected']);
    await page.command(SERIAL);
    expect(page.heard).toEqual([]);
  });

  test('that vanishes with its bridge is reported by the broker', async () => {
    const broker = await start();
    const proxy = await makeProxy(broker);
    await publish(broker, { broker: { url: proxy.url } });
    const page = await join(broker);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    proxy.shut();
    await expect.poll(() => page.statuses).toEqual(['connected', 'disconnected']);
  });

  test('that is lost says so, takes nothing meanwhile and comes back by itself', async () => {
    const broker = await start();
    const { reader, transport, dropped } = await publish(broker);
    const page = await join(broker);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    // It takes nobody until it may.
    reader.startFault('full');
    reader.restart();
    await expect.poll(() => page.statuses).toEqual(['connected', 'disconnected']);
    await page.command(START);
    await expect.poll(() => dropped).toContain('the reader is away');
    reader.endFault();
    await expect.poll(() => page.statuses).toEqual(['connected', 'disconnected', 'connected']);
    expect(transport.sent).toEqual([]);
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toContain('response');
    expect(transport.sent).toEqual([SERIAL]);
  });

  test('is published again when its way to the broker is back, and what was sent meanwhile is never carried out', async () => {
    const broker = await start();
    const proxy = await makeProxy(broker);
    const { transport, states } = await publish(broker, { broker: { url: proxy.url } });
    const page = await join(broker);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    proxy.shut();
    await expect.poll(() => page.statuses.at(-1)).toBe('disconnected');
    // The broker has taken it, and says so.
    await page.command(START);
    proxy.open();
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toContain('response');
    expect(transport.sent).toEqual([SERIAL]);
    expect(transport.opened).toBe(1);
    expect(states.filter((state) => state === 'broker ready')).toHaveLength(2);
  });

  test('is published again by a broker that was started again and has forgotten everything', async () => {
    const broker = await start();
    const { transport } = await publish(broker);
    await broker.restart();
    const page = await join(broker);
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toContain('response');
    expect(transport.sent).toEqual([SERIAL]);
  });

  test('goes on with its sale while the broker is away; nobody hears of that later', async () => {
    const broker = await start();
    const proxy = await makeProxy(broker);
    const { reader, dropped } = await publish(broker, { broker: { url: proxy.url } });
    const page = await join(broker);
    await page.command(START);
    await expect.poll(() => reader.face.phase).toBe('waiting-for-card');
    proxy.shut();
    await expect.poll(() => page.statuses.at(-1)).toBe('disconnected');
    const before = page.heard.length;
    reader.tap();
    await expect.poll(() => reader.face.state).toBe('idle');
    expect(dropped).toContain('the broker is away');
    proxy.open();
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    await page.command(SERIAL);
    await expect.poll(() => page.heard.length).toBeGreaterThan(before);
    expect(kinds(page).slice(before)).toEqual(['response']);
  });

  test('never gets a command that the broker has kept', async () => {
    const broker = await start();
    const page = await join(broker);
    await page.command(START, { retain: true });
    const { transport } = await publish(broker);
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toContain('response');
    expect(transport.sent).toEqual([SERIAL]);
  });

  test('gets one command at a time, and the answers go out in order', async () => {
    const broker = await start();
    const { transport } = await publish(broker, {}, { latency: 5 });
    const page = await join(broker);
    const commands = Array.from({ length: 8 }, (_, i) => SERIAL.replace('0142D1', `01${String(10 + i)}D1`));
    await Promise.all(commands.map((hex) => page.command(hex)));
    await expect.poll(() => page.heard.length).toBe(8);
    expect(transport.mostInFlight).toBe(1);
    expect(transport.sent).toEqual(commands);
    const references = (list: readonly string[]): number[] => list.map((hex) => decodeMessage(hex).reference);
    expect(references(page.heard)).toEqual(references(commands));
  });

  test('is started once where the same start arrives twice', async () => {
    const broker = await start();
    const { transport, dropped } = await publish(broker, {}, { latency: 50 });
    const page = await join(broker);
    await Promise.all([page.command(START), page.command(START)]);
    await expect.poll(() => kinds(page)).toContain('response');
    expect(transport.sent).toEqual([START]);
    expect(dropped).toEqual(['one with the same reference is not answered yet']);
  });

  test('that never answers is asked, given up and opened again; pages see it go', async () => {
    const broker = await start();
    const { reader, dropped, transport } = await publish(broker, { answerTimeout: 0.05 });
    const page = await join(broker);
    await expect.poll(() => page.statuses).toEqual(['connected']);
    reader.startFault('mute');
    await page.command(START);
    await expect.poll(() => page.statuses).toContain('disconnected');
    expect(dropped).toContain('the reader has not answered in time');
    reader.endFault();
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    expect(transport.sent.filter((hex) => hex === START)).toHaveLength(1);
    // The question of the bridge itself was nobody else's business.
    expect(page.heard).toEqual([]);
  });

  test('whose bridge keeps asking whether it is there does not tell the pages of that', async () => {
    const broker = await start();
    const { transport } = await publish(broker, { keepAlive: 0.02 });
    const page = await join(broker);
    await expect.poll(() => transport.sent.length).toBeGreaterThan(3);
    expect(page.heard).toEqual([]);
  });

  test('is published by one bridge: the younger gives up, and both are told of each other', async () => {
    const broker = await start();
    const clashes: string[] = [];
    const first = await publish(broker, { listener: { clashed: (clash) => clashes.push(`older ${clash}`) } });
    const second = make(broker, { listener: { clashed: (clash) => clashes.push(`younger ${clash}`) } });
    await expect(second.bridge.start()).rejects.toThrow(/another bridge publishes .*B571AF2/i);
    expect(clashes.sort()).toEqual(['older rivalled', 'younger refused']);
    // A page that asks who is there is nobody’s rival.
    const page = await join(broker);
    await page.ask('MagTek/Shop/Presence');
    await expect.poll(() => page.told).toBeGreaterThan(1);
    expect(clashes).toHaveLength(2);
    expect(first.bridge.isThrough).toBe(true);
    expect(first.states).not.toContain('broker reconnecting');
  });

  test('is taken over from another bridge where that is asked for, and the older one says so and ends', async () => {
    const broker = await start();
    const clashes: string[] = [];
    const states: string[] = [];
    const first = await publish(broker, {
      listener: {
        clashed: (clash) => clashes.push(`older ${clash}`),
        changed: (side, { state, error }) => states.push(`${side} ${state} ${error?.detail ?? ''}`),
      },
    });
    const second = await publish(broker, {
      takeOver: true,
      listener: { clashed: (clash) => clashes.push(`younger ${clash}`) },
    });
    await expect.poll(() => states.at(-1)).toMatch(/^broker closed Another bridge publishes/);
    expect(clashes.sort()).toEqual(['older replaced', 'younger took-over']);
    const page = await join(broker);
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toEqual(['response']);
    expect(first.transport.sent).toEqual([]);
    expect(second.transport.sent).toEqual([SERIAL]);
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
  });

  test('says again that it is there when it is asked', async () => {
    const broker = await start();
    const page = await join(broker);
    await publish(broker);
    // When it was published, and soon after that.
    await expect.poll(() => page.told).toBe(2);
    await page.ask('MagTek/Shop/Presence');
    await expect.poll(() => page.told).toBe(3);
    expect(page.statuses).toEqual(['connected']);
  });

  test('is there again soon where the last will of an earlier connection comes behind its status', async () => {
    const broker = await start();
    const page = await join(broker);
    await publish(broker);
    await page.say('disconnected');
    await expect.poll(() => page.statuses.at(-1)).toBe('connected');
    const later = await join(broker);
    await expect.poll(() => later.statuses).toEqual(['connected']);
  });

  test('never gets a start that was swallowed by a network that stalls, however young it was when it was sent', async () => {
    const broker = await start();
    const proxy = await makeProxy(broker);
    const { transport, dropped } = await publish(broker, { broker: { url: proxy.url } });
    const page = await join(broker);
    proxy.stall();
    await page.command(START);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    proxy.flow();
    await expect.poll(() => dropped).toContain('it may have been under way for too long');
    expect(transport.sent).toEqual([]);
    // Once the broker has answered again, commands are taken as before.
    await expect
      .poll(async () => {
        await page.command(SERIAL);
        return kinds(page).includes('response');
      })
      .toBe(true);
    expect(transport.sent.every((hex) => hex === SERIAL)).toBe(true);
  });

  test.each(['zz', 'AA', '', 'AA0081048201D101820400000000'])('ignores what is not a command: “%s”', async (text) => {
    const broker = await start();
    const { transport, dropped } = await publish(broker);
    const page = await join(broker);
    await page.command(text);
    await page.command(SERIAL);
    await expect.poll(() => kinds(page)).toEqual(['response']);
    expect(transport.sent).toEqual([SERIAL]);
    expect(dropped).toHaveLength(1);
  });
});

describe.skipIf(whyNoBroker())('a bridge that cannot begin', () => {
  const refusal = async (broker: Broker, options: Partial<BridgeOptions>): Promise<string> => {
    const { bridge, transport } = make(broker, options);
    const error: unknown = await bridge.start().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(bridge.isThrough).toBe(false);
    await expect.poll(() => broker.connections().open).toBeLessThanOrEqual(0);
    expect(transport.sent).toEqual([]);
    return String(error);
  };

  test('says that there is no broker', async () => {
    const broker = await start();
    const proxy = await makeProxy(broker);
    await proxy.close();
    expect(await refusal(broker, { broker: { url: proxy.url } })).toContain('ECONNREFUSED');
  });

  test('says that the password is wrong, without showing it', async () => {
    const broker = await start({ users: { shop: 'secret' } });
    const login = { url: broker.tcpUrl, username: 'shop', password: 'wrong-password' };
    const words = await refusal(broker, { broker: login });
    expect(words).toMatch(/not authorized|bad user name or password/i);
    expect(words).not.toContain('wrong-password');
  });

  test('says that it may not publish', async () => {
    const acl = 'user shop\ntopic read MagTek/#\ntopic readwrite MagTek/Other/#\n';
    const broker = await start({ users: { shop: 'secret' }, acl });
    const login = { url: broker.tcpUrl, username: 'shop', password: 'secret' };
    expect(await refusal(broker, { broker: login })).toContain('does not let us publish the status');
  });

  test.each([
    ['mqtt://broker.example', 'broker.example is not this computer'],
    ['http://127.0.0.1', 'is not a valid address of a broker'],
    ['mqtts://me:secret@broker.example', 'must not contain a user name or password'],
  ])('refuses the address %s', async (url, words) => {
    const broker = await start();
    const text = await refusal(broker, { broker: { url } });
    expect(text).toContain(words);
    expect(text).not.toContain('me:secret');
  });

  test('refuses a path of many readers', async () => {
    const broker = await start();
    expect(await refusal(broker, { path: 'MagTek/+/a/b' })).toContain('more than one reader');
  });
});
