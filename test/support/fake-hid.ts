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

/** A USB reader; without another one behind it, a test plays its part. */
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
  private port: ReaderPort | undefined;
  private isPluggedIn = true;
  private isBusy = false;
  private collection = nothing();

  constructor({
    vendorId = 0x0801,
    productId = 0x2020,
    productName = 'DynaFlex',
    hasReports = true,
    reader,
  }: {
    vendorId?: number;
    productId?: number;
    productName?: string;
    hasReports?: boolean;
    reader?: Pick<ReaderEnd, 'connect'>;
  } = {}) {
    this.vendorId = vendorId;
    this.productId = productId;
    this.productName = productName;
    const report = { reportId: 0, items: [{ reportSize: 8, reportCount: REPORT }] };
    this.collections = [{ outputReports: hasReports ? [report] : [] }];
    this.reader = reader;
  }

  async open(): Promise<void> {
    if (this.opened || this.isBusy) throw named('InvalidStateError', 'is open or being opened');
    this.isBusy = true;
    try {
      await this.opening();
    } finally {
      this.isBusy = false;
    }
    if (!this.isPluggedIn) throw named('NotAllowedError', 'Failed to open the device.');
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
    if (!this.opened) throw named('InvalidStateError', 'is not open');
    if (reportId !== 0 || data.length !== REPORT) throw named('NotAllowedError', 'Failed to write the report.');
    const report = data.slice();
    await this.sending();
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
    (this.oninputreport as ((event: HidInputReport) => void) | null)?.(event);
  }

  /** Pulled out or put in; told by its bus. */
  plug(isPluggedIn: boolean): void {
    this.isPluggedIn = isPluggedIn;
    if (!isPluggedIn) this.shut();
  }

  private shut(): void {
    this.opened = false;
    this.port?.close();
    this.port = undefined;
    this.collection = nothing();
  }

  private write(report: Uint8Array): void {
    if (!this.opened) throw named('NotAllowedError', 'Failed to write the report.');
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
  /** How often the chooser was shown. */
  choosers = 0;
  private readonly present = new Set<FakeHidDevice>();
  private readonly permitted = new Set<FakeHidDevice>();
  private readonly listeners = { connect: new Set<unknown>(), disconnect: new Set<unknown>() };

  /** A device that is plugged in, and may be used already where so given. */
  plugIn(device: FakeHidDevice, { isPermitted = false } = {}): void {
    this.present.add(device);
    if (isPermitted) this.permitted.add(device);
    device.plug(true);
    if (this.permitted.has(device)) this.tell('connect', device);
  }

  pullOut(device: FakeHidDevice): void {
    this.present.delete(device);
    device.plug(false);
    if (this.permitted.has(device)) this.tell('disconnect', device);
  }

  async getDevices(): Promise<readonly FakeHidDevice[]> {
    await later();
    return [...this.present].filter((device) => this.permitted.has(device));
  }

  async requestDevice({ filters }: { filters: { vendorId: number }[] }): Promise<readonly FakeHidDevice[]> {
    if (!this.isUserActive)
      throw named('SecurityError', 'Must be handling a user gesture to show a permission request.');
    this.choosers++;
    await later();
    const offered = [...this.present].filter(({ vendorId }) => filters.some((filter) => filter.vendorId === vendorId));
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
  device.onDrop = () => {
    hid.pullOut(device);
    setTimeout(() => {
      hid.plugIn(device, { isPermitted: true });
    }, REENUMERATION);
  };
  hid.plugIn(device, { isPermitted: true });
  return { hid, device, reader };
}
