/** A page at a broker without any of our code: it publishes what it is told and keeps what it hears. */
import { connectAsync, type IClientOptions, type IClientPublishOptions, type MqttClient } from 'mqtt';

export class RawPage {
  /** Hexadecimal messages of the reader, in order. */
  readonly heard: string[] = [];
  /** The statuses that came, in order, those that had been kept first; each that is not the one before again. */
  readonly statuses: string[] = [];
  /** How many statuses came. */
  told = 0;
  private readonly client: MqttClient;
  private readonly path: string;

  private constructor(client: MqttClient, path: string) {
    this.client = client;
    this.path = path;
    client.on('message', (topic, payload) => {
      const text = payload.toString();
      if (!topic.endsWith('/Status')) this.heard.push(text);
      else if (++this.told === 1 || text !== this.statuses.at(-1)) this.statuses.push(text);
    });
  }

  static async join(url: string, path: string, options: IClientOptions = {}): Promise<RawPage> {
    const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
    const page = new RawPage(client, path);
    await client.subscribeAsync([`${path}/MMSMessage`, `${path}/Status`], { qos: 1 });
    return page;
  }

  /** The broker has it when this resolves. */
  async command(hex: string, options: IClientPublishOptions = {}): Promise<void> {
    await this.client.publishAsync(`${this.path}/SendCommand`, hex, { qos: 1, ...options });
  }

  /** Says something of the reader that stays, as the last will of its bridge does. */
  async say(status: string): Promise<void> {
    await this.client.publishAsync(`${this.path}/Status`, status, { qos: 1, retain: true });
  }

  /** Asks the bridges that listen to a topic whether they are there. */
  async ask(topic: string): Promise<void> {
    await this.client.publishAsync(topic, 'who', { qos: 1 });
  }

  get isOpen(): boolean {
    return this.client.connected;
  }

  async leave(): Promise<void> {
    await this.client.endAsync(true);
  }
}
