/**
 * Base of the transports to a device of this computer: one opening at a time that can be given up at any moment, messages
 * that go out one after the other, and an end that is told once. It knows nothing of USB, Bluetooth or serial ports, nothing
 * of what is in the messages, and not when to connect again.
 */
import { deviceRemedies } from './device-remedies.js';
import {
  addRemedies,
  TransportError,
  type CloseReason,
  type OpenOptions,
  type Transport,
  type TransportBecause,
  type TransportSink,
} from './transport.js';

/** Keeps a device for this page; see {@link DeviceTransportOptions.claim}. */
export type Claim = (name: string, options: OpenOptions, makeRoom: () => void) => Promise<() => void>;

export interface DeviceTransportOptions {
  /**
   * Makes sure that no other tab of this browser uses a device of that name, before it is opened, and gives it free with the
   * function that it resolves with. `makeRoom` is called when another tab takes the device over. Default: nobody is asked.
   */
  readonly claim?: Claim | undefined;
}

/** Milliseconds in which the event of a device that is gone comes. */
const EVENT_PATIENCE = 500;

/** An open device. */
export interface DeviceSession {
  /** Sends a whole message; rejects where the device takes no more. */
  send(message: Uint8Array): Promise<void>;
  /** Ends it at once: nothing arrives or begins to be sent any more. Resolves when the device is closed. Called once. */
  end(): Promise<void>;
}

/** What a device that is being opened or open may tell. Everything is ignored once it is no longer wanted. */
export interface DeviceLink extends OpenOptions {
  message(bytes: Uint8Array): void;
  noise(data: string | Uint8Array, because?: TransportBecause): void;
  /** The device has ended it. */
  lost(text: string, because: TransportBecause): void;
  /** It has ended without an event. */
  ended(text: string, because: TransportBecause): Promise<void>;
  /** Another tab takes the device over. */
  takenOver(): void;
  readonly isWanted: boolean;
  /** @throws what it was given up for, or `not-open` when it was closed meanwhile. */
  assertWanted(): void;
}

const CLOSED_MEANWHILE = 'The transport was closed while it was being opened.';

/** A reader that is a device of this computer. */
export abstract class DeviceTransport implements Transport {
  /** Where it delivers, in an object of its own for each opening: late words of an earlier one must not be taken for its. */
  private opening: { readonly sink: TransportSink } | undefined;
  private session: DeviceSession | undefined;
  /** Resolves when everything that was given is sent. */
  private sending: Promise<void> = Promise.resolve();
  private cancelOpening: ((reason: Error) => void) | undefined;
  /** Resolves when the device before this one is closed. */
  private ended: Promise<void> = Promise.resolve();

  constructor() {
    addRemedies(deviceRemedies);
  }

  /** Finds and opens the device. What it leaves open when the link is no longer wanted, it closes itself. */
  protected abstract openDevice(link: DeviceLink): Promise<DeviceSession>;

  /** The device that was open was lost and may come back, or it is given up. */
  protected abstract forgotten(isLost: boolean): void;

  /** Why the page may not use the device any more; nothing where it may. */
  protected withdrawn?(): Promise<TransportError | undefined>;

  /** What is told of a device that takes no more. */
  protected abstract readonly stalled: { readonly text: string; readonly because: TransportBecause };

  async open(to: TransportSink, options: OpenOptions = {}): Promise<void> {
    const { signal } = options;
    if (this.opening) throw new TransportError('already-open', 'The transport is open already or being opened.');
    const opening = { sink: to };
    this.opening = opening;
    let stopWaiting: () => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => {
      const abort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      stopWaiting = () => signal?.removeEventListener('abort', abort);
      this.cancelOpening = reject;
    });
    try {
      signal?.throwIfAborted();
      const opened = this.openSession(opening, options);
      // Nobody waits for it any more when it is given up: it ends by itself.
      opened.catch(() => undefined);
      await Promise.race([opened, givenUp]);
    } catch (error) {
      if (this.opening === opening) this.opening = undefined;
      throw error;
    } finally {
      stopWaiting();
      if (this.opening === opening) this.cancelOpening = undefined;
    }
  }

  /** @returns Resolves when all of it is sent, or the connection has ended. */
  send(bytes: Uint8Array): Promise<void> {
    const { session } = this;
    if (!session) throw new TransportError('not-open', 'The transport is not open.');
    const message = bytes.slice();
    this.sending = this.sending.then(async () => {
      if (this.session !== session) return;
      try {
        await session.send(message);
      } catch {
        this.leave(session, await this.reasonOf(this.stalled));
      }
    });
    return this.sending;
  }

  close(): void {
    const { session, cancelOpening } = this;
    this.cancelOpening = undefined;
    if (session) this.leave(session, { kind: 'requested' });
    this.opening = undefined;
    this.forgotten(false);
    cancelOpening?.(new TransportError('not-open', CLOSED_MEANWHILE));
  }

  private async openSession(opening: { readonly sink: TransportSink }, options: OpenOptions): Promise<void> {
    await this.ended;
    const link = this.linkOf(opening, options);
    link.assertWanted();
    const session = await this.openDevice(link);
    if (!link.isWanted || link.lostWith) this.ended = session.end().catch(() => undefined);
    link.assertWanted();
    if (link.lostWith) throw link.lostWith;
    this.sending = Promise.resolve();
    this.session = session;
  }

  private linkOf(
    opening: { readonly sink: TransportSink },
    options: OpenOptions,
  ): DeviceLink & { readonly lostWith: TransportError | undefined } {
    const { sink } = opening;
    const isWanted = (): boolean => this.opening === opening && !options.signal?.aborted;
    let lostWith: TransportError | undefined;
    const leave = (reason: CloseReason): void => {
      if (this.opening !== opening) return;
      if (this.session) this.leave(this.session, reason);
      // It went before it was open.
      else
        lostWith = new TransportError(
          'unreachable',
          reason.text ?? CLOSED_MEANWHILE,
          reason.because ? { because: reason.because } : {},
        );
    };
    return {
      ...options,
      get lostWith() {
        return lostWith;
      },
      get isWanted() {
        return isWanted();
      },
      assertWanted: () => {
        options.signal?.throwIfAborted();
        if (this.opening !== opening) throw new TransportError('not-open', CLOSED_MEANWHILE);
      },
      message: (bytes) => {
        if (this.opening === opening) sink.message(bytes);
      },
      noise: (data, because) => {
        if (this.opening === opening) sink.noise(data, because);
      },
      lost: (text, because) => leave({ kind: 'lost', text, because }),
      ended: async (text, because) => {
        leave(await this.reasonOf({ text, because }));
      },
      takenOver: () => leave({ kind: 'taken-over' }),
    };
  }

  /** Browsers close a device whose permission a person or the page takes away without an event: to wait for its return is in vain. */
  private async reasonOf(loss: Pick<CloseReason, 'text' | 'because'>): Promise<CloseReason> {
    const error = await this.withdrawn?.().catch(() => undefined);
    // A cable that was pulled out takes it off the list as well; the event of that, which ends this session, may come a moment later.
    if (error) await new Promise((resolve) => setTimeout(resolve, EVENT_PATIENCE));
    return error ? { kind: 'lost', text: error.message, because: error.because, error } : { kind: 'lost', ...loss };
  }

  /** Ends a session, once. */
  private leave(session: DeviceSession, reason: CloseReason): void {
    if (this.session !== session) return;
    const { opening } = this;
    this.session = undefined;
    this.opening = undefined;
    this.forgotten(reason.kind === 'lost' && !reason.error);
    this.ended = session.end().catch(() => undefined);
    opening?.sink.close(reason);
  }
}
