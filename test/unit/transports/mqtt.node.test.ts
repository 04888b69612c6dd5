/** MMS through a real MQTT broker, and through one that does what no real one can be made to do. */
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parseHex } from '../../../src/mms/hex.js';
import { LARGEST_PACKET } from '../../../src/transports/mqtt-opening.js';
import { MqttTransport, type MqttTransportOptions } from '../../../src/transports/mqtt.js';
import { TransportError } from '../../../src/transports/transport.js';
import { CollectingSink } from '../../support/collecting-sink.js';
import { startMosquitto, whyNoBroker, type Broker, type BrokerOptions } from '../../../tools/mosquitto.mjs';
import { startScriptedBroker, type Script, type ScriptedBroker } from '../../support/scripted-broker.js';

const CANCEL = 'AA0081040113100884021008';
const ANSWER = 'AA0081048213100882040000000084021008';
const DEVICE = 'MagTek/Shop/DynaFlexIIPED/B000001';
/** Time for what must not happen to happen. */
const A_WHILE = 50;

const transports: MqttTransport[] = [];
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function transportTo(url: string, options: Partial<MqttTransportOptions> = {}): MqttTransport {
  const transport = new MqttTransport(url, { device: DEVICE, ...options });
  transports.push(transport);
  return transport;
}

const errorOf = (promise: Promise<unknown>): Promise<TransportError> =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as TransportError,
  );

afterEach(() => {
  for (const transport of transports.splice(0)) transport.close();
});

describe('an address', () => {
  test.each([
    ['http://broker.example', 'bad-address'],
    ['', 'bad-address'],
    ['wss://user:secret@broker.example', 'bad-address'],
    ['ws://broker.example', 'insecure-address'],
    ['mqtt://broker.example', 'insecure-address'],
  ])('%s is refused: %s', async (url, code) => {
    const error = await errorOf(transportTo(url).open(new CollectingSink()));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('secret');
  });

  test.each(['', 'MagTek/+', '/a'])('of a reader, “%s”, is refused', async (device) => {
    const error = await errorOf(transportTo('ws://127.0.0.1:9', { device }).open(new CollectingSink()));
    expect(error.code).toBe('bad-address');
  });

  test('where nobody listens is unreachable', async () => {
    expect((await errorOf(transportTo('ws://127.0.0.1:9').open(new CollectingSink()))).code).toBe('unreachable');
  });

  test('may be unencrypted where that is allowed', async () => {
    const transport = transportTo('ws://127.0.0.2.invalid', { allowInsecure: true });
    expect((await errorOf(transport.open(new CollectingSink()))).code).toBe('unreachable');
  });
});

describe.skipIf(whyNoBroker())('through mosquitto', () => {
  let broker: Broker;
  /** The reader's side, and everybody else. */
  let peer: MqttClient;

  async function start(options?: BrokerOptions): Promise<void> {
    broker = await startMosquitto(options);
    peer = await mqtt.connectAsync(broker.tcpUrl, { reconnectPeriod: 0 });
  }
  const publish = (topic: string, text: string, retain = false) =>
    peer.publishAsync(`${DEVICE}/${topic}`, text, { qos: 1, retain });

  beforeEach(() => start());
  afterEach(async () => {
    await peer.endAsync(true);
    await broker.close();
  });

  test.each(['url', 'tcpUrl'] as const)('commands go out as text, once; answers come in: %s', async (name) => {
    const heard: string[] = [];
    const retained: boolean[] = [];
    peer.on('message', (topic, payload, packet) => {
      heard.push(`${topic} ${payload.toString()} ${String(packet.qos)}`);
      retained.push(packet.retain);
    });
    await peer.subscribeAsync('MagTek/#', { qos: 1 });
    const sink = new CollectingSink();
    const transport = transportTo(broker[name]);
    await transport.open(sink);
    transport.send(parseHex(CANCEL));
    await expect.poll(() => heard).toEqual([`${DEVICE}/SendCommand ${CANCEL} 0`]);
    expect(retained).toEqual([false]);
    await publish('MMSMessage', ANSWER.toLowerCase());
    await publish('MMSMessage', 'no message');
    await sink.until(({ noises }) => noises.length > 0);
    expect(sink.messages).toEqual([ANSWER]);
    expect(sink.noises).toEqual(['no message']);
  });

  test('other topics, where the reader is set to them', async () => {
    const sink = new CollectingSink();
    const transport = transportTo(broker.url, {
      topics: { command: 'to/{device}', message: 'from/all', status: 'there/{device}' },
    });
    const heard: string[] = [];
    peer.on('message', (topic) => heard.push(topic));
    await peer.subscribeAsync('to/#');
    await transport.open(sink);
    transport.send(parseHex(CANCEL));
    await expect.poll(() => heard).toEqual([`to/${DEVICE}`]);
    await peer.publishAsync('from/all', ANSWER);
    await sink.until(({ messages }) => messages.length > 0);
    await peer.publishAsync(`there/${DEVICE}`, 'disconnected');
    await sink.until(({ closes }) => closes.length > 0);
  });

  test('what the broker has kept is not an answer', async () => {
    await publish('MMSMessage', ANSWER, true);
    const sink = new CollectingSink();
    await transportTo(broker.url).open(sink);
    await publish('MMSMessage', CANCEL);
    await sink.until(({ messages }) => messages.length > 0);
    expect(sink.messages).toEqual([CANCEL]);
    expect(sink.noises).toEqual([]);
  });

  test.each(['disconnected', ' Disconnected\n'])('a reader whose status is “%s” is not there', async (status) => {
    await publish('Status', status, true);
    const { code, message } = await errorOf(transportTo(broker.url).open(new CollectingSink()));
    expect(code).toBe('unreachable');
    expect(message).toContain(DEVICE);
    await expect.poll(() => broker.connections().open).toBe(1);
  });

  test.each(['connected', 'CONNECTED', 'busy', ''])('a reader whose status is “%s” may be there', async (status) => {
    await publish('Status', status, true);
    const sink = new CollectingSink();
    await transportTo(broker.url).open(sink);
    await publish('Status', 'busy');
    await publish('MMSMessage', ANSWER);
    await sink.until(({ messages }) => messages.length > 0);
    expect(sink.closes).toEqual([]);
  });

  test('a packet that is too large is kept back by the broker, and nothing ends', async () => {
    const sink = new CollectingSink();
    await publish('Status', 'connected', true);
    await transportTo(broker.tcpUrl).open(sink);
    // The topic and the header are part of the packet.
    await publish('MMSMessage', 'A'.repeat(LARGEST_PACKET));
    await publish('MMSMessage', ANSWER);
    await sink.until(({ messages }) => messages.length > 0);
    expect([sink.messages, sink.noises, sink.closes]).toEqual([[ANSWER], [], []]);
  });

  test('a reader that goes is lost, and can be opened when it is back', async () => {
    await publish('Status', 'connected', true);
    const sink = new CollectingSink();
    const transport = transportTo(broker.url);
    await transport.open(sink);
    await publish('Status', 'disconnected', true);
    await sink.until(({ closes }) => closes.length > 0);
    expect(sink.closes).toMatchObject([{ kind: 'lost', because: { code: 'reader-not-at-broker' } }]);
    expect(() => transport.send(parseHex(CANCEL))).toThrow(expect.objectContaining({ code: 'not-open' }));
    await publish('Status', 'connected', true);
    await transport.open(new CollectingSink());
  });

  test.each([{ hard: false }, { hard: true }])('a broker that ends is lost: %j', async (how) => {
    const sinks = [new CollectingSink(), new CollectingSink()];
    const opened = sinks.map((sink, number) =>
      transportTo(broker.url, { device: `${DEVICE}${String(number)}` }).open(sink),
    );
    await Promise.all(opened);
    await broker.stop(how);
    await Promise.all(sinks.map((sink) => sink.until(({ closes }) => closes.length > 0)));
    for (const { closes } of sinks) expect(closes).toMatchObject([{ kind: 'lost', because: { code: 'broker-lost' } }]);
  });

  test('a command that was under way when the broker ended is not sent again', async () => {
    const sink = new CollectingSink();
    const transport = transportTo(broker.url);
    await transport.open(sink);
    broker.freeze();
    transport.send(parseHex(CANCEL));
    await broker.stop({ hard: true });
    await sink.until(({ closes }) => closes.length > 0);
    await broker.start();
    const heard: string[] = [];
    const listener = await mqtt.connectAsync(broker.tcpUrl);
    onTestFinished(() => listener.endAsync(true).then(() => undefined));
    listener.on('message', (topic) => heard.push(topic));
    await listener.subscribeAsync('MagTek/#');
    await transport.open(new CollectingSink());
    await wait(A_WHILE);
    expect(heard).toEqual([]);
  });

  test('many readers share one connection, and the last one closes it', async () => {
    const readers = Array.from({ length: 20 }, (_, number) => `MagTek/Shop/Model/${String(number)}`);
    const sinks = readers.map(() => new CollectingSink());
    const opened = readers.map((device) => transportTo(broker.url, { device }));
    await Promise.all(opened.map((transport, at) => transport.open(sinks[at]!)));
    // The peer is the other one.
    await expect.poll(() => broker.connections()).toEqual({ accepted: 2, open: 2 });
    await peer.publishAsync(`${readers[7]!}/MMSMessage`, ANSWER);
    await sinks[7]!.until(({ messages }) => messages.length > 0);
    expect(sinks.filter(({ messages }) => messages.length > 0)).toHaveLength(1);
    opened.slice(1).forEach((transport) => {
      transport.close();
    });
    expect(sinks[1]!.closes).toEqual([{ kind: 'requested' }]);
    await peer.publishAsync(`${readers[0]!}/MMSMessage`, ANSWER);
    await sinks[0]!.until(({ messages }) => messages.length > 0);
    expect(broker.connections().open).toBe(2);
    opened[0]!.close();
    await expect.poll(() => broker.connections()).toEqual({ accepted: 2, open: 1 });
  });

  test('two ways to one reader hear the same, and one that is closed does not deafen the other', async () => {
    const sinks = [new CollectingSink(), new CollectingSink()] as const;
    const [first, second] = [transportTo(broker.url), transportTo(broker.url)];
    await Promise.all([first.open(sinks[0]), second.open(sinks[1])]);
    first.close();
    await publish('MMSMessage', ANSWER);
    await sinks[1].until(({ messages }) => messages.length > 0);
    expect(sinks[0].messages).toEqual([]);
  });

  test('closed while it is being opened, or given up', async () => {
    const transport = transportTo(broker.url);
    const closed = errorOf(transport.open(new CollectingSink()));
    transport.close();
    expect((await closed).code).toBe('not-open');
    const reason = new Error('given up');
    const controller = new AbortController();
    const aborted = errorOf(transport.open(new CollectingSink(), { signal: controller.signal }));
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    await transport.open(new CollectingSink());
    expect((await errorOf(transport.open(new CollectingSink()))).code).toBe('already-open');
  });

  test('a frozen broker can be given up', async () => {
    broker.freeze();
    const controller = new AbortController();
    const opening = errorOf(transportTo(broker.url).open(new CollectingSink(), { signal: controller.signal }));
    await wait(A_WHILE);
    controller.abort(new Error('given up'));
    expect((await opening).message).toBe('given up');
    broker.thaw();
  });
});

describe.skipIf(whyNoBroker())('through mosquitto with users', () => {
  test('credentials open it, wrong ones do not, and who has others has another connection', async () => {
    const broker = await startMosquitto({ users: { till: 'secret-1', office: 'secret-2' } });
    onTestFinished(() => broker.close());
    const wrong = await errorOf(
      transportTo(broker.url, { credentials: { username: 'till', password: 'wrong-secret' } }).open(
        new CollectingSink(),
      ),
    );
    expect(wrong.code).toBe('not-authorized');
    expect(`${wrong.message} ${String(wrong.cause)}`).not.toContain('wrong-secret');
    expect((await errorOf(transportTo(broker.url).open(new CollectingSink()))).code).toBe('not-authorized');
    const till = { credentials: { username: 'till', password: 'secret-1' } };
    const office = { credentials: { username: 'office', password: 'secret-2' } };
    await Promise.all(
      [till, till, office].map((options) => transportTo(broker.url, options).open(new CollectingSink())),
    );
    await expect.poll(() => broker.connections().open).toBe(2);
  });
});

describe('through a broker that does what a test says', () => {
  const start = async (script?: Script): Promise<ScriptedBroker> => {
    const broker = await startScriptedBroker(script);
    onTestFinished(() => broker.close());
    return broker;
  };
  const topic = `${DEVICE}/MMSMessage`;

  test('a message that comes again is delivered once; one that looks alike is another', async () => {
    const broker = await start();
    const sink = new CollectingSink();
    await transportTo(broker.url).open(sink);
    broker.publish(topic, ANSWER, { id: 1, dup: false });
    broker.publish(topic, ANSWER, { id: 1, dup: true });
    broker.publish(topic, ANSWER, { id: 2, dup: false });
    broker.publish(topic, CANCEL, { id: 2, dup: true });
    broker.publish(topic, 'end', { id: 3, dup: true });
    await sink.until(({ noises }) => noises.length > 0);
    expect(sink.messages).toEqual([ANSWER, ANSWER, CANCEL]);
  });

  test('a message that is too large for a reader is noise, of which the beginning is told', async () => {
    const broker = await start();
    const sink = new CollectingSink();
    await transportTo(broker.url).open(sink);
    broker.publish(topic, 'A'.repeat(LARGEST_PACKET + 1), { id: 1, dup: false });
    broker.publish(topic, ANSWER, { id: 2, dup: false });
    await sink.until(({ messages }) => messages.length > 0);
    expect(sink.messages).toEqual([ANSWER]);
    expect(sink.noises).toEqual([`${'A'.repeat(1_024)}…`]);
    expect(sink.closes).toEqual([]);
  });

  test('what a broker does not let this page listen to is said', async () => {
    const broker = await start({ suback: 0x80 });
    const { code, message } = await errorOf(transportTo(broker.url).open(new CollectingSink()));
    expect(code).toBe('not-authorized');
    expect(message).toContain(DEVICE);
  });

  test.each([
    [3, 'unreachable'],
    [4, 'not-authorized'],
    [5, 'not-authorized'],
  ])('a refusal with code %i is %s', async (connack, expected) => {
    const broker = await start({ connack });
    expect((await errorOf(transportTo(broker.url).open(new CollectingSink()))).code).toBe(expected);
  });
});
