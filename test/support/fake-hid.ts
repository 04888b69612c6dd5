/**
 * WebHID at report level: devices that are plugged in and out, permission, user activation and reports of 64 bytes, with a
 * simulated reader behind each device. Its packets are made from the published table, apart from the code under test.
 */
import { SimulatedReader, type ReaderEnd, type ReaderPort } from '../../src/simulator/index.js';
import type { HidConnectionEvent, HidDeviceLike, HidInputReport, HidLike } from '../../src/transports/hid.js';

const REPORT = 64;

/** Milliseconds after which a reader that has left the bus is back. */
const REENUMERATION = 30;

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A message in several packets: its length as its head says, and what has come of it. */
interface Collection {
  readonly length: number;
  readonly bytes: number[];
  middles: number;
}

const nothing = (): Collection => ({ length: 0, bytes: [], middles: 0 });

/** Unread reports that the Linux kernel keeps for an open handle; it drops what comes after them without a word. */
const UNREAD = 63;

/** A USB reader, from when it is plugged in until it is pulled out; without another one behind it, a test plays its part. */
export class FakeHidDevice implements HidDeviceLike {
  opened = false;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: HidDeviceLike['collections'];
  oninputreport: ((event: never) => void) | null = null;
  /** Every report that arrived, whole. */
  readonly reports: Uint8Array[] = [];
  /** How often it was opened. */
  openings = 0;
  /** What `open` waits for or throws. */
  opening: () => Promise<void> = later;
  /** What `sendReport` waits for or throws. */
  sending: () => Promise<void> = later;
  /** Called when the reader ends the connection. */
  onDrop: () => void = () => undefined;
  readonly reader: Pick<ReaderEnd, 'connect'> | undefined;
  /** Whether all that it has is for the system, as with keyboards: pages never learn of it. */
  readonly isKeyboard: boolean;
  private readonly unread: HidInputReport[] = [];
  private isLate = false;
  private port: ReaderPort | undefined;
  private state: 'boxed' | 'plugged-in' | 'gone' = 'boxed';
  private isBusy = false;
  private collection = nothing();
  /** Rejects what is under way when it is pulled out. */
  private readonly pulled: Promise<never>;
  private pull: () => void = () => undefined;

  constructor({
    vendorId = 0x0801,
    productId = 0x2020,
    productName = 'DynaFlex',
    hasReports = true,
    isKeyboard = false,
    reader,
  }: {
    vendorId?: number;
    productId?: number;
    productName?: string;
    hasReports?: boolean;
    isKeyboard?: boolean;
    reader?: Pick<ReaderEnd, 'connect'>;
  } = {}) {
    this.vendorId = vendorId;
    this.productId = productId;
    this.productName = productName;
    const report = { reportId: 0, items: [{ reportSize: 8, reportCount: REPORT }] };
    this.collections = [{ outputReports: hasReports ? [report] : [] }];
    this.isKeyboard = isKeyboard;
    this.reader = reader;
    this.pulled = new Promise((_, reject) => {
      this.pull = () => {
        reject(named('InvalidStateError', 'The device was closed unexpectedly.'));
      };
    });
    this.pulled.catch(() => undefined);
  }

  /** The same reader, as it is there when it is plugged in again: another object. */
  again(): FakeHidDevice {
    const { vendorId, productId, productName, isKeyboard, reader, opening, sending, onDrop } = this;
    const device = new FakeHidDevice({ vendorId, productId, productName, isKeyboard, ...(reader ? { reader } : {}) });
    return Object.assign(device, { opening, sending, onDrop });
  }

  async open(): Promise<void> {
    if (this.opened || this.isBusy)
      throw named('InvalidStateError', 'The device is already open or an operation is in progress.');
    this.isBusy = true;
    try {
      await this.opening();
    } finally {
      this.isBusy = false;
    }
    if (this.state !== 'plugged-in') throw named('NotAllowedError', 'Failed to open the device.');
    this.port = this.reader?.connect({
      deliver: (bytes) => {
        this.deliver(bytes);
      },
      drop: () => {
        this.onDrop();
      },
    });
    if (this.reader && !this.port) throw named('NotAllowedError', 'Failed to open the device.');
    this.opened = true;
    this.openings++;
  }

  async close(): Promise<void> {
    await later();
    this.shut();
  }

  async sendReport(reportId: number, data: Uint8Array): Promise<void> {
    if (!this.opened) throw named('InvalidStateError', 'The device must be opened first.');
    if (reportId !== 0 || data.length === 0 || data.length > REPORT)
      throw named('NotAllowedError', 'Failed to write the report.');
    // The system pads what is too short.
    const report = new Uint8Array(REPORT);
    report.set(data);
    await Promise.race([this.sending(), this.pulled]);
    this.write(report);
  }

  /** Sends a message to the page, in packets. */
  deliver(message: Uint8Array): void {
    const rest = [...message];
    if (rest.length <= 62) {
      this.report([0, rest.length, ...rest]);
      return;
    }
    const { length } = rest;
    this.report([1, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255, ...rest.splice(0, 59)]);
    for (let number = 1; rest.length > 62; number++) this.report([2, number >> 8, number & 255, ...rest.splice(0, 61)]);
    this.report([3, rest.length, ...rest]);
  }

  /** Sends one report to the page, padded with what lay there before: a page must go by the lengths. */
  report(bytes: readonly number[]): void {
    if (!this.opened) return;
    const data = new Uint8Array(8 + REPORT).fill(0xee);
    data.set(bytes, 8);
    // A view into a larger buffer, as browsers may give.
    const event: HidInputReport = { reportId: 0, data: new DataView(data.buffer, 8, REPORT) };
    if (!this.isLate) this.tell(event);
    else if (this.unread.length < UNREAD) this.unread.push(event);
  }

  /** Whether the page is too busy to read: what it has not read it gets when it is in time again, as far as it was kept. */
  setLate(isLate: boolean): void {
    this.isLate = isLate;
    if (!isLate) for (const event of this.unread.splice(0)) this.tell(event);
  }

  /** Told by its page: it is closed without an event. */
  withdraw(): void {
    this.shut();
  }

  /** Told by its bus. */
  plugIn(): void {
    if (this.state === 'gone') throw new Error('What was pulled out comes back as another device: use again().');
    this.state = 'plugged-in';
  }

  /** Told by its bus. */
  pullOut(): void {
    this.state = 'gone';
    this.pull();
    this.shut();
  }

  private tell(event: HidInputReport): void {
    (this.oninputreport as ((event: HidInputReport) => void) | null)?.(event);
  }

  private shut(): void {
    this.opened = false;
    this.port?.close();
    this.port = undefined;
    this.collection = nothing();
  }

  private write(report: Uint8Array): void {
    if (!this.opened) throw named('InvalidStateError', 'The device was closed unexpectedly.');
    this.reports.push(report);
    this.take(report);
  }

  /** Puts a message together as a reader would, and gives it to the simulated one. Refuses what the table does not have. */
  private take(report: Uint8Array): void {
    const [type, length = 0] = report;
    const fields = new DataView(report.buffer);
    switch (type) {
      case 0:
        this.port?.receive(report.slice(2, 2 + length));
        break;
      case 1:
        this.collection = { length: fields.getUint32(1), bytes: [...report.subarray(5)], middles: 0 };
        break;
      case 2:
        if (fields.getUint16(1) !== ++this.collection.middles) throw new Error('A packet is out of order.');
        this.collection.bytes.push(...report.subarray(3));
        break;
      case 3:
        this.collection.bytes.push(...report.subarray(2, 2 + length));
        if (this.collection.bytes.length !== this.collection.length) throw new Error('A message has another length.');
        this.port?.receive(Uint8Array.from(this.collection.bytes));
        break;
      default:
        this.collection = nothing();
    }
  }
}

/** `navigator.hid` of a page whose person clicks and chooses as the test says. */
export class FakeHid implements HidLike {
  /** Whether the page is handling a click or a key press. */
  isUserActive = false;
  /** What the person chooses; none when they close the chooser. */
  choose: (offered: readonly FakeHidDevice[]) => readonly FakeHidDevice[] = (offered) => offered.slice(0, 1);
  /** What a person does before choosing. */
  thinking: () => Promise<void> = later;
  /** How often the chooser was shown. */
  choosers = 0;
  private readonly present = new Set<FakeHidDevice>();
  private readonly permitted = new Set<FakeHidDevice>();
  private readonly listeners = { connect: new Set<unknown>(), disconnect: new Set<unknown>() };

  /** A device that is plugged in, and may be used already where so given. */
  plugIn(device: FakeHidDevice, { isPermitted = false } = {}): void {
    this.present.add(device);
    if (isPermitted) this.permitted.add(device);
    device.plugIn();
    if (this.permitted.has(device)) this.tell('connect', device);
  }

  /** Told while it still says that it is open. */
  /** @param eventAfter milliseconds from when it is off the list to the event */
  pullOut(device: FakeHidDevice, eventAfter = 0): void {
    this.present.delete(device);
    const tell = (): void => {
      if (this.permitted.has(device)) this.tell('disconnect', device);
    };
    if (eventAfter > 0) setTimeout(tell, eventAfter);
    else tell();
    device.pullOut();
  }

  /** The permission is taken away, by a person or with `forget()`: no event says so. */
  withdraw(device: FakeHidDevice): void {
    this.permitted.delete(device);
    device.withdraw();
  }

  /** Pulled out, if it is not yet, and put in again: another device, with the same permission. */
  replug(device: FakeHidDevice): FakeHidDevice {
    if (this.present.has(device)) this.pullOut(device);
    const again = device.again();
    this.plugIn(again, { isPermitted: this.permitted.has(device) });
    return again;
  }

  async getDevices(): Promise<readonly FakeHidDevice[]> {
    await later();
    return [...this.present].filter((device) => this.permitted.has(device) && !device.isKeyboard);
  }

  async requestDevice({ filters }: { filters: { vendorId: number }[] }): Promise<readonly FakeHidDevice[]> {
    if (!this.isUserActive)
      throw named('SecurityError', 'Must be handling a user gesture to show a permission request.');
    this.choosers++;
    await this.thinking();
    const offered = [...this.present].filter(
      ({ vendorId, isKeyboard }) => !isKeyboard && filters.some((filter) => filter.vendorId === vendorId),
    );
    const chosen = this.choose(offered);
    for (const device of chosen) this.permitted.add(device);
    return chosen;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void {
    this.listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void {
    this.listeners[type].delete(listener);
  }

  /** How many listen to devices that come and go: none may be left when nothing is open. */
  get listening(): number {
    return this.listeners.connect.size + this.listeners.disconnect.size;
  }

  private tell(type: 'connect' | 'disconnect', device: FakeHidDevice): void {
    for (const listener of [...this.listeners[type]]) (listener as (event: HidConnectionEvent) => void)({ device });
  }
}

/** A page that may use one simulated reader on USB. A reader that restarts leaves the bus and comes back. */
export function hidWithReader(reader: SimulatedReader = new SimulatedReader({ pace: 0 })): {
  hid: FakeHid;
  device: FakeHidDevice;
  reader: SimulatedReader;
} {
  const hid = new FakeHid();
  const device = new FakeHidDevice({ reader });
  dropsAndReturns(hid, device, REENUMERATION);
  hid.plugIn(device, { isPermitted: true });
  return { hid, device, reader };
}

/** A reader that ends the connection leaves the bus and comes back as another device. */
export function dropsAndReturns(
  hid: FakeHid,
  device: FakeHidDevice,
  milliseconds: number,
  returned: (again: FakeHidDevice) => void = () => undefined,
): void {
  device.onDrop = () => {
    hid.pullOut(device);
    setTimeout(() => {
      const again = hid.replug(device);
      dropsAndReturns(hid, again, milliseconds, returned);
      returned(again);
    }, milliseconds);
  };
}
