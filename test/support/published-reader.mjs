/**
 * The reader's side of a broker, for browser tests: publishes simulated readers, each with a retained status and a last will.
 * It knows topics and whole messages, and nothing of what is in them.
 */
import mqtt from 'mqtt';

/** Milliseconds that the cardholder takes. */
const CARD_AFTER = 30;
/** Milliseconds between looks whether a broker that ended is back. */
const LOOK_AGAIN = 50;

/**
 * @param {string} url of the broker
 * @param {string} path of the reader, e.g. `MagTek/Shop/Model/Serial`
 * @param {{ card?: import('../../src/simulator/index.js').TestCardName, username?: string, password?: string }} options `card`: what
 * is inserted when the reader asks for a card; who it is to the broker
 * @param {typeof import('../../src/simulator/index.js')} simulator
 */
export async function publishReader(url, path, { card, ...login }, { SimulatedReader, SimulatedTransport }) {
  const reader = new SimulatedReader({ pace: 1 });
  const transport = new SimulatedTransport(reader);
  /** @type {string[]} */
  const commands = [];
  const status = `${path}/Status`;
  const command = `${path}/SendCommand`;
  const message = `${path}/MMSMessage`;
  const client = mqtt.connect(url, {
    ...login,
    reconnectPeriod: LOOK_AGAIN,
    queueQoSZero: false,
    will: { topic: status, payload: Buffer.from('disconnected'), retain: true, qos: 1 },
  });
  client.on('error', () => {});
  client.on('message', (_topic, payload) => {
    const hex = payload.toString();
    commands.push(hex);
    transport.send(Uint8Array.from(Buffer.from(hex, 'hex')));
  });
  await transport.open({
    message: (bytes) => {
      if (client.connected) client.publish(message, Buffer.from(bytes).toString('hex').toUpperCase(), { qos: 1 });
    },
    noise: () => {},
    close: () => {},
  });
  let wasAsked = false;
  reader.subscribe(({ state }) => {
    if (card === undefined || state !== 'transaction' || wasAsked) return;
    wasAsked = true;
    setTimeout(() => reader.insert(card), CARD_AFTER);
  });
  /** @type {Promise<void>} */
  const published = new Promise((resolve) => {
    client.on('connect', () => {
      client.subscribe(command, { qos: 0 });
      client.publish(status, 'connected', { retain: true, qos: 1 }, () => resolve());
    });
  });
  await published;
  return {
    /** Every command that arrived, in hexadecimal text. */
    commands: () => commands,
    /** Ends without a word, as a power cut: the broker publishes the last will. */
    cut: () => {
      client.stream.destroy();
      client.end(true);
    },
    close: async () => {
      client.end(true);
      transport.close();
      reader.close();
    },
  };
}
