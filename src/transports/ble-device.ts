/** The part of Web Bluetooth that is used. */

/** An event of a characteristic: its value is in its target. */
export interface BleValueEvent {
  readonly target: unknown;
}

export interface BleCharacteristicLike {
  readonly value?: DataView | undefined;
  startNotifications(): Promise<unknown>;
  writeValueWithResponse(value: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(type: 'characteristicvaluechanged', listener: (event: never) => void): void;
  removeEventListener(type: 'characteristicvaluechanged', listener: (event: never) => void): void;
}

export interface BleServerLike {
  readonly connected: boolean;
  connect(): Promise<BleServerLike>;
  disconnect(): void;
  getPrimaryService(service: string): Promise<{
    getCharacteristic(characteristic: string): Promise<BleCharacteristicLike>;
  }>;
}

/** What is used of a device: browsers and test doubles have it. */
export interface BleDeviceLike {
  readonly id: string;
  readonly name?: string | undefined;
  readonly gatt?: BleServerLike | undefined;
  addEventListener(type: 'gattserverdisconnected', listener: () => void): void;
  removeEventListener(type: 'gattserverdisconnected', listener: () => void): void;
}

/** What is used of `navigator.bluetooth`. */
export interface BleLike {
  /** The devices that this page may use; not every browser has it. */
  getDevices?(): Promise<readonly BleDeviceLike[]>;
  /** Lets the person choose; must come out of a click or a key press. */
  requestDevice(options: { filters: { services: string[] }[] }): Promise<BleDeviceLike>;
}

/** The readers' service, and its characteristics from and to the host [PJ]. */
export const SERVICE = '0cba14b7-ff24-47b0-be09-26440538530c';
export const TO_READER = '47f05ffa-5909-4969-bc57-250d47e874e5';
export const FROM_READER = 'fed49118-c7e2-4a61-9ed5-e6dd65c3071b';

/**
 * Whether a device is the one that was asked for, by its name.
 * @param name Empty for any.
 */
export function isBleNamed({ name: is = '' }: BleDeviceLike, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  return wanted === '' || wanted === is.trim().toLowerCase();
}
