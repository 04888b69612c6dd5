/**
 * The part of the library MQTT.js that is used. No other module that pages load imports it: it is large, and its types bring
 * those of Node with them, which pages do not have.
 */
import mqtt from 'mqtt';

/** What came with a message. */
export interface MqttPacket {
  readonly retain: boolean;
  readonly dup: boolean;
  readonly messageId?: number | undefined;
}

type Done = (error?: Error | null) => void;

export interface MqttClient {
  on(event: 'connect' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'message', listener: (topic: string, payload: Uint8Array, packet: MqttPacket) => void): unknown;
  subscribe(filter: string, options: { qos: 0 | 1 }, done: Done): unknown;
  unsubscribe(filter: string, done: Done): unknown;
  publish(topic: string, text: string, options: { qos: 0 }, done: Done): unknown;
  end(force: boolean): unknown;
}

export interface MqttOptions {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly clean: boolean;
  readonly reconnectPeriod: number;
  readonly resubscribe: boolean;
  readonly queueQoSZero: boolean;
  readonly keepalive: number;
  readonly connectTimeout: number;
  readonly timerVariant: 'native';
}

export type MqttConnect = (url: string, options: MqttOptions) => MqttClient;

export const connect: MqttConnect = mqtt.connect;
