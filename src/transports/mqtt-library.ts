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

/** An answer of the broker to the opening. */
export interface MqttConnack {
  /** MQTT 5 section 3.2.2.3. */
  readonly properties?: { readonly receiveMaximum?: number };
}

export type MqttDone = (error?: Error | null, granted?: readonly { readonly qos: number }[]) => void;

/** How something is published. */
export interface MqttPublishing {
  readonly qos: 0 | 1;
  readonly retain?: boolean;
  /** MQTT 5 only; others ignore it. Seconds. */
  readonly properties?: { readonly messageExpiryInterval: number };
}

export interface MqttClient {
  /** Whether the broker has let it in and the connection stands. */
  readonly connected: boolean;
  on(event: 'connect', listener: (connack: MqttConnack) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** MQTT 5: the broker says why it ends the connection (section 3.14). */
  on(event: 'disconnect', listener: (packet: { readonly reasonCode?: number }) => void): unknown;
  on(event: 'packetsend' | 'packetreceive', listener: (packet: { readonly cmd?: string }) => void): unknown;
  on(event: 'message', listener: (topic: string, payload: Uint8Array, packet: MqttPacket) => void): unknown;
  subscribe(filter: string, options: { readonly qos: 0 | 1; readonly rh?: 0 | 1 | 2 }, done: MqttDone): unknown;
  unsubscribe(filter: string, done: MqttDone): unknown;
  publish(topic: string, text: string, options: MqttPublishing, done: (error?: Error) => void): unknown;
  sendPing(): void;
  end(force: boolean, done?: () => void): unknown;
}

/** What is used of a WebSocket here. */
export interface MqttSocket {
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

export interface MqttOptions {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  /** Certificates of the authorities to trust, in PEM; in Node only. */
  readonly ca?: string;
  readonly clean: boolean;
  readonly reconnectPeriod: number;
  readonly resubscribe: boolean;
  readonly queueQoSZero: boolean;
  readonly reschedulePings: boolean;
  readonly keepalive: number;
  readonly connectTimeout: number;
  readonly timerVariant: 'native';
  readonly protocolVersion: 4 | 5;
  readonly properties?: { readonly maximumPacketSize: number };
  readonly will?: {
    readonly topic: string;
    readonly payload: Uint8Array;
    readonly qos: 1;
    readonly retain: true;
  };
  readonly createWebsocket?: (address: string, protocols: string[]) => MqttSocket;
}

export type MqttConnect = (url: string, options: MqttOptions) => MqttClient;

// Its own type asks for values of Node that pages have not.
export const connect: MqttConnect = mqtt.connect;

/** Where nobody waits for what was asked for: an end of the connection is heard anyway. */
export const ignore = (): void => undefined;
