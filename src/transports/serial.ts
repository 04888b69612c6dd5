/**
 * Entry `magtek-elements/transports/serial`. MMS over a serial line in a browser (Web Serial): SLIP frames at 115,200 baud [PJ].
 * It knows nothing of what is in the messages, or of when to connect again.
 */
import { AwaitedReturn } from './awaited-return.js';
import {
  DeviceTransport,
  type DeviceLink,
  type DeviceSession,
  type DeviceTransportOptions,
} from './device-transport.js';
import { within } from './patience.js';
import {
  isPortNamed,
  portName,
  type SerialConnectionEvent,
  type SerialLike,
  type SerialPortLike,
} from './serial-port.js';
import { FrameDecoder, toFrame } from './slip.js';
import { TransportError } from './transport.js';

export type { SerialConnectionEvent, SerialLike, SerialPortLike } from './serial-port.js';

export interface SerialTransportOptions extends DeviceTransportOptions {
  /** Which port, where the page may use several: the product id of its USB adapter as four hexadecimal digits. Default any. */
  readonly device?: string;
  /** The access to serial ports to use instead of the browser's, for tests. */
  readonly serial?: SerialLike;
}

const BAUD_RATE = 115_200;

/** Bytes that the browser keeps unread, so that a page that is late loses nothing; its default is 255. */
const BUFFER = 65_536;

/** Bytes that are given to the port at once, and milliseconds in which it must take them: ten times what they need. */
const PIECE = 4_096;
const PIECE_PATIENCE = 10_000;

/**
 * A reader on a serial port of this computer.
 *
 * Opening takes a port that the page may use already; where there is none it asks the person, which the browser allows only in
 * answer to a click or a key press. After a loss only a port of the same adapter that comes from then on is taken.
 */
export class SerialTransport extends DeviceTransport {
  protected readonly stalled = {
    text: 'The serial port took no more data.',
    because: { code: 'serial-stalled' },
  } as const;
  private readonly name: string;
  private readonly serialGiven: SerialLike | undefined;
  private readonly claim: SerialTransportOptions['claim'];
  private port: SerialPortLike | undefined;
  /** The one that was plugged in last where that was waited for: it is meant, not another that was there all the time. */
  private arrived: SerialPortLike | undefined;
  private awaited: AwaitedReturn<SerialPortLike, SerialConnectionEvent> | undefined;

  constructor({ device = '', serial, claim }: SerialTransportOptions = {}) {
    super();
    this.name = device;
    this.serialGiven = serial;
    this.claim = claim;
  }

  onArrival(listener: () => void): () => void {
    const serial = this.serialGiven ?? serialOfPage();
    const onConnect = ({ target }: SerialConnectionEvent): void => {
      const port = target as SerialPortLike;
      if (!this.fits(port)) return;
      this.arrived = port;
      listener();
    };
    serial.addEventListener('connect', onConnect);
    return () => serial.removeEventListener('connect', onConnect);
  }

  /**
   * @throws {TransportError} `unsupported` without Web Serial, `not-chosen` where the person must choose a port and has not,
   * `already-open` where this page has it open, `unreachable` when it cannot be opened.
   */
  protected async openDevice(link: DeviceLink): Promise<DeviceSession> {
    const serial = this.serialGiven ?? serialOfPage();
    const port = await this.findPort(serial, link);
    link.assertWanted();
    const release = await this.claim?.(`serial ${portName(port)}`, link, () => link.takenOver());
    try {
      link.assertWanted();
      await port.open({ baudRate: BAUD_RATE, bufferSize: BUFFER });
    } catch (cause) {
      release?.();
      throw cause instanceof TransportError || !link.isWanted ? cause : explainOpening(cause);
    }
    this.stopAwaiting();
    this.port = port;
    const gone = ['The serial port is gone.', { code: 'serial-unplugged' }] as const;
    const onDisconnect = ({ target }: SerialConnectionEvent): void => {
      if (target === port) link.lost(...gone);
    };
    serial.addEventListener('disconnect', onDisconnect);
    const reading = readAll(port, new FrameDecoder(link), () => void link.ended(...gone));
    const writer = port.writable?.getWriter();
    return {
      send: async (message) => {
        if (!writer) throw new TransportError('not-open', 'The port takes no data.');
        const frame = toFrame(message);
        for (let at = 0; at < frame.length; at += PIECE)
          await within(PIECE_PATIENCE, writer.write(frame.subarray(at, at + PIECE)));
      },
      end: async () => {
        serial.removeEventListener('disconnect', onDisconnect);
        // A port closes only when nobody reads or writes any more (Web Serial, section 4.7).
        await reading.stop();
        await writer?.abort().catch(() => undefined);
        writer?.releaseLock();
        await port.close().catch(() => undefined);
        release?.();
      },
    };
  }

  protected forgotten(isLost: boolean): void {
    const { port } = this;
    this.port = undefined;
    this.stopAwaiting();
    if (!isLost || !port) return;
    const name = portName(port);
    this.awaited = new AwaitedReturn(this.serialGiven ?? serialOfPage(), {
      deviceOf: ({ target }) => target as SerialPortLike,
      isLike: (other) => portName(other) === name,
      isFree: ({ readable }) => readable === null,
    });
  }

  protected override async withdrawn(): Promise<TransportError | undefined> {
    const permitted: readonly unknown[] = await (this.serialGiven ?? serialOfPage()).getPorts();
    return permitted.includes(this.port) ? undefined : notAllowed();
  }

  private stopAwaiting(): void {
    this.awaited?.stop();
    this.awaited = undefined;
  }

  private fits(port: SerialPortLike): boolean {
    return isPortNamed(port, this.name);
  }

  private async findPort(serial: SerialLike, link: DeviceLink): Promise<SerialPortLike> {
    if (this.awaited) return (this.arrived = await this.awaited.next(link));
    const permitted = (await serial.getPorts()).filter((port) => this.fits(port));
    const allFree = permitted.filter(({ readable }) => readable === null);
    const free = allFree.find((one) => one === this.arrived) ?? allFree[0];
    if (free) return free;
    if (permitted.length > 0) throw inUse();
    if (link.unattended) throw notAllowed();
    return this.ask(serial, link);
  }

  private async ask(serial: SerialLike, link: DeviceLink): Promise<SerialPortLike> {
    // A person who is choosing may take any time.
    link.waiting?.(true);
    try {
      const port = await serial.requestPort();
      if (port.readable !== null) throw inUse();
      return port;
    } catch (cause) {
      if (cause instanceof TransportError) throw cause;
      const { name } = (cause ?? {}) as { name?: unknown };
      if (name === 'NotFoundError')
        throw new TransportError('not-chosen', 'No serial port was chosen.', {
          cause,
          because: { code: 'serial-none-chosen' },
        });
      if (name === 'SecurityError') throw notAllowed(cause);
      throw new TransportError('unreachable', 'The browser could not ask for a serial port.', { cause });
    } finally {
      link.waiting?.(false);
    }
  }
}

/** Reads until it is stopped or the port is gone. A line error, such as an overrun, costs what was arriving and no more. */
function readAll(port: SerialPortLike, decoder: FrameDecoder, gone: () => void): { stop(): Promise<void> } {
  let isStopped = false;
  const stopped = (): boolean => isStopped;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const run = async (): Promise<void> => {
    let ended: ReadableStream<Uint8Array> | undefined;
    // After a line error the port has another stream; none when it is gone (Web Serial, section 4.5). One that stays will give nothing
    // more, and to ask it again and again would let nothing else happen in the page.
    while (port.readable && port.readable !== ended && !stopped()) {
      ended = port.readable;
      reader = ended.getReader();
      try {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          if (!stopped()) decoder.add(value);
        }
      } catch {
        // The next stream, if there is one.
      } finally {
        reader.releaseLock();
      }
    }
    if (!stopped()) gone();
  };
  const running = run();
  return {
    stop: async () => {
      isStopped = true;
      await reader?.cancel().catch(() => undefined);
      await running;
    },
  };
}

function serialOfPage(): SerialLike {
  const { serial } = (globalThis as { navigator?: { serial?: SerialLike } }).navigator ?? {};
  if (!serial) throw new TransportError('unsupported', 'It has no Web Serial.', { because: { code: 'no-web-serial' } });
  return serial;
}

const inUse = (cause?: unknown): TransportError =>
  new TransportError('already-open', 'The serial port is open already.', {
    cause,
    because: { code: 'serial-open-already' },
  });

const notAllowed = (cause?: unknown): TransportError =>
  new TransportError('not-chosen', 'This page may not use a serial port.', {
    cause,
    because: { code: 'serial-not-allowed' },
  });

function explainOpening(cause: unknown): TransportError {
  // It is open already, in this page (Web Serial, section 4.3).
  if ((cause as { name?: unknown } | null)?.name === 'InvalidStateError') return inUse(cause);
  return new TransportError('unreachable', 'The system did not let the serial port be opened.', {
    cause,
    because: { code: 'serial-not-opened' },
  });
}
