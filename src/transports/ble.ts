/**
 * Entry `magtek-elements/transports/ble`. MMS over Bluetooth LE in a browser (Web Bluetooth): messages in packets through two
 * characteristics [PJ]. It knows nothing of what is in the messages, or of when to connect again.
 */
import {
  FROM_READER,
  isBleNamed,
  SERVICE,
  TO_READER,
  type BleCharacteristicLike,
  type BleDeviceLike,
  type BleLike,
  type BleServerLike,
  type BleValueEvent,
} from './ble-device.js';
import { PduAssembler, toPdus } from './ble-pdus.js';
import { DeviceTransport, type DeviceLink, type DeviceSession } from './device-transport.js';
import { within } from './patience.js';
import { TransportError } from './transport.js';

export type { BleCharacteristicLike, BleDeviceLike, BleLike, BleServerLike, BleValueEvent } from './ble-device.js';

export interface BleTransportOptions {
  /** Which reader, where the page may use several: its Bluetooth name. Default any. */
  readonly device?: string;
  /** The Bluetooth access to use instead of the browser's, for tests. */
  readonly bluetooth?: BleLike;
}

/** Milliseconds for the reader to take one packet. */
const PACKET_PATIENCE = 10_000;

/**
 * A reader over Bluetooth LE.
 *
 * Opening takes the reader that the page has used before, or one that it may use already; where there is none it asks the
 * person, which the browser allows only in answer to a click or a key press. A reader keeps its identity: after a loss the
 * same one is connected to again.
 */
export class BleTransport extends DeviceTransport {
  protected readonly stalled = {
    text: 'The reader took no more data over Bluetooth.',
    because: { code: 'ble-stalled' },
  } as const;
  private readonly name: string;
  private readonly bluetoothGiven: BleLike | undefined;
  /** The reader that was chosen: not every browser gives a page a list of those that it may use. */
  private device: BleDeviceLike | undefined;
  private messageCounter = 0;

  constructor({ device = '', bluetooth }: BleTransportOptions = {}) {
    super();
    this.name = device;
    this.bluetoothGiven = bluetooth;
  }

  /**
   * @throws {TransportError} `unsupported` without Web Bluetooth, `not-chosen` where the person must choose a reader and has
   * not, `already-open` where this page has it, `unreachable` when it cannot be connected to.
   */
  protected async openDevice(link: DeviceLink): Promise<DeviceSession> {
    const bluetooth = this.bluetoothGiven ?? bluetoothOfPage();
    const device = await this.findDevice(bluetooth, link);
    link.assertWanted();
    const { gatt } = device;
    if (!gatt) throw unreachable();
    if (gatt.connected)
      throw new TransportError('already-open', 'This page is connected to it by Bluetooth already.', {
        because: { code: 'ble-open-already' },
      });
    const assembler = new PduAssembler(link);
    const onValue = ({ target }: BleValueEvent): void => {
      const { value } = target as BleCharacteristicLike;
      if (value) assembler.add(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    };
    const onDisconnect = (): void => link.lost('The Bluetooth connection was lost.', { code: 'ble-lost' });
    // Before it is connected, so that no loss is missed.
    device.addEventListener('gattserverdisconnected', onDisconnect);
    let from: BleCharacteristicLike | undefined;
    const letGo = (): void => {
      device.removeEventListener('gattserverdisconnected', onDisconnect);
      from?.removeEventListener('characteristicvaluechanged', onValue);
      gatt.disconnect();
    };
    let to: BleCharacteristicLike;
    try {
      ({ from, to } = await characteristicsOf(gatt, link));
      from.addEventListener('characteristicvaluechanged', onValue);
      await from.startNotifications();
    } catch (cause) {
      letGo();
      // The permission was taken away: it has to be chosen again. Later it may be a pairing that is missing.
      if (!from && (cause as { name?: unknown } | null)?.name === 'SecurityError') {
        this.device = undefined;
        throw notAllowed(cause);
      }
      throw cause instanceof TransportError || !link.isWanted ? cause : unreachable(cause);
    }
    this.device = device;
    let isOver = false;
    return {
      send: async (message) => {
        const packets = toPdus(message, this.messageCounter);
        this.messageCounter = (this.messageCounter + 1) & 0xff;
        for (const packet of packets) {
          if (isOver) return;
          await within(PACKET_PATIENCE, to.writeValueWithResponse(packet));
        }
      },
      end: () => {
        isOver = true;
        letGo();
        return Promise.resolve();
      },
    };
  }

  protected forgotten(): void {
    this.messageCounter = 0;
  }

  private async findDevice(bluetooth: BleLike, link: DeviceLink): Promise<BleDeviceLike> {
    if (this.device) return this.device;
    const permitted = (await bluetooth.getDevices?.())?.find((device) => isBleNamed(device, this.name));
    if (permitted) return permitted;
    if (link.unattended) throw notAllowed();
    // A person who is choosing may take any time.
    link.waiting?.(true);
    let device: BleDeviceLike;
    try {
      device = await bluetooth.requestDevice({ filters: [{ services: [SERVICE] }] });
    } catch (cause) {
      const { name } = (cause ?? {}) as { name?: unknown };
      if (name === 'NotFoundError')
        throw new TransportError('not-chosen', 'No Bluetooth reader was chosen.', {
          cause,
          because: { code: 'ble-none-chosen' },
        });
      if (name === 'SecurityError') throw notAllowed(cause);
      throw new TransportError('unreachable', 'The browser could not ask for a reader.', { cause });
    } finally {
      link.waiting?.(false);
    }
    if (!isBleNamed(device, this.name)) {
      const names = `“${device.name ?? ''}”`;
      throw new TransportError('unreachable', `${names} is not the reader that is asked for, or takes no messages.`, {
        because: { code: 'usb-wrong-device', values: { names } },
      });
    }
    return device;
  }
}

/** The two ways of a reader that is being connected to. */
async function characteristicsOf(
  gatt: BleServerLike,
  link: DeviceLink,
): Promise<{ readonly to: BleCharacteristicLike; readonly from: BleCharacteristicLike }> {
  await gatt.connect();
  link.assertWanted();
  const service = await gatt.getPrimaryService(SERVICE);
  const from = await service.getCharacteristic(FROM_READER);
  const to = await service.getCharacteristic(TO_READER);
  link.assertWanted();
  return { from, to };
}

function bluetoothOfPage(): BleLike {
  const { bluetooth } = (globalThis as { navigator?: { bluetooth?: BleLike } }).navigator ?? {};
  if (!bluetooth)
    throw new TransportError('unsupported', 'It has no Web Bluetooth, or Bluetooth is off.', {
      because: { code: 'no-web-bluetooth' },
    });
  return bluetooth;
}

const notAllowed = (cause?: unknown): TransportError =>
  new TransportError('not-chosen', 'This page may not use a reader over Bluetooth.', {
    cause,
    because: { code: 'ble-not-allowed' },
  });

const unreachable = (cause?: unknown): TransportError =>
  new TransportError('unreachable', 'The Bluetooth connection could not be made.', {
    cause,
    because: { code: 'ble-not-reached' },
  });
