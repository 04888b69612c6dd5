/**
 * Web Serial at byte level: ports that come and go, permission, user activation, streams that break and are made anew, with a
 * simulated reader behind each port. Its frames are made from the published table, apart from the code under test.
 */
import type { ReaderEnd, ReaderPort } from '../../src/simulator/index.js';
import type { SerialConnectionEvent, SerialLike, SerialPortLike } from '../../src/transports/serial.js';

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Bytes in pieces, as a driver gives them: never as they were sent. */
const PIECE = 37;

export class FakeSerialPort implements SerialPortLike {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** Every byte that arrived. */
  readonly bytes: number[] = [];
  /** How often it was opened, and with what. */
  readonly openings: { baudRate: number; bufferSize?: number }[] = [];
  /** What `open` waits for or throws. */
  opening: () => Promise<void> = later;
  /** What each write waits for or throws. */
  writing: () => Promise<void> = () => Promise.resolve();
  /** Called when the reader ends the connection. */
  onDrop: () => void = () => undefined;
  readonly reader: Pick<ReaderEnd, 'connect'> | undefined;
  private readonly usbProductId: number;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private port: ReaderPort | undefined;
  private frame: number[] | undefined;
  private isGone = false;

  constructor({ usbProductId = 0x2020, reader }: { usbProductId?: number; reader?: Pick<ReaderEnd, 'connect'> } = {}) {
    this.usbProductId = usbProductId;
    this.reader = reader;
  }

  /** The same reader, as it is there when it is plugged in again: another object. */
  again(): FakeSerialPort {
    const { usbProductId, reader, opening, writing, onDrop } = this;
    const port = new FakeSerialPort({ usbProductId, ...(reader ? { reader } : {}) });
    return Object.assign(port, { opening, writing, onDrop });
  }

  getInfo(): { usbVendorId: number; usbProductId: number } {
    return { usbVendorId: 0x0801, usbProductId: this.usbProductId };
  }

  async open(options: { baudRate: number; bufferSize?: number }): Promise<void> {
    if (this.readable) throw named('InvalidStateError', 'The port is already open.');
    await this.opening();
    if (this.isGone) throw named('NetworkError', 'Failed to open serial port.');
    this.port = this.reader?.connect({
      deliver: (bytes) => {
        this.deliver(bytes);
      },
      drop: () => {
        this.onDrop();
      },
    });
    if (this.reader && !this.port) throw named('NetworkError', 'Failed to open serial port.');
    this.openings.push(options);
    this.makeReadable();
    this.writable = new WritableStream({
      write: async (piece) => {
        await this.writing();
        if (this.isGone) throw named('NetworkError', 'The device has been lost.');
        for (const byte of piece) this.take(byte);
      },
    });
  }

  async close(): Promise<void> {
    if (!this.readable && !this.writable) throw named('InvalidStateError', 'The port is already closed.');
    if (this.readable?.locked || this.writable?.locked) throw named('TypeError', 'Cannot cancel a locked stream');
    await later();
    this.shut();
  }

  get isOpen(): boolean {
    return this.readable !== null;
  }

  /** Sends a message to the page. */
  deliver(message: Uint8Array): void {
    const { length } = message;
    const plain = [1, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255, ...message];
    this.raw([
      0xc0,
      ...plain.flatMap((byte) => (byte === 0xc0 ? [0xdb, 0xdc] : byte === 0xdb ? [0xdb, 0xdd] : [byte])),
      0xc0,
    ]);
  }

  /** Sends bytes to the page as they are. */
  raw(bytes: readonly number[]): void {
    for (let at = 0; at < bytes.length; at += PIECE)
      this.controller?.enqueue(Uint8Array.from(bytes.slice(at, at + PIECE)));
  }

  /** A line error: the stream breaks, the port has another one and stays open. */
  overrun(): void {
    const { controller } = this;
    this.makeReadable();
    controller?.error(named('BufferOverrunError', 'Buffer overrun'));
  }

  /** An error after which the port has no other stream. */
  breakDown(): void {
    this.controller?.error(named('UnknownError', 'The port gives nothing more.'));
  }

  /** Told by its bus. */
  pullOut(): void {
    this.isGone = true;
    this.withdraw();
  }

  /** Told by its page: the streams break. */
  withdraw(): void {
    const { controller } = this;
    this.shut();
    try {
      controller?.error(named('NetworkError', 'The device has been lost.'));
    } catch {
      // Closed already.
    }
  }

  private makeReadable(): void {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    this.readable = new ReadableStream({
      start: (controller) => {
        this.controller = own = controller;
      },
      // What the reader says after the page has cancelled goes nowhere.
      cancel: () => {
        if (this.controller === own) this.controller = undefined;
      },
    });
  }

  private shut(): void {
    this.readable = null;
    this.writable = null;
    this.controller = undefined;
    this.port?.close();
    this.port = undefined;
    this.frame = undefined;
  }

  /** Puts a message together as a reader would, and gives it to the simulated one. */
  private take(byte: number): void {
    this.bytes.push(byte);
    if (byte !== 0xc0) {
      this.frame?.push(byte);
      return;
    }
    const frame = this.frame ?? [];
    this.frame = [];
    if (frame.length === 0) return;
    const plain: number[] = [];
    for (let at = 0; at < frame.length; at++) {
      const one = frame[at] ?? 0;
      if (one === 0xdb) plain.push({ 0xdc: 0xc0, 0xdd: 0xdb }[frame[++at] ?? 0] ?? -1);
      else plain.push(one);
    }
    if (plain.includes(-1)) throw new Error('An escape that does not exist.');
    const [direction, ...rest] = plain;
    if (direction !== 0) throw new Error('Another direction than to the reader.');
    const length = new DataView(Uint8Array.from(rest).buffer).getUint32(0);
    if (length !== rest.length - 4) throw new Error('A message has another length.');
    this.port?.receive(Uint8Array.from(rest.slice(4)));
  }
}

/** `navigator.serial` of a page whose person clicks and chooses as the test says. */
export class FakeSerial implements SerialLike {
  /** Whether the page is handling a click or a key press. */
  isUserActive = false;
  /** What the person chooses; undefined when they close the chooser. */
  choose: (offered: readonly FakeSerialPort[]) => FakeSerialPort | undefined = ([first]) => first;
  /** How often the chooser was shown. */
  choosers = 0;
  private readonly present = new Set<FakeSerialPort>();
  private readonly permitted = new Set<FakeSerialPort>();
  private readonly listeners = { connect: new Set<unknown>(), disconnect: new Set<unknown>() };

  /** The permission is taken away, by a person or with `forget()`: the streams break, and no event says so. */
  withdraw(port: FakeSerialPort): void {
    this.permitted.delete(port);
    port.withdraw();
  }

  plugIn(port: FakeSerialPort, { isPermitted = false } = {}): void {
    this.present.add(port);
    if (isPermitted) this.permitted.add(port);
    if (this.permitted.has(port)) this.tell('connect', port);
  }

  /** @param eventAfter milliseconds from when it is off the list to the event */
  pullOut(port: FakeSerialPort, eventAfter = 0): void {
    this.present.delete(port);
    port.pullOut();
    const tell = (): void => {
      if (this.permitted.has(port)) this.tell('disconnect', port);
    };
    if (eventAfter > 0) setTimeout(tell, eventAfter);
    else tell();
  }

  /** Pulled out, if it is not yet, and put in again: another port, with the same permission. */
  replug(port: FakeSerialPort): FakeSerialPort {
    if (this.present.has(port)) this.pullOut(port);
    const again = port.again();
    this.plugIn(again, { isPermitted: this.permitted.has(port) });
    return again;
  }

  async getPorts(): Promise<readonly FakeSerialPort[]> {
    await later();
    return [...this.present].filter((port) => this.permitted.has(port));
  }

  async requestPort(): Promise<FakeSerialPort> {
    if (!this.isUserActive)
      throw named('SecurityError', 'Must be handling a user gesture to show a permission request.');
    this.choosers++;
    await later();
    const chosen = this.choose([...this.present]);
    if (!chosen) throw named('NotFoundError', 'No port selected by the user.');
    this.permitted.add(chosen);
    return chosen;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void {
    this.listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void {
    this.listeners[type].delete(listener);
  }

  /** How many listen to ports that come and go: none may be left when nothing is open. */
  get listening(): number {
    return this.listeners.connect.size + this.listeners.disconnect.size;
  }

  private tell(type: 'connect' | 'disconnect', target: FakeSerialPort): void {
    for (const listener of [...this.listeners[type]]) (listener as (event: SerialConnectionEvent) => void)({ target });
  }
}
