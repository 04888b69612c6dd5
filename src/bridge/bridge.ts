/**
 * Publishes one reader at a broker: passes commands to it, and its messages and whether it is there to pages.
 * Each side is opened again when it is lost. Nothing is kept for a side that is away: a command that was published while the
 * reader was not there is never carried out, and an answer that nobody could hear is gone.
 */
import { Connection } from '../connection/connection.js';
import { isOpen, type ReaderSnapshot } from '../connection/connection-state.js';
import { systemEnvironment, type Environment } from '../connection/environment.js';
import { Liveness } from '../connection/liveness.js';
import { probe } from '../connection/probe.js';
import type { ReaderError } from '../connection/reader-error.js';
import { decodeMessage } from '../mms/decode.js';
import { MmsError } from '../mms/error.js';
import type { Direction, MmsMessage } from '../mms/message.js';
import { VERSION_NAMES } from '../transports/mqtt-opening.js';
import type { Transport } from '../transports/transport.js';
import { BrokerEnd, type BrokerLogin } from './broker-end.js';
import type { BridgeClash } from './claim.js';
import { CommandGate } from './command-gate.js';
import { Details } from './details.js';

/** The two sides of a bridge. */
export type Side = 'reader' | 'broker';

/** Gets what happens. */
export interface BridgeListener {
  /** A connection has changed; `closed` and `failed` of the broker mean that the bridge has ended. */
  changed?(side: Side, snapshot: ReaderSnapshot): void;
  /** A message was passed on, here in clear: to be redacted before it is shown or stored. */
  passed?(direction: Direction, bytes: Uint8Array): void;
  /** Something was not passed on, or a command was not answered. */
  dropped?(direction: Direction, why: string): void;
  /** Another bridge publishes the same reader, or wants to. */
  clashed?(clash: BridgeClash): void;
}

export interface BridgeOptions {
  /** The way to the reader; it belongs to the bridge from now on. */
  readonly reader: Transport;
  readonly broker: BrokerLogin;
  /** Path of the reader at the broker, e.g. `MagTek/Shop/DynaFlexIIPED/B571AF2`. */
  readonly path: string;
  /** Seconds that the reader may take to answer before the next command goes out. Default 5. */
  readonly answerTimeout?: number;
  /** Takes the reader over from another bridge that publishes it; without that, this one gives up. Default false. */
  readonly takeOver?: boolean;
  /** Seconds after which a silent reader is asked whether it is still there; 0 never. Default 30. */
  readonly keepAlive?: number;
  /**
   * Publishes what the reader says of itself and how its last sale ended, and at most once in so many seconds. Absent: nothing of
   * that is asked for or published.
   */
  readonly details?: number;
  readonly listener?: BridgeListener;
  /** Clock and timers. Default: those of the platform. */
  readonly environment?: Environment;
}

export class Bridge {
  private readonly broker: Connection;
  private readonly reader: Connection;
  private readonly brokerEnd: BrokerEnd;
  private readonly gate: CommandGate;
  private readonly liveness: Liveness;
  private readonly listener: BridgeListener;
  private readonly details: Details | undefined;
  private wasThere = false;

  constructor(options: BridgeOptions) {
    const { answerTimeout = 5, keepAlive = 30, environment = systemEnvironment, listener = {} } = options;
    this.listener = listener;
    this.gate = new CommandGate({
      environment,
      answerTimeout: answerTimeout * 1000,
      send: (bytes) => {
        void this.reader.send(bytes);
        this.readAlong(messageOf(bytes));
        this.listener.passed?.('to-reader', bytes);
      },
      unanswered: () => this.liveness.unanswered(),
      dropped: (why) => this.listener.dropped?.('to-reader', why),
    });
    this.liveness = new Liveness({
      environment,
      keepAlive,
      probe: () =>
        this.gate.ask(probe(), true).then(
          () => true,
          () => false,
        ),
      doubt: () => this.reader.doubt(),
      drop: () => this.reader.drop(),
    });
    this.brokerEnd = new BrokerEnd({
      ...options.broker,
      path: options.path,
      takeOver: options.takeOver ?? false,
      isSelling: () => this.details?.isSelling ?? false,
      clashed: (clash) => this.listener.clashed?.(clash),
      dropped: (why) => this.listener.dropped?.('to-reader', why),
      unsent: (why) => this.listener.dropped?.('from-reader', why),
    });
    const { details: period } = options;
    this.details =
      period === undefined
        ? undefined
        : new Details({
            environment,
            path: options.path,
            period,
            ask: (request) => this.gate.ask(request, false),
            isBusy: () => this.gate.isBusy,
            publish: (text) => this.brokerEnd.describe(text),
          });
    this.broker = new Connection(this.brokerEnd, environment, 'auto', {
      changed: (snapshot) => listener.changed?.('broker', snapshot),
      closed: () => this.gate.dropWaiting('the broker was lost before its turn came'),
      message: (bytes) => this.take(bytes),
      noise: () => this.listener.dropped?.('to-reader', 'it is not hexadecimal text'),
    });
    this.reader = new Connection(options.reader, environment, 'auto', {
      changed: (snapshot) => this.readerChanged(snapshot),
      closed: () => this.gate.clear(),
      message: (bytes) => this.passOn(bytes),
      noise: () => this.listener.dropped?.('from-reader', 'it is not hexadecimal text'),
    });
  }

  /** The version of MQTT that is spoken with the broker; undefined while it is away. */
  get mqttVersion(): string | undefined {
    const { version } = this.brokerEnd;
    return version && VERSION_NAMES[version];
  }

  /** Whether commands can reach the reader now. */
  get isThrough(): boolean {
    return isOpen(this.broker.snapshot.state) && isOpen(this.reader.snapshot.state);
  }

  /**
   * Resolves when the broker is there; the reader may come later. Both are opened again whenever they are lost.
   * @throws {Error} for people, when the broker does not let us in, or the address of the reader can never be used. Nothing is
   * left open then.
   */
  async start(): Promise<void> {
    const hopeless = new Promise<never>((_, reject) => {
      this.reader.connect({ persist: true }).catch(() => {
        const { state, error } = this.reader.snapshot;
        if (state === 'failed' && error) reject(cannotBeUsed('reader', error));
      });
    });
    try {
      await Promise.race([this.openBroker(), hopeless]);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Tells pages that the reader is gone and closes both sides; resolves when the broker knows. */
  async stop(): Promise<void> {
    this.details?.stop();
    this.broker.disconnect();
    this.reader.disconnect();
    await this.brokerEnd.closed;
  }

  private async openBroker(): Promise<void> {
    try {
      await this.broker.connect();
    } catch (error) {
      throw cannotBeUsed('broker', error as ReaderError);
    }
  }

  private readerChanged(snapshot: ReaderSnapshot): void {
    const isThere = isOpen(snapshot.state);
    if (isThere && !this.wasThere) this.liveness.start();
    if (!isThere) this.liveness.stop();
    if (isThere !== this.wasThere) {
      this.brokerEnd.announce(isThere);
      if (isThere) this.details?.opened();
      else this.details?.closed();
    }
    this.wasThere = isThere;
    this.listener.changed?.('reader', snapshot);
  }

  private take(bytes: Uint8Array): void {
    if (isOpen(this.reader.snapshot.state)) this.gate.take(bytes);
    else this.listener.dropped?.('to-reader', 'the reader is away');
  }

  /** Passes on what the reader says, except answers that no page has asked for. */
  private passOn(bytes: Uint8Array): void {
    this.liveness.heard();
    this.reader.verify();
    const message = messageOf(bytes);
    this.readAlong(message);
    if (message?.kind !== 'response') return this.publish(bytes);
    const asker = this.gate.settle(message);
    if (asker === 'page') this.publish(bytes);
    else if (asker === 'nobody') this.listener.dropped?.('from-reader', 'it answers nothing that was asked here');
    this.gate.proceed();
  }

  private readAlong(message: MmsMessage | undefined): void {
    if (message) this.details?.take(message);
  }

  private publish(bytes: Uint8Array): void {
    if (!isOpen(this.broker.snapshot.state)) {
      this.listener.dropped?.('from-reader', 'the broker is away');
      return;
    }
    this.brokerEnd.send(bytes);
    this.listener.passed?.('from-reader', bytes);
  }
}

/** Without the remedies, which are for pages. */
const cannotBeUsed = (side: Side, cause: ReaderError): Error =>
  new Error(`The ${side} cannot be used: ${cause.detail === '' ? cause.message : cause.detail}`, { cause });

/** The message; undefined for bytes that are none, which pages may see as they are. */
function messageOf(bytes: Uint8Array): MmsMessage | undefined {
  try {
    return decodeMessage(bytes);
  } catch (error) {
    if (error instanceof MmsError) return undefined;
    throw error;
  }
}
