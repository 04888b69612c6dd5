/**
 * Entry `magtek-elements/transports/hid`. MMS over USB in a browser (WebHID): whole messages through reports of a fixed
 * length [PJ]. It knows nothing of what is in the messages, or of when to connect again.
 */
import {
  isNamed,
  messageReport,
  VENDOR_ID,
  type HidConnectionEvent,
  type HidDeviceLike,
  type HidInputReport,
  type HidLike,
  type MessageReport,
} from './hid-device.js';
import { cancelPacket, PacketAssembler, toPackets } from './hid-packets.js';
import { TransportError, type OpenOptions, type Transport, type TransportSink } from './transport.js';

export type { HidConnectionEvent, HidDeviceLike, HidInputReport, HidLike, HidReportInfo } from './hid-device.js';

export interface HidTransportOptions {
  /** Which reader, where several are plugged in: its product name or its product id as four hexadecimal digits. Default any. */
  readonly device?: string;
  /** The USB access to use instead of the browser's, for tests. */
  readonly hid?: HidLike;
}

/** A device that is open for one sink. */
interface Session {
  readonly device: HidDeviceLike;
  readonly report: MessageReport;
  readonly sink: TransportSink;
  readonly stop: () => void;
  /** Resolves when everything that was given is sent. */
  sending: Promise<void>;
  /** A message of which some reports are out and some are not. */
  isCut: boolean;
}

/**
 * A reader on this computer's USB.
 *
 * Opening takes a reader that the page may use already; where there is none it asks the person, which the browser allows
 * only in answer to a click or a key press. After the reader was pulled out, the next opening waits until it is back.
 */
export class HidTransport implements Transport {
  private readonly name: string;
  private readonly hidGiven: HidLike | undefined;
  private sink: TransportSink | undefined;
  private session: Session | undefined;
  private cancelOpening: ((reason: Error) => void) | undefined;
  /** Set while the reader that was lost is waited for: nobody is asked then. */
  private isLost = false;
  /** Resolves when the device before this one is closed. */
  private closed: Promise<void> = Promise.resolve();

  constructor({ device = '', hid }: HidTransportOptions = {}) {
    this.name = device;
    this.hidGiven = hid;
  }

  /**
   * @throws {TransportError} `unsupported` without WebHID, `not-chosen` where the person must choose a reader and has
   * not, `already-open` where another page or part of this page has it, `unreachable` when it cannot be opened.
   */
  async open(to: TransportSink, { signal }: OpenOptions = {}): Promise<void> {
    if (this.sink) throw new TransportError('already-open', 'The transport is open already or being opened.');
    const hid = this.hidGiven ?? hidOfPage();
    this.sink = to;
    let stopWaiting: () => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      const abort = (): void => {
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
      stopWaiting = () => signal?.removeEventListener('abort', abort);
      this.cancelOpening = reject;
    });
    try {
      signal?.throwIfAborted();
      const opening = this.openDevice(hid, to, signal);
      // Nobody waits for it any more when it is given up: it ends by itself.
      opening.catch(() => undefined);
      await Promise.race([opening, givenUp]);
    } catch (error) {
      if (this.sink === to) this.sink = undefined;
      throw error;
    } finally {
      stopWaiting();
      if (this.sink === to) this.cancelOpening = undefined;
    }
  }

  send(bytes: Uint8Array): void {
    const { session } = this;
    if (!session) throw new TransportError('not-open', 'The transport is not open.');
    const packets = toPackets(bytes, session.report.length);
    session.sending = session.sending.then(() => this.sendPackets(session, packets));
  }

  close(): void {
    const { session, cancelOpening } = this;
    this.sink = undefined;
    this.cancelOpening = undefined;
    this.isLost = false;
    if (session) {
      this.end(session);
      session.sink.close({ kind: 'requested' });
    }
    cancelOpening?.(new TransportError('not-open', 'The transport was closed while it was being opened.'));
  }

  private async openDevice(hid: HidLike, to: TransportSink, signal: AbortSignal | undefined): Promise<void> {
    await this.closed;
    const device = await this.findDevice(hid, signal);
    const report = messageReport(device);
    if (!report) throw new TransportError('unreachable', 'The chosen device takes no messages.');
    this.assertWanted(to, signal);
    const assembler = new PacketAssembler(to);
    const onReport = ({ data }: HidInputReport): void => {
      if (this.sink === to) assembler.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    };
    // Before it is open, so that nothing is missed.
    device.oninputreport = onReport;
    try {
      await device.open();
    } catch (cause) {
      device.oninputreport = null;
      throw explainOpening(cause);
    }
    if (this.sink !== to || signal?.aborted) {
      device.oninputreport = null;
      this.closed = device.close().catch(() => undefined);
    }
    this.assertWanted(to, signal);
    this.isLost = false;
    const onDisconnect = ({ device: gone }: HidConnectionEvent): void => {
      if (gone === device) this.lose(session, 'The reader was unplugged.');
    };
    hid.addEventListener('disconnect', onDisconnect);
    const session: Session = {
      device,
      report,
      sink: to,
      stop: () => {
        hid.removeEventListener('disconnect', onDisconnect);
      },
      sending: Promise.resolve(),
      isCut: false,
    };
    this.session = session;
  }

  /** Closed or given up while something was awaited. */
  private assertWanted(to: TransportSink, signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.sink !== to) throw new TransportError('not-open', 'The transport was closed while it was being opened.');
  }

  private async findDevice(hid: HidLike, signal: AbortSignal | undefined): Promise<HidDeviceLike> {
    const permitted = (await hid.getDevices()).filter((device) => this.fits(device));
    const free = permitted.find(({ opened }) => !opened);
    if (free) return free;
    if (permitted.length > 0)
      throw new TransportError('already-open', 'The reader is on USB.', { because: { code: 'usb-open-already' } });
    return this.isLost ? this.untilPluggedIn(hid, signal) : this.ask(hid);
  }

  private fits(device: HidDeviceLike): boolean {
    return device.vendorId === VENDOR_ID && messageReport(device) !== undefined && isNamed(device, this.name);
  }

  private async ask(hid: HidLike): Promise<HidDeviceLike> {
    let chosen: readonly HidDeviceLike[];
    try {
      chosen = await hid.requestDevice({ filters: [{ vendorId: VENDOR_ID }] });
    } catch (cause) {
      const needsClick = (cause as { name?: unknown } | null)?.name === 'SecurityError';
      throw new TransportError(
        needsClick ? 'not-chosen' : 'unreachable',
        needsClick ? 'This page may not use a reader on USB yet.' : 'The browser could not ask for a reader.',
        { cause, ...(needsClick ? { because: { code: 'usb-not-allowed' } } : {}) },
      );
    }
    if (chosen.length === 0)
      throw new TransportError('not-chosen', 'No reader was chosen.', { because: { code: 'usb-none-chosen' } });
    const device = chosen.find((one) => this.fits(one));
    if (!device) {
      const names = chosen.map(({ productName }) => `“${productName}”`).join(', ');
      throw new TransportError('unreachable', `${names} is not the reader that is asked for, or takes no messages.`);
    }
    if (device.opened)
      throw new TransportError('already-open', 'The reader is on USB.', { because: { code: 'usb-open-already' } });
    return device;
  }

  /** The first fitting device that is plugged in from now on. */
  private untilPluggedIn(hid: HidLike, signal: AbortSignal | undefined): Promise<HidDeviceLike> {
    const { sink } = this;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        hid.removeEventListener('connect', onConnect);
        signal?.removeEventListener('abort', onAbort);
      };
      const onConnect = ({ device }: HidConnectionEvent): void => {
        if (this.sink !== sink) {
          stop();
          return;
        }
        if (!this.fits(device)) return;
        stop();
        resolve(device);
      };
      const onAbort = (): void => {
        stop();
        reject(signal?.reason as Error);
      };
      hid.addEventListener('connect', onConnect);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  private async sendPackets(session: Session, packets: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
    for (const packet of packets) {
      if (this.session !== session) return;
      try {
        await session.device.sendReport(session.report.id, packet);
      } catch {
        this.lose(session, 'The reader took no more data.');
        return;
      }
      session.isCut = packet !== packets.at(-1);
    }
  }

  private lose(session: Session, text: string): void {
    if (this.session !== session) return;
    this.sink = undefined;
    this.isLost = true;
    this.end(session);
    session.sink.close({ kind: 'lost', text });
  }

  private end(session: Session): void {
    const { device } = session;
    this.session = undefined;
    device.oninputreport = null;
    session.stop();
    this.closed = session.sending
      .then(async () => {
        // The beginning of a message that nobody finishes must not become part of the next one.
        if (session.isCut) await device.sendReport(session.report.id, cancelPacket(session.report.length));
      })
      .catch(() => undefined)
      .then(() => device.close())
      .catch(() => undefined);
  }
}

function hidOfPage(): HidLike {
  const { hid } = (globalThis as { navigator?: { hid?: HidLike } }).navigator ?? {};
  if (!hid) throw new TransportError('unsupported', 'It has no WebHID.', { because: { code: 'no-web-hid' } });
  return hid;
}

function explainOpening(cause: unknown): TransportError {
  // The device is being opened or closed by somebody else (WebHID, section 5.7).
  const isBusy = (cause as { name?: unknown } | null)?.name === 'InvalidStateError';
  return new TransportError(
    isBusy ? 'already-open' : 'unreachable',
    isBusy ? 'The reader is on USB.' : 'The reader is plugged in, but the system did not let it be opened.',
    { cause, because: { code: isBusy ? 'usb-open-already' : 'usb-not-opened' } },
  );
}
