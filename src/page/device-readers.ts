/**
 * The transports to a device of this computer, as a page needs them that other pages share the device with: with a lock, and
 * with the serial number compared after a loss. Loaded when one of them is opened for the first time.
 */
import { BleTransport } from '../transports/ble.js';
import { HidTransport } from '../transports/hid.js';
import { SerialTransport } from '../transports/serial.js';
import type { Transport } from '../transports/transport.js';
import { claimDevice } from './device-claim.js';
import { IdentifiedTransport } from './identified-transport.js';
import { serialNumberQuestion } from './serial-number.js';

export interface DeviceReaderOptions {
  /** Which reader, where there are several. */
  readonly device: string;
  /** Whether another tab must not take the reader over now. */
  readonly isBusy: () => boolean;
}

/** A reader on USB. */
export const usbReader = ({ device, isBusy }: DeviceReaderOptions): Transport =>
  new IdentifiedTransport(new HidTransport({ device, claim: claimDevice(isBusy) }), serialNumberQuestion);

/** A reader on a serial port. */
export const serialReader = ({ device, isBusy }: DeviceReaderOptions): Transport =>
  new IdentifiedTransport(new SerialTransport({ device, claim: claimDevice(isBusy) }), serialNumberQuestion);

/** A reader over Bluetooth. It has one connection, to one page, and an identity that the browser knows. */
export const bluetoothReader = ({ device }: DeviceReaderOptions): Transport => new BleTransport({ device });
