/**
 * The reader's side of a broker, for tests: publishes a simulated reader below a path, with a retained status and a last will.
 * It knows topics and whole messages, and nothing of what is in them.
 */
import mqtt, { type MqttClient } from 'mqtt';
import { parseHex, toHex } from '../../src/mms/hex.js';
import type { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import { READER_STATUS, readerTopics } from '../../src/transports/mqtt-topics.js';

export interface Published {
  /** Every command that arrived, in hexadecimal text. */
  readonly commands: readonly string[];
  /** Lets go without a word, as a power cut: the broker publishes the last will. */
  cut(): void;
  close(): Promise<void>;
}

/** Milliseconds between looks whether a reader that went away is back. */
const LOOK_AGAIN = 2;

/** @param credentials of the reader, where the broker asks for some */
export async function publishReader(
  reader: SimulatedReader,
  url: string,
  path: string,
  credentials: { readonly username?: string; readonly password?: string } = {},
): Promise<Published> {
  const topics = readerTopics(path);
  const commands: string[] = [];
  const client: MqttClient = await mqtt.connectAsync(url, {
    ...credentials,
    reconnectPeriod: 0,
    will: { topic: topics.status, payload: Buffer.from(READER_STATUS.gone), retain: true, qos: 1 },
  });
  client.on('error', () => undefined);
  const transport = new SimulatedTransport(reader);
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const status = (text: string): void => void client.publish(topics.status, text, { retain: true, qos: 1 });

  const open = (): void => {
    transport
      .open({
        message: (bytes) => void client.publish(topics.message, toHex(bytes), { qos: 1 }),
        noise: () => undefined,
        close: () => {
          if (isOver) return;
          status(READER_STATUS.gone);
          open();
        },
      })
      .then(
        () => {
          status(READER_STATUS.there);
        },
        () => {
          if (!isOver) timer = setTimeout(open, LOOK_AGAIN);
        },
      );
  };
  client.on('message', (_, payload) => {
    const text = payload.toString();
    commands.push(text);
    try {
      transport.send(parseHex(text));
    } catch {
      // While the reader restarts, commands are lost.
    }
  });
  await client.subscribeAsync(topics.command, { qos: 1 });
  open();

  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
    transport.close();
  };
  return {
    commands,
    cut: () => {
      end();
      client.stream.destroy();
      client.end(true);
    },
    close: async () => {
      end();
      if (client.connected) await client.publishAsync(topics.status, READER_STATUS.gone, { retain: true, qos: 1 });
      await client.endAsync(true);
    },
  };
}
