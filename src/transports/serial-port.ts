/** The part of Web Serial that is used, and the choice of a port. */
import { hexId } from './usb-products.js';

/** What is used of a port: browsers and test doubles have it. */
export interface SerialPortLike {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  getInfo(): { readonly usbVendorId?: number | undefined; readonly usbProductId?: number | undefined };
  open(options: { baudRate: number; bufferSize?: number }): Promise<void>;
  close(): Promise<void>;
}

/** A port that has come or gone: the target of the event. */
export interface SerialConnectionEvent {
  readonly target: unknown;
}

/** What is used of `navigator.serial`. */
export interface SerialLike {
  /** The ports that this page may use. */
  getPorts(): Promise<readonly SerialPortLike[]>;
  /** Lets the person choose; must come out of a click or a key press. */
  requestPort(options?: { filters: { usbVendorId: number }[] }): Promise<SerialPortLike>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
}

/** What a port is called where ports must be told apart: ports of the same adapters cannot be. */
export function portName(port: SerialPortLike): string {
  const { usbVendorId, usbProductId } = port.getInfo();
  return usbVendorId === undefined ? 'built-in' : `${hexId(usbVendorId)}:${hexId(usbProductId ?? 0)}`;
}

/**
 * Whether a port is the one that was asked for: the product id of its USB adapter as four hexadecimal digits.
 * @param name Empty for any.
 */
export function isPortNamed(port: SerialPortLike, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  return wanted === '' || wanted === portName(port) || wanted === portName(port).split(':')[1];
}
