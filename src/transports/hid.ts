/**
 * Entry `magtek-elements/transports/hid`. MMS over USB in a browser (WebHID): whole messages through reports of a fixed
 * length [PJ]. It knows nothing of what is in the messages, or of when to connect again.
 */
import { AwaitedReturn } from './awaited-return.js';
import {
  DeviceTransport,
  type DeviceLink,
  type DeviceSession,
  type DeviceTransportOptions,
} from './device-transport.js';
import {
  isNamed,
  isSameModel,
  messageReport,
  modelName,
  productOf,
  VENDOR_ID,
  type HidConnectionEvent,
  type HidDeviceLike,
  type HidInputReport,
  type HidLike,
} from './hid-device.js';
import { cancelPacket, PacketAssembler, toPackets } from './hid-packets.js';
import { within } from './patience.js';
import { TransportError } from './transport.js';

export type { HidConnectionEvent, HidDeviceLike, HidInputReport, HidLike, HidReportInfo } from './hid-device.js';

export interface HidTransportOptions extends DeviceTransportOptions {
  /** Which reader, where several are plugged in: its product name or its product id as four hexadecimal digits. Default any. */
  readonly device?: string;
  /** The USB access to use instead of the browser's, for tests. */
  readonly hid?: HidLike;
}

/** Milliseconds for the system to take one report: a reader that takes none has hung up. */
const REPORT_PATIENCE = 10_000;

/**
 * A reader on this computer's USB.
 *
 * Opening takes a reader that the page may use already; where there is none it asks the person, which the browser allows
 * only in answer to a click or a key press. After the reader was pulled out, only one of the same model that is plugged in
 * from then on is taken: not another reader that was there all the time.
 */
export class HidTransport extends DeviceTransport {
  protected readonly stalled = {
    text: 'The reader took no more data.',
    because: { code: 'usb-stalled' },
  } as const;
  private readonly name: string;
  private readonly hidGiven: HidLike | undefined;
  private readonly claim: HidTransportOptions['claim'];
  private device: HidDeviceLike | undefined;
  /** The one that was plugged in last where that was waited for: it is meant, not another that was there all the time. */
  private arrived: HidDeviceLike | undefined;
  private awaited: AwaitedReturn<HidDeviceLike, HidConnectionEvent> | undefined;

  constructor({ device = '', hid, claim }: HidTransportOptions = {}) {
    super();
    this.name = device;
    this.hidGiven = hid;
    this.claim = claim;
  }

  get readerModel(): string | undefined {
    return this.device && productOf(this.device);
  }

  onArrival(listener: () => void): () => void {
    const hid = this.hidGiven ?? hidOfPage();
    const onConnect = ({ device }: HidConnectionEvent): void => {
      if (!this.fits(device)) return;
      this.arrived = device;
      listener();
    };
    hid.addEventListener('connect', onConnect);
    return () => hid.removeEventListener('connect', onConnect);
  }

  /**
   * @throws {TransportError} `unsupported` without WebHID or where the page’s policy forbids it, `not-chosen` where the person must choose a reader and has
   * not, `already-open` where another page or part of this page has it, `unreachable` when it cannot be opened.
   */
  protected async openDevice(link: DeviceLink): Promise<DeviceSession> {
    const hid = this.hidGiven ?? hidOfPage();
    const device = await this.findDevice(hid, link);
    const report = messageReport(device);
    if (!report) throw new TransportError('unreachable', 'The chosen device takes no messages.');
    link.assertWanted();
    const release = await this.claim?.(`usb ${modelName(device)}`, link, () => link.takenOver());
    const assembler = new PacketAssembler(link);
    // Before it is open, so that nothing is missed.
    device.oninputreport = ({ data }: HidInputReport): void => {
      assembler.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    };
    const onDisconnect = ({ device: gone }: HidConnectionEvent): void => {
      if (gone === device) link.lost('The reader was unplugged.', { code: 'usb-unplugged' });
    };
    hid.addEventListener('disconnect', onDisconnect);
    const letGo = (): void => {
      device.oninputreport = null;
      hid.removeEventListener('disconnect', onDisconnect);
    };
    try {
      link.assertWanted();
      await device.open();
    } catch (cause) {
      letGo();
      release?.();
      throw cause instanceof TransportError || !link.isWanted ? cause : explainOpening(cause);
    }
    this.stopAwaiting();
    this.device = device;
    /** A message of which some reports are out and some are not. */
    let isCut = false;
    let isOver = false;
    let sending: Promise<void> = Promise.resolve();
    const sendPackets = async (packets: readonly Uint8Array<ArrayBuffer>[]): Promise<void> => {
      for (const packet of packets) {
        if (isOver) return;
        await within(REPORT_PATIENCE, device.sendReport(report.id, packet));
        isCut = packet !== packets.at(-1);
      }
    };
    return {
      send: (message) => (sending = sendPackets(toPackets(message, report.length))),
      end: async () => {
        isOver = true;
        letGo();
        await sending.catch(() => undefined);
        try {
          // The beginning of a message that nobody finishes must not become part of the next one.
          if (isCut) await within(REPORT_PATIENCE, device.sendReport(report.id, cancelPacket(report.length)));
        } catch {
          // It is gone.
        }
        await device.close().catch(() => undefined);
        release?.();
      },
    };
  }

  protected forgotten(isLost: boolean): void {
    const { device } = this;
    this.device = undefined;
    this.stopAwaiting();
    if (!isLost || !device) return;
    this.awaited = new AwaitedReturn(this.hidGiven ?? hidOfPage(), {
      deviceOf: (event) => event.device,
      isLike: (other) => this.fits(other) && isSameModel(other, device),
      isFree: ({ opened }) => !opened,
    });
  }

  protected override async withdrawn(): Promise<TransportError | undefined> {
    const permitted: readonly unknown[] = await (this.hidGiven ?? hidOfPage()).getDevices();
    return permitted.includes(this.device) ? undefined : notAllowed();
  }

  private async findDevice(hid: HidLike, link: DeviceLink): Promise<HidDeviceLike> {
    if (this.awaited) return (this.arrived = await this.awaited.next(link));
    const permitted = (await devicesOf(hid)).filter((device) => this.fits(device));
    const allFree = permitted.filter(({ opened }) => !opened);
    const free = allFree.find((one) => one === this.arrived) ?? allFree[0];
    if (free) return free;
    if (permitted.length > 0) throw inUse();
    if (link.unattended) throw notAllowed();
    return this.ask(hid, link);
  }

  private fits(device: HidDeviceLike): boolean {
    return device.vendorId === VENDOR_ID && messageReport(device) !== undefined && isNamed(device, this.name);
  }

  private async ask(hid: HidLike, link: DeviceLink): Promise<HidDeviceLike> {
    let chosen: readonly HidDeviceLike[];
    // A person who is choosing may take any time.
    link.waiting?.(true);
    try {
      chosen = await hid.requestDevice({ filters: [{ vendorId: VENDOR_ID }] });
    } catch (cause) {
      const needsClick = (cause as { name?: unknown } | null)?.name === 'SecurityError';
      throw needsClick
        ? notAllowed(cause)
        : new TransportError('unreachable', 'The browser could not ask for a reader.', { cause });
    } finally {
      link.waiting?.(false);
    }
    if (chosen.length === 0)
      throw new TransportError('not-chosen', 'No reader was chosen.', { because: { code: 'usb-none-chosen' } });
    const device = chosen.find((one) => this.fits(one));
    if (!device) {
      const names = chosen.map(({ productName }) => `“${productName}”`).join(', ');
      throw new TransportError('unreachable', `${names} is not the reader that is asked for, or takes no messages.`, {
        because: { code: 'usb-wrong-device', values: { names } },
      });
    }
    if (device.opened) throw inUse();
    return device;
  }

  private stopAwaiting(): void {
    this.awaited?.stop();
    this.awaited = undefined;
  }
}

function hidOfPage(): HidLike {
  const { hid } = (globalThis as { navigator?: { hid?: HidLike } }).navigator ?? {};
  if (!hid) throw new TransportError('unsupported', 'It has no WebHID.', { because: { code: 'no-web-hid' } });
  return hid;
}

/** The devices that the page may use. No click is needed for it: refusing it means that the permissions policy forbids WebHID. */
async function devicesOf(hid: HidLike): Promise<readonly HidDeviceLike[]> {
  try {
    return await hid.getDevices();
  } catch (cause) {
    if ((cause as { name?: unknown } | null)?.name !== 'SecurityError') throw cause;
    throw new TransportError('unsupported', 'The permissions policy of this page forbids readers on USB.', {
      cause,
      because: { code: 'usb-forbidden' },
    });
  }
}

const inUse = (cause?: unknown): TransportError =>
  new TransportError('already-open', 'The reader is on USB.', { cause, because: { code: 'usb-open-already' } });

const notAllowed = (cause?: unknown): TransportError =>
  new TransportError('not-chosen', 'This page may not use a reader on USB.', {
    cause,
    because: { code: 'usb-not-allowed' },
  });

function explainOpening(cause: unknown): TransportError {
  // The device is being opened or closed by somebody else (WebHID, section 5.7).
  if ((cause as { name?: unknown } | null)?.name === 'InvalidStateError') return inUse(cause);
  return new TransportError('unreachable', 'The reader is plugged in, but the system did not let it be opened.', {
    cause,
    because: { code: 'usb-not-opened' },
  });
}
