/**
 * Web Bluetooth at packet level: a reader with its service and two characteristics, permission, user activation and losses,
 * with a simulated reader behind it. Its packets are made from the published table, apart from the code under test.
 */
import type { ReaderEnd, ReaderPort } from '../../src/simulator/index.js';
import type { BleCharacteristicLike, BleDeviceLike, BleLike, BleServerLike } from '../../src/transports/ble.js';

const SERVICE = '0cba14b7-ff24-47b0-be09-26440538530c';
const TO_READER = '47f05ffa-5909-4969-bc57-250d47e874e5';
const FROM_READER = 'fed49118-c7e2-4a61-9ed5-e6dd65c3071b';

/** Bytes of the largest packet. */
const PDU = 244;

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

class FakeCharacteristic implements BleCharacteristicLike {
  value: DataView | undefined;
  isNotifying = false;
  private readonly listeners = new Set<unknown>();
  private readonly written: (value: Uint8Array) => Promise<void>;

  constructor(written: (value: Uint8Array) => Promise<void>) {
    this.written = written;
  }

  async startNotifications(): Promise<void> {
    await later();
    this.isNotifying = true;
  }

  writeValueWithResponse(value: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.written(value.slice());
  }

  addEventListener(_: string, listener: (event: never) => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: string, listener: (event: never) => void): void {
    this.listeners.delete(listener);
  }

  notify(packet: readonly number[]): void {
    if (!this.isNotifying) return;
    this.value = new DataView(Uint8Array.from(packet).buffer);
    for (const listener of [...this.listeners]) (listener as (event: { target: unknown }) => void)({ target: this });
  }
}

/** A reader over Bluetooth; without another one behind it, a test plays its part. */
export class FakeBleDevice implements BleDeviceLike {
  readonly id = 'a random id';
  readonly name: string;
  readonly gatt: BleServerLike;
  /** Every packet that arrived. */
  readonly packets: Uint8Array[] = [];
  /** Whether the page may connect to it. */
  isAllowed = true;
  /** How often it was connected to. */
  connections = 0;
  /** What `connect` waits for or throws. */
  connecting: () => Promise<void> = later;
  /** What a write waits for or throws. */
  writing: () => Promise<void> = () => Promise.resolve();
  private readonly reader: Pick<ReaderEnd, 'connect'> | undefined;
  private readonly listeners = new Set<() => void>();
  private isConnected = false;
  private isBusy = false;
  private port: ReaderPort | undefined;
  private from: FakeCharacteristic | undefined;
  private messageCounter = 0;
  private collection: { readonly length: number; readonly bytes: number[]; packet: number } | undefined;

  constructor({ name = 'DynaFlex II Go', reader }: { name?: string; reader?: Pick<ReaderEnd, 'connect'> } = {}) {
    this.name = name;
    this.reader = reader;
    const connected = (): boolean => this.isConnected;
    const server: BleServerLike = {
      get connected() {
        return connected();
      },
      connect: async () => {
        await this.connect();
        return server;
      },
      disconnect: () => {
        if (this.isConnected) this.end();
      },
      getPrimaryService: (service) => this.service(service),
    };
    this.gatt = server;
  }

  addEventListener(_: string, listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: string, listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** How many listen to losses: none may be left when nothing is open. */
  get listening(): number {
    return this.listeners.size;
  }

  /** Sends a message to the page, in packets. */
  deliver(message: Uint8Array): void {
    const rest = [...message];
    const { length } = rest;
    const counter = this.messageCounter;
    this.messageCounter = (counter + 1) & 255;
    const lengthBytes = [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
    this.notify([counter, 0, 0, ...lengthBytes, ...rest.splice(0, PDU - 7)]);
    for (let packet = 1; rest.length > 0; packet = packet === 255 ? 1 : packet + 1)
      this.notify([counter, packet, ...rest.splice(0, PDU - 2)]);
  }

  /** Sends one packet to the page. */
  notify(packet: readonly number[]): void {
    this.from?.notify(packet);
  }

  /** Out of reach, or switched off. */
  lose(): void {
    if (!this.isConnected) return;
    this.end();
    for (const listener of [...this.listeners]) listener();
  }

  private async connect(): Promise<void> {
    if (!this.isAllowed) throw named('SecurityError', 'GATT operation not authorized.');
    // One after the other: a system has one connection to a device.
    if (this.isBusy) throw named('NetworkError', 'Connection already in progress.');
    this.isBusy = true;
    try {
      await this.connecting();
    } finally {
      this.isBusy = false;
    }
    this.port = this.reader?.connect({
      deliver: (bytes) => {
        this.deliver(bytes);
      },
      drop: () => {
        this.lose();
      },
    });
    if (this.reader && !this.port) throw named('NetworkError', 'Connection attempt failed.');
    this.isConnected = true;
    this.messageCounter = 0;
    this.connections++;
  }

  private async service(service: string): Promise<{ getCharacteristic(id: string): Promise<BleCharacteristicLike> }> {
    await later();
    if (!this.isConnected) throw named('NetworkError', 'GATT Server is disconnected. Cannot retrieve services.');
    if (service !== SERVICE) throw named('NotFoundError', 'No Services matching UUID found in Device.');
    const to = new FakeCharacteristic((packet) => this.write(packet));
    const from = new FakeCharacteristic(() =>
      Promise.reject(named('NotSupportedError', 'GATT operation not permitted.')),
    );
    this.from = from;
    return {
      getCharacteristic: async (id) => {
        await later();
        const characteristic = { [TO_READER]: to, [FROM_READER]: from }[id];
        if (!characteristic) throw named('NotFoundError', 'No Characteristics matching UUID found in Service.');
        return characteristic;
      },
    };
  }

  private end(): void {
    this.isConnected = false;
    this.port?.close();
    this.port = undefined;
    this.from = undefined;
    this.collection = undefined;
  }

  private async write(packet: Uint8Array): Promise<void> {
    if (!this.isConnected) throw named('NetworkError', 'GATT Server is disconnected. Cannot perform GATT operations.');
    if (packet.length > PDU) throw named('InvalidModificationError', 'Value can’t exceed 512 bytes.');
    await this.writing();
    if (!this.gatt.connected)
      throw named('NetworkError', 'GATT Server is disconnected. Cannot perform GATT operations.');
    this.packets.push(packet);
    this.take(packet);
  }

  /** Puts a message together as a reader would, and gives it to the simulated one. Refuses what the table does not have. */
  private take(packet: Uint8Array): void {
    const [, counter, control] = packet;
    if (counter === 0) {
      if (control !== 0) throw new Error('Another control byte than 00.');
      const length = new DataView(packet.buffer).getUint32(3);
      this.collection = { length, bytes: [...packet.subarray(7)], packet: 0 };
    } else {
      const { collection } = this;
      if (!collection) throw new Error('A packet without its first one.');
      collection.packet = collection.packet === 255 ? 1 : collection.packet + 1;
      if (counter !== collection.packet) throw new Error('A packet is out of order.');
      collection.bytes.push(...packet.subarray(2));
    }
    const { collection } = this;
    if (!collection || collection.bytes.length < collection.length) return;
    if (collection.bytes.length > collection.length) throw new Error('A message has another length.');
    this.collection = undefined;
    this.port?.receive(Uint8Array.from(collection.bytes));
  }
}

/** `navigator.bluetooth` of a page whose person clicks and chooses as the test says. */
export class FakeBle implements BleLike {
  /** Whether the page is handling a click or a key press. */
  isUserActive = false;
  /** What the person chooses; undefined when they close the chooser. */
  choose: (offered: readonly FakeBleDevice[]) => FakeBleDevice | undefined = ([first]) => first;
  /** How often the chooser was shown. */
  choosers = 0;
  private readonly near = new Set<FakeBleDevice>();
  private readonly permitted = new Set<FakeBleDevice>();

  bring(device: FakeBleDevice, { isPermitted = false } = {}): void {
    this.near.add(device);
    if (isPermitted) this.permitted.add(device);
  }

  /** The permission is taken away, by a person or with `forget()`: it is disconnected, and lets nobody connect until it is chosen again. */
  withdraw(device: FakeBleDevice): void {
    this.permitted.delete(device);
    device.isAllowed = false;
    device.lose();
  }

  async getDevices(): Promise<readonly FakeBleDevice[]> {
    await later();
    return [...this.permitted];
  }

  async requestDevice({ filters }: { filters: { services: string[] }[] }): Promise<FakeBleDevice> {
    if (!this.isUserActive)
      throw named('SecurityError', 'Must be handling a user gesture to show a permission request.');
    if (!filters.some(({ services }) => services.includes(SERVICE))) throw named('NotFoundError', 'Nothing found.');
    this.choosers++;
    await later();
    const chosen = this.choose([...this.near]);
    if (!chosen) throw named('NotFoundError', 'User cancelled the requestDevice() chooser.');
    this.permitted.add(chosen);
    chosen.isAllowed = true;
    return chosen;
  }
}
