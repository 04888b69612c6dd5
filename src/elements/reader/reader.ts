/**
 * `<magtek-reader>`: owns the connection to one reader, shares it with the elements inside, and is where events happen:
 * those of `event-dispatch.ts`, and the two that its comment names.
 * It does not know how anything is shown.
 */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { badInput } from '../../connection/bad-input.js';
import type { ConnectOptions, Reconnect } from '../../connection/connection.js';
import type { ClientSnapshot } from '../../client/client-events.js';
import { isOpen, type ReaderState } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { JournalListener } from '../../journal/journal.js';
import type { CompletedResponse, RequestOptions } from '../../client/client-options.js';
import { ReaderClient } from '../../client/reader-client.js';
import type { BarcodeOptions } from '../../client/operations/barcode.js';
import type { DeviceInfo } from '../../device/device-info.js';
import type { PinEntry, PinOptions } from '../../client/operations/pin.js';
import type { OperationOptions } from '../../device/reader-access.js';
import type { SignatureOptions } from '../../client/operations/signature.js';
import type { TagMemory, TagOptions } from '../../device/tag.js';
import { detailed } from '../../connection/error-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { StartTransactionOptions } from '../../transactions/start-options.js';
import type { Authorize, Inquire, Reverse, Transaction, TransactionResult } from '../../transactions/transaction.js';
import { MagtekErrorEvent } from '../../events/index.js';
import { parseCommandLine } from '../../mms/command-line.js';
import type { MmsRequest } from '../../mms/message.js';
import type { BarcodeData } from '../../mms/views/barcode.js';
import type { SignatureData } from '../../mms/views/signature.js';
import type { BrokerCredentials, TopicPatterns } from '../../transports/broker-options.js';
import type { Transport } from '../../transports/transport.js';
import type { WebSocketFrames } from '../../transports/web-socket.js';
import { readerTransport } from './reader-transport.js';
import { VERSION } from '../../version.js';
import { clientContext, stateContext } from '../context/contexts.js';
import { CLIENT_CHANGE } from '../context/reader-controller.js';
import { autoConnectAttribute } from './auto-connect.js';
import { ReaderProvider } from '../context/reader-provider.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Departure } from '../shared/departure.js';
import { Internals } from '../shared/internals.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { ShownState } from '../shared/shown-state.js';
import { simulatedBadge, simulatedBadgeStyles } from '../shared/simulated-badge.js';
import { resettable } from '../shared/resettable.js';
import { browserEnvironment } from '../../page/browser-environment.js';
import { dispatchEvents } from './event-dispatch.js';
import { ExclusiveTransport } from '../../page/exclusive-transport.js';
import { LazySimulatedTransport, type LoadedSimulatedReader } from '../../page/lazy-simulated-transport.js';
import { askHost, askHowItEnded } from './host-events.js';
import { addressOf, refusing, wrongReaderOption } from './reader-options.js';

const IDLE: ClientSnapshot = Object.freeze({ state: 'idle' });

/**
 * Owns the connection to one reader and shares it with the elements inside it, or with those that name it in `for`.
 *
 * Moving it in the page keeps the connection; removing it ends the connection. Invalid values are
 * refused with `bad-option`. Another `url`, `frames`, `allow-insecure`, `simulated`, `transport`,
 * `device`, `topics` or user name in `credentials` closes the old connection and opens the new one where the old one was open or
 * `auto-connect` is set. Another password of the same user is used when the connection is opened next.
 *
 * @attr {string} state - The state of the connection; set by the element, for styles.
 *
 * @slot - Whatever belongs to this reader; it is shown as it is.
 *
 * @fires {MagtekAuthorizeEvent} magtek-authorize - The host is to decide about a sale; answer with `respondWith`.
 * @fires {MagtekInquireEvent} magtek-inquire - The host is to be asked how a sale ended; answer with `respondWith`.
 *
 * @cssstate idle - Nothing has been opened yet.
 * @cssstate connecting - Being opened.
 * @cssstate ready - Commands can be sent.
 * @cssstate stale - Open, but the reader has not answered lately.
 * @cssstate reconnecting - Lost, and being opened again.
 * @cssstate failed - Could not be opened.
 * @cssstate closed - Closed.
 */
export class MagtekReader extends MagtekElement {
  static readonly version: string = VERSION;

  static override styles = [
    simulatedBadgeStyles,
    css`
      :host {
        display: block;
      }
      :host([hidden]) {
        display: none;
      }
    `,
  ];

  /** Address of the reader, or with `transport="mqtt"` of the broker: `wss://…`, or `ws://…` for this computer. */
  @resettable @property() url = '';

  /**
   * Uses a simulated reader in the page instead of `url`, and says so above its contents. It is loaded only then. For demos and
   * tests: no card is read and no money is moved.
   */
  @property({ type: Boolean, converter: booleanAttribute }) simulated = false;

  /**
   * Connects as soon as it is in the page, and goes on trying when the reader is not there yet. Where the browser may have to
   * ask for permission, it fails with `permission-needed` and waits for a click; once that has worked, or where the value is
   * `always`, it does not wait.
   */
  @property({ converter: autoConnectAttribute, attribute: 'auto-connect' }) autoConnect: boolean | 'always' = false;

  /**
   * The hosts that may be connected to, separated by spaces, each with or without a port. Every other host is refused with
   * `host-not-allowed`, whatever `url` says; an empty text allows none.
   */
  @property({ attribute: 'allow-hosts' }) allowHosts: string | undefined;

  /**
   * Seconds after which a reader that says nothing is asked whether it is there, so that a dead connection is noticed before the
   * next sale; 0 for never. It may keep a reader awake.
   */
  @resettable @property({ type: Number, attribute: 'keep-alive' }) keepAlive = 0;

  /** Whether a lost connection is opened again: `auto` or `off`. Commands are never sent again. */
  @resettable @property() reconnect: Reconnect = 'auto';

  /** Seconds to wait for the answer to a command. */
  @resettable @property({ type: Number, attribute: 'request-timeout' }) requestTimeout = 5;

  /** How messages are sent: `hex` text or `binary`. Both are always received. */
  @resettable @property() frames: WebSocketFrames = 'hex';

  /** Accepts unencrypted `ws:` addresses of other computers. */
  @property({ type: Boolean, converter: booleanAttribute, attribute: 'allow-insecure' }) allowInsecure = false;

  /**
   * What to use instead of a WebSocket to the reader at `url`: `hid` for a reader on this computer’s USB, `serial` for one on a
   * serial port, `ble` for one over Bluetooth, `mqtt` for a reader behind the MQTT broker at `url`, each of which is loaded only
   * then; or, as property, a transport of one’s own, which belongs to this element from now on.
   */
  @property() transport: Transport | string | undefined;

  /**
   * Which reader where there are several. With `transport="hid"`, its product name or its four-digit product id; with
   * `serial`, the four-digit product id of the adapter; with `ble`, its Bluetooth name; with `mqtt`, its path at the broker, e.g.
   * `MagTek/Shop12/DynaFlexIIPED/B571AF2`.
   */
  @resettable @property() device = '';

  /** With `transport="mqtt"`, who the page is to the broker. They go nowhere else, and there is no attribute for them. */
  @property({ attribute: false }) credentials: BrokerCredentials | undefined;

  /** With `transport="mqtt"`, the topics of a reader that is set to others than usual. */
  @property({ attribute: false }) topics: TopicPatterns | undefined;

  /** Asks the host about a sale, where no listener of `magtek-authorize` does. */
  @property({ attribute: false }) authorize: Authorize | undefined;

  /** Asks the host how a sale ended whose outcome is not known, where no listener of `magtek-inquire` does. */
  @property({ attribute: false }) inquire: Inquire | undefined;
  /** Has the host give back the money of a sale that it approved and the card refused; called until it says that it has. */
  @property({ attribute: false }) reverse: Reverse | undefined;

  /** Entries that the log keeps; older ones go. Read when the connection is made: set it before, or in the page. */
  @resettable @property({ type: Number, attribute: 'journal-size' }) journalSize = 10_000;

  /** The page's own logging: gets every batch of redacted log entries. */
  @property({ attribute: false }) sink: JournalListener | undefined;

  private readonly clientProvider = new ReaderProvider(this, { context: clientContext });
  private readonly stateProvider = new ReaderProvider(this, { context: stateContext, initialValue: IDLE });
  private readonly shownState: ShownState;
  private readonly departure = new Departure(this, () => {
    this.isAutoConnectDue = true;
    const { transaction } = this;
    // Nobody could present a card to it any more: the reader is told before the connection goes.
    if (transaction?.phase === 'waiting-for-card') transaction.cancel().catch(() => undefined);
    this.disconnect();
  });
  private current: ReaderClient | undefined;
  /** What the current client was made of. */
  private madeOf = '';
  private madeWith: Transport | string | undefined;
  private simulation: LazySimulatedTransport | undefined;
  private unsubscribes: Unsubscribe[] = [];
  private exclusive: ExclusiveTransport | undefined;
  private stopWaiting: Unsubscribe | undefined;
  private isAutoConnectDue = true;
  /** The option that cannot be used, as it was in the last update. */
  private wrongSaid: string | undefined;

  constructor() {
    super();
    this.shownState = new ShownState(this, new Internals(this).states);
  }

  /** @internal */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'state'];
  }

  /** The client behind this element; undefined while there is neither `url` nor `transport`. */
  get client(): ReaderClient | undefined {
    this.makeClient();
    return this.current;
  }

  /** State of the connection, also as attribute and as `:state(…)`. */
  get state(): ReaderState {
    return this.current?.state ?? 'idle';
  }

  /** What went wrong last; undefined once the connection stands again. */
  get error(): ReaderError | undefined {
    return this.current?.error;
  }

  /** The face of the simulated reader, to present cards to; undefined where the element is not `simulated`. */
  get simulatedReader(): Promise<LoadedSimulatedReader> | undefined {
    this.makeClient();
    return this.simulation?.reader();
  }

  /** The sale that is running; undefined between sales. */
  get transaction(): Transaction | undefined {
    return this.current?.transaction;
  }

  /**
   * Opens the connection; resolves when the reader can be talked to.
   * Called from a click, it may make the browser ask for permission; `takeOver` ends the connection of another tab.
   * @throws {ReaderError} as the client’s method.
   */
  async connect(options?: ConnectOptions): Promise<void> {
    await this.requireClient('bad-url').connect(options);
  }

  /** Closes the connection and rejects what waits. */
  disconnect(): void {
    this.current?.disconnect();
  }

  /**
   * Sends a command and resolves with the reader's answer, whatever its status says.
   *
   * @param command Hexadecimal text or bytes, which go out exactly as they are; a pasted line `SENDCOMMAND,…`; or a request,
   * which gets its own reference number.
   * @throws {ReaderError} `bad-hex`, `bad-message`, `not-connected`, `timeout`, `aborted` or `connection-lost`.
   */
  async send(command: string | Uint8Array | MmsRequest, options?: RequestOptions): Promise<CompletedResponse> {
    const request = typeof command === 'string' ? parse(command) : command;
    return this.requireClient('not-connected').request(request, options);
  }

  /**
   * Starts a sale. Its `result` always resolves.
   * @throws {ReaderError} before anything is sent: `bad-amount`, `bad-option`, `not-connected`, `transaction-in-progress`,
   * `duplicate-transaction`.
   */
  startTransaction(options: StartTransactionOptions): Transaction {
    return this.requireClient('not-connected').startTransaction(options);
  }

  /**
   * Cancels the sale that the reader is running; resolves when it is idle again.
   * @throws {ReaderError} `rejected` where there is nothing to cancel or it is too late, and as `send`.
   */
  async cancelTransaction(): Promise<TransactionResult | undefined> {
    return this.requireClient('not-connected').cancelTransaction();
  }

  /** What the reader is. @throws {ReaderError} as the client's method. */
  async getDeviceInfo(options?: OperationOptions): Promise<DeviceInfo> {
    return this.requireClient('not-connected').getDeviceInfo(options);
  }

  /** Asks for a PIN at the reader. @throws {ReaderError} as the client's method. */
  async requestPin(options?: PinOptions): Promise<PinEntry> {
    return this.requireClient('not-connected').requestPin(options);
  }

  /** Lets the cardholder sign at the reader. @throws {ReaderError} as the client's method. */
  async requestSignature(options?: SignatureOptions): Promise<SignatureData> {
    return this.requireClient('not-connected').requestSignature(options);
  }

  /** Reads a barcode outside of a sale. @throws {ReaderError} as the client's method. */
  async readBarcode(options?: BarcodeOptions): Promise<BarcodeData> {
    return this.requireClient('not-connected').readBarcode(options);
  }

  /** Waits for an NFC tag and reads it. @throws {ReaderError} as the client's method. */
  async readTag(options?: TagOptions): Promise<TagMemory> {
    return this.requireClient('not-connected').readTag(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** @internal */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'state') this.shownState.restore();
  }

  /** With this, `moveBefore` does not call the two callbacks above. */
  connectedMoveCallback(): void {
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    this.makeClient();
    this.showState();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const wrong = wrongReaderOption(this);
    const isNew = wrong?.message !== this.wrongSaid;
    this.wrongSaid = wrong?.message;
    if (this.current && !wrong) {
      this.current.requestTimeout = this.requestTimeout;
      this.current.reconnect = this.reconnect;
      this.current.keepAlive = this.keepAlive;
      this.current.allowHosts = this.hosts;
    } else if (wrong && isNew && isOpen(this.state)) {
      // The connection stands, and goes on with what it had.
      this.dispatchEvent(new MagtekErrorEvent({ error: wrong }));
    }
    // A broker that let nobody in may do so with what was renewed.
    const isRenewed = changed.has('credentials') && this.state === 'failed' && this.error?.code === 'not-authorized';
    if (changed.has('autoConnect') || isRenewed) this.isAutoConnectDue = true;
    if (this.isAutoConnectDue && this.autoConnect && this.isConnected && this.current) {
      this.isAutoConnectDue = false;
      this.connectShowingErrors();
    }
  }

  protected override render(): TemplateResult {
    return html`${this.simulated ? simulatedBadge : nothing}<slot></slot>`;
  }

  /** Makes the client that the properties ask for, unless it is there. */
  private makeClient(): void {
    const { frames, allowInsecure, simulated, device, credentials, topics } = this;
    const url = addressOf(this.url);
    const transport = this.transport === '' ? undefined : (this.transport ?? undefined);
    const wrong = wrongReaderOption(this);
    const madeOf =
      (this.url as unknown) === '' && !simulated && !transport
        ? ''
        : // Nothing is cut for a value that cannot be used: a sale may be running.
          wrong && !isOpen(this.state)
          ? wrong.message
          : // Nor for a renewed password: it is for the next opening.
            JSON.stringify([url, frames, allowInsecure, simulated, device, credentials?.username, topics]);
    if (madeOf === this.madeOf && transport === this.madeWith) return;
    const wasOpen = !['idle', 'closed', 'failed'].includes(this.state);
    this.dropClient();
    this.madeOf = madeOf;
    this.madeWith = transport;
    if (madeOf !== '') {
      this.useClient(
        new ReaderClient({
          transport: wrong
            ? refusing(wrong)
            : typeof transport === 'object'
              ? transport
              : this.makeTransport(transport),
          environment: browserEnvironment(),
          reconnect: this.reconnect,
          ...(wrong ? {} : { keepAlive: this.keepAlive, allowHosts: this.hosts }),
          ...(Number.isInteger(this.journalSize) && this.journalSize > 0 ? { journalSize: this.journalSize } : {}),
          sink: (added) => this.sink?.(added),
          authorize: (request) => askHost(this, request),
          inquire: (request) => askHowItEnded(this, request),
          reverse: (request) => this.reverse?.(request),
        }),
      );
    }
    this.clientProvider.setValue(this.current);
    this.showState();
    this.dispatchEvent(new Event(CLIENT_CHANGE));
    this.isAutoConnectDue = true;
    if (wasOpen && this.current) this.connectShowingErrors();
  }

  private get hosts(): readonly string[] | undefined {
    return this.allowHosts
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter((host) => host !== '');
  }

  private makeTransport(name: string | undefined): Transport {
    const transport = readerTransport(this, name, () => this.departure.hurry());
    if (transport instanceof LazySimulatedTransport) this.simulation = transport;
    if (transport instanceof ExclusiveTransport) this.exclusive = transport;
    return transport;
  }

  private useClient(client: ReaderClient): void {
    if (this.requestTimeout > 0) client.requestTimeout = this.requestTimeout;
    this.current = client;
    this.unsubscribes = [
      // The state is shown before anybody is told.
      client.observe('snapshot', () => this.showState()),
      dispatchEvents(client, this),
    ];
  }

  private dropClient(): void {
    this.current?.disconnect();
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.unsubscribes = [];
    this.current = undefined;
    this.simulation = undefined;
    this.exclusive = undefined;
    this.stopWaiting?.();
  }

  private requireClient(code: 'bad-url' | 'not-connected'): ReaderClient {
    const { client } = this;
    if (!client) throw new ReaderError(code, detailed('no-url'));
    return client;
  }

  /** Failures are in the state and in the events; nobody waits for this. */
  private connectShowingErrors(): void {
    this.stopWaiting?.();
    this.current
      ?.connect({ persist: Boolean(this.autoConnect), unattended: this.autoConnect !== 'always' })
      .catch((error: unknown) => {
        // A page may draw the new one while the old one is still fading out.
        if (error instanceof ReaderError && error.because?.code === 'open-in-page')
          this.stopWaiting = this.exclusive?.whenFree(() => {
            if (this.autoConnect && this.isConnected && this.state === 'failed') this.connectShowingErrors();
          });
      });
  }

  private showState(): void {
    const snapshot = this.current?.snapshot ?? IDLE;
    this.stateProvider.setValue(snapshot);
    this.shownState.show(snapshot.state);
  }
}

function parse(text: string): Uint8Array {
  try {
    return parseCommandLine(text);
  } catch (cause) {
    throw badInput(cause);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-reader': MagtekReader;
  }
}
