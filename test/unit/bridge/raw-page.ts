/** A page at a broker without any of our code: it publishes what it is told and keeps what it hears. */
import { connectAsync, type IClientOptions, type IClientPublishOptions, type MqttClient } from 'mqtt';

export class RawPage {
  /** Hexadecimal messages of the reader, in order. */
  readonly heard: string[] = [];
  /** Every status that came, in order, those that had been kept first. */
  readonly statuses: string[] = [];
  private readonly client: MqttClient;
  private readonly path: string;

  private constructor(client: MqttClient, path: string) {
    this.client = client;
    this.path = path;
    client.on('message', (topic, payload) => {
      (topic.endsWith('/Status') ? this.statuses : this.heard).push(payload.toString());
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
