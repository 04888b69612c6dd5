/**
 * One session with one reader: connection, requests, events and journal behind one object.
 * It does not know the DOM, elements or concrete transports.
 */
import { Traffic } from './traffic.js';
import { ReaderOperations } from './reader-operations.js';
import { AutoStart, type AutoStartOptions } from '../transactions/auto-start.js';
import { cancelTransaction } from '../mms/commands/cancel-transaction.js';
import type { MmsRequest } from '../mms/message.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { Destination, Transport } from '../transports/transport.js';
import type { ClientEvents, ClientSnapshot } from './client-events.js';
import type { CompletedResponse, ReaderClientOptions, RequestOptions } from './client-options.js';
import { Connection, type ConnectOptions, type Reconnect } from '../connection/connection.js';
import { isOpen, isUsed, type ReaderSnapshot, type ReaderState } from '../connection/connection-state.js';
import { type Unsubscribe } from '../connection/environment.js';
import { Emitter } from '../connection/emitter.js';
import { withHealth, type Health, type HealthDetail } from '../mms/views/health.js';
import { systemEnvironment, timeIn, type Environment } from '../connection/environment.js';
import { DEFAULT_JOURNAL_SIZE, Journal } from '../journal/journal.js';
import { assertTimeLimit } from '../connection/time-limit.js';
import { Liveness } from '../connection/liveness.js';
import { accepted, type ReaderAccess } from '../device/reader-access.js';
import { readerName } from '../connection/reader-name.js';
import { answersProbe } from '../connection/probe.js';
import { ReaderError } from '../connection/reader-error.js';
import type { StartTransactionOptions } from '../transactions/start-options.js';
import { Sales } from '../transactions/transactions.js';
import type {
  Authorize,
  Inquire,
  InquiryOptions,
  InquiryResult,
  Resolution,
  ReversalOptions,
  Reverse,
  Transaction,
  TransactionResult,
} from '../transactions/transaction.js';
import type { UnresolvedTransaction } from '../transactions/unresolved.js';
import { refuseUnknown } from '../connection/bad-option.js';
import { Settling } from './settling.js';
import { Requests } from './requests.js';
import { optionNames } from './known-options.js';

/** Talks to one reader. All its promises settle, and nothing is ever sent twice. */
export class ReaderClient extends ReaderOperations {
  /** What travelled, redacted. */
  readonly journal: Journal;
  /** Seconds to wait for a response unless a request says otherwise. */
  requestTimeout: number;
  /**
   * Asks the host about each sale, with the encrypted card data; its answer decides the outcome. A promise that rejects, or
   * an answer that is none, makes it `unknown`. Without this hook, or where it returns undefined, it is `deferred`.
   */
  authorize: Authorize;
  /** Asks the host how a sale ended whose outcome is not known here. Without this hook nobody is asked. */
  inquire: Inquire;
  /**
   * Has the host give back the money of a sale that it approved and the card refused (full EMV), until it says that it has, also
   * after a reload; the host carries it out once. Without this hook, or where it returns undefined, listeners of `reversal-needed` do
   * it, and {@link resolveTransaction} says when it is done.
   */
  reverse: Reverse;
  private readonly environment: Environment;
  private readonly transport: Transport;
  private readonly connection: Connection;
  private readonly liveness: Liveness;
  private readonly sales: Sales;
  private readonly settling: Settling;
  private readonly requests: Requests;
  private readonly emitter: Emitter<ClientEvents>;
  private readonly traffic: Traffic;
  private tellingFailure = false;
  private shown: ClientSnapshot = Object.freeze({ state: 'idle' });

  constructor(options: ReaderClientOptions) {
    super();
    refuseUnknown(options, optionNames.client);
    const {
      transport,
      requestTimeout = 5,
      reconnect = 'auto',
      livenessCheck = true,
      keepAlive = 0,
      journalSize = DEFAULT_JOURNAL_SIZE,
    } = options;
    this.environment = options.environment ?? systemEnvironment;
    this.transport = transport;
    this.requestTimeout = requestTimeout;
    this.authorize = options.authorize ?? (() => undefined);
    this.inquire = options.inquire ?? (() => undefined);
    this.reverse = options.reverse ?? (() => undefined);
    this.emitter = new Emitter((cause) => this.listenerFailed(cause));
    this.journal = new Journal({
      size: journalSize,
      sink: options.sink,
      onError: (cause) => this.listenerFailed(cause),
    });
    this.requests = new Requests(this, {
      environment: this.environment,
      send: (pending) => this.traffic.send(pending),
      sendFile: (file) => this.traffic.sendFile(file),
      unanswered: () => {
        if (livenessCheck) this.liveness.unanswered();
      },
    });
    this.liveness = new Liveness({
      environment: this.environment,
      keepAlive,
      probe: () => answersProbe(this.requests.queue, this.requestTimeout),
      doubt: () => this.connection.doubt(),
      drop: () => this.connection.drop(),
    });
    this.sales = new Sales({
      environment: this.environment,
      reader: readerName(transport, this.environment),
      send: (request, options) => this.requests.enqueue(request, options),
      authorize: (asked) => this.authorize(asked),
      reverse: (asked) => this.reverse(asked),
      reversalNeeded: (reversal, isUnstored) => this.settling.reversalNeeded(reversal, isUnstored),
      reversalOver: (item, isGivenBack) => this.settling.reversalOver(item, isGivenBack),
      changed: (update) => this.emitter.emit('transaction', update),
      done: (result) => this.emitter.emit('transaction-complete', result),
      unresolvedChanged: () => this.showAgain(),
      refused: (error) => this.traffic.failed(error),
    });
    this.settling = new Settling({
      sales: this.sales,
      emitter: this.emitter,
      note: (note, error) => this.note(note, error),
      changed: () => this.showAgain(),
    });
    this.connection = new Connection(transport, this.environment, reconnect, {
      changed: (snapshot, previous) => this.stateChanged(snapshot, previous),
      leaving: () => this.sales.leave(),
      returned: () => this.sales.returned(),
      closed: (error) => this.rejectAll(error),
      message: (bytes) => this.traffic.receive(bytes),
      noise: (data, because) => this.traffic.noise(data, because),
      confirm: () => answersProbe(this.requests.queue, this.requestTimeout),
    });
    this.connection.allowHosts = options.allowHosts;
    this.traffic = new Traffic({
      environment: this.environment,
      journal: this.journal,
      emitter: this.emitter,
      connection: this.connection,
      requests: this.requests,
      sales: this.sales,
      access: this.access,
      heard: () => {
        this.liveness.heard();
        this.connection.verify();
      },
      health: (reported) => this.reported(reported),
    });
    this.shown = this.snapshotOf(this.connection.snapshot, []);
  }

  /** State of the connection. */
  get state(): ReaderState {
    return this.connection.snapshot.state;
  }

  /** What went wrong last; undefined once the connection stands again. */
  get error(): ReaderError | undefined {
    return this.connection.snapshot.error;
  }

  /** State, error and condition, frozen; another object after each change. */
  get snapshot(): ClientSnapshot {
    return this.shown;
  }

  /** What the reader has reported of its condition and still holds, newest last. */
  get health(): Health {
    return this.shown.health ?? [];
  }

  /** Whether a lost connection is opened again; a change counts from the next loss. */
  get reconnect(): Reconnect {
    return this.connection.reconnect;
  }

  set reconnect(reconnect: Reconnect) {
    this.connection.reconnect = reconnect;
  }

  /** Hosts that may be connected to; undefined where all may. A change counts from the next try. */
  get allowHosts(): readonly string[] | undefined {
    return this.connection.allowHosts;
  }

  set allowHosts(hosts: readonly string[] | undefined) {
    this.connection.allowHosts = hosts;
  }

  /** Seconds after which a silent reader is asked whether it is there; 0 for never. */
  get keepAlive(): number {
    return this.liveness.keepAlive;
  }

  set keepAlive(seconds: number) {
    this.liveness.keepAlive = seconds;
  }

  /** Where the connection leads; undefined where it goes over no network, and where the address cannot be used. */
  get destination(): Destination | undefined {
    return this.transport.destination;
  }

  /** What the reader is, as its product on USB or its path at a broker says while it is connected; else `unknown`. */
  get model(): string {
    return this.transport.readerModel ?? 'unknown';
  }

  /** Calls `listener` for each event of that name until the returned function is called. */
  subscribe<Name extends keyof ClientEvents>(name: Name, listener: (detail: ClientEvents[Name]) => void): Unsubscribe {
    return this.emitter.subscribe(name, listener);
  }

  /**
   * As {@link subscribe}, but called before all that subscribed: for views, which must show what listeners are told of.
   * @internal
   */
  observe<Name extends keyof ClientEvents>(name: Name, observer: (detail: ClientEvents[Name]) => void): Unsubscribe {
    return this.emitter.observe(name, observer);
  }

  /**
   * Resolves when the reader can be talked to; a second call while one is under way joins it.
   * @throws {ReaderError} `unreachable`, `certificate-suspected`, `offline`, `bad-url`, `host-not-allowed`, `insecure-url`,
   * `mixed-content`, `blocked-by-policy`, `in-use`, `permission-needed`, `permission-denied` or `aborted`.
   */
  async connect(options?: ConnectOptions): Promise<void> {
    refuseUnknown(options, optionNames.connect);
    return this.connection.connect(options);
  }

  /** Closes the connection at once and rejects what waits with `connection-lost`. */
  disconnect(): void {
    this.connection.disconnect();
  }

  /**
   * Sends a request and resolves with its response, whatever the status says: `status.ok` tells.
   * A message gets a reference number of this client; hexadecimal text or bytes go out exactly as they are.
   *
   * @throws {ReaderError} `bad-hex` or `bad-message` before anything is sent, `not-connected`, `timeout`, `aborted`,
   * `connection-lost`.
   */
  async request(request: MmsRequest | string | Uint8Array, options: RequestOptions = {}): Promise<CompletedResponse> {
    refuseUnknown(options, optionNames.request);
    return this.requests.request(request, options);
  }

  /**
   * Starts a sale: Quick Chip, in which the reader ends the card's part itself and the host decides, or full EMV (`flow`).
   * The sale is given back at once; its `result` always resolves, also when the reader refuses (`failed`).
   *
   * @throws {ReaderError} before anything is sent: `bad-amount`, `bad-option`, `not-connected`, `transaction-in-progress`,
   * `duplicate-transaction`.
   */
  startTransaction(options: StartTransactionOptions): Transaction {
    refuseUnknown(options, optionNames.sale);
    if (!isOpen(this.state)) throw new ReaderError('not-connected');
    assertTimeLimit('requestTimeout', this.requestTimeout);
    return this.sales.start(options);
  }

  /** The sale that is running here; undefined between sales. */
  get transaction(): Transaction | undefined {
    return this.sales.current;
  }

  /**
   * Cancels whatever sale the reader is running, also one that was started elsewhere, and resolves when it is idle again:
   * with the outcome of the sale that was started here, if there is one.
   *
   * @throws {ReaderError} `rejected` where there is nothing to cancel or it is too late, and as {@link request}.
   */
  async cancelTransaction(): Promise<TransactionResult | undefined> {
    if (this.sales.current) return this.sales.current.cancel();
    await accepted(this.access, cancelTransaction());
    return undefined;
  }

  /**
   * Starts a sale when a card is presented to the idle reader: exactly one for a card, none while one runs.
   * The reader must report such events: set property 1.2.7.1.2.1 (`commands.setProperty`) and reset it.
   *
   * @returns Ends it.
   * @throws {RangeError} for a way that does not exist.
   */
  autoStart(options: AutoStartOptions): Unsubscribe {
    refuseUnknown(options, optionNames.autoStart);
    const autoStart = new AutoStart(options, {
      environment: this.environment,
      isBusy: () => !isOpen(this.state) || this.sales.current !== undefined,
      failed: (cause) => {
        if (cause instanceof ReaderError) this.traffic.failed(cause);
        else this.listenerFailed(cause);
      },
    });
    const unsubscribe = this.subscribe('card', (detail) => autoStart.card(detail));
    return () => {
      unsubscribe();
      autoStart.stop();
    };
  }

  /**
   * Sales whose outcome is unknown or whose money must be given back (`reversalNeeded`), of all tabs of this page and from before a
   * reload. One that runs in another tab is not.
   */
  get unresolvedTransactions(): readonly UnresolvedTransaction[] {
    return this.sales.unresolvedList;
  }

  /**
   * Asks the host how an unresolved sale ended, through `inquire` of the options or of this client. A decision resolves the sale;
   * `unknown` leaves it as it is, and asking may be repeated.
   *
   * @throws {ReaderError} `bad-option` where there is no unresolved sale with this id; `inquire-failed` where nobody asks, or the
   * host fails, does not answer within `timeout` (60 seconds) or says neither; `aborted`.
   */
  async inquireTransaction(transactionId: string, options: InquiryOptions = {}): Promise<InquiryResult> {
    refuseUnknown(options, optionNames.inquiry);
    return this.settling.inquire(transactionId, options.inquire ?? this.inquire, options);
  }

  /**
   * Forgets an unresolved sale, once somebody knows how it ended. It is recorded in the journal with what is said of it, and told
   * as `transaction-resolved`. Does nothing where no such sale is unresolved.
   *
   * @throws {ReaderError} `bad-option` where a person is said to have settled it and `by` or `how` is empty.
   */
  resolveTransaction(transactionId: string, resolution: Resolution = { via: 'page' }): void {
    refuseUnknown(resolution, optionNames.resolution);
    this.settling.resolve(transactionId, resolution);
  }

  /**
   * Has the host give back the money of a sale that it approved and the card refused, now, through `reverse` of the options, of the
   * sale or of this client; whether its next answer says that it has. It is told again after a no, as after the sale. This client does
   * that by itself at the end of a sale, and when it connects for what a page before could not do to its end: this method is for a
   * person who does not want to wait. Such sales are those of {@link unresolvedTransactions} with `reversalNeeded`.
   *
   * @throws {ReaderError} `bad-option` where nothing must be given back of a sale with this id.
   */
  async reverseTransaction(transactionId: string, options: ReversalOptions = {}): Promise<boolean> {
    refuseUnknown(options, optionNames.reversal);
    return this.settling.reverse(transactionId, options.reverse);
  }

  /**
   * Takes up what a page before had to give back: once, where it is not done already. `reverse` is asked where the client's own hook does
   * not do it.
   * @internal
   */
  takeUpReversal(transactionId: string, reverse?: Reverse): void {
    this.sales.givingBack.takeUpReversal(transactionId, reverse);
  }

  protected override signed(signature: SignatureData): void {
    this.emitter.emit('signature', signature);
  }

  protected override get access(): ReaderAccess {
    return {
      environment: this.environment,
      owner: this,
      model: this.model,
      assertIdle: () => {
        if (this.sales.current) throw new ReaderError('transaction-in-progress');
      },
      request: (message, options) => this.request(message, options),
      requestThenSend: (message, then, options) => this.requests.thenSend(message, then, options),
      subscribe: (name, listener) => this.observe(name, listener),
    };
  }

  private stateChanged(snapshot: ReaderSnapshot, previous: ReaderState): void {
    const { state, error } = snapshot;
    if (isOpen(state) && !isOpen(previous)) this.liveness.start();
    if (!isOpen(state)) this.liveness.stop();
    const again = snapshot.asking ? 'The browser may be asking for permission' : 'Not connected yet, trying again';
    this.note(state === previous ? again : `Connection: ${state}`, error);
    this.sales.listen(isUsed(state));
    // What was announced has come, or the reader says it again.
    const isNew = state === 'ready' && !isOpen(previous);
    this.show(snapshot, isNew ? this.health.filter(({ kind }) => kind !== 'restart-soon') : this.health);
    if (state === previous) return;
    this.emitter.emit('state', error === undefined ? { state, previous } : { state, previous, error });
    if (error !== undefined) this.emitter.emit('error', { error });
    this.sales.givingBack.used(isUsed(state));
  }

  private reported(reported: HealthDetail): void {
    this.show(this.connection.snapshot, withHealth(this.health, reported));
    this.emitter.emit('health', reported);
  }

  private show(snapshot: ReaderSnapshot, health: Health): void {
    this.shown = this.snapshotOf(snapshot, health);
    this.emitter.emit('snapshot', this.shown);
  }

  /** Sales without an outcome have changed. */
  private showAgain(): void {
    this.show(this.connection.snapshot, this.health);
  }

  private snapshotOf(snapshot: ReaderSnapshot, health: Health): ClientSnapshot {
    const unresolved = this.sales.unresolvedHere;
    return Object.freeze({
      ...snapshot,
      ...(health.length === 0 ? {} : { health }),
      ...(unresolved.length === 0 ? {} : { unresolved }),
    });
  }

  private note(note: string, error?: ReaderError): void {
    this.journal.add({ at: timeIn(this.environment), note, ...(error === undefined ? {} : { error }) });
  }

  private rejectAll(error: ReaderError): void {
    const copy = (): ReaderError => new ReaderError(error.code, error);
    this.sales.connectionLost(copy());
    this.requests.rejectAll(copy);
  }

  /** A listener's own error goes to the error listeners; what they throw themselves, or nobody hears, to the platform. */
  private listenerFailed(cause: unknown): void {
    if (this.tellingFailure || this.emitter.count('error') === 0) {
      queueMicrotask(() => {
        throw cause;
      });
      return;
    }
    this.tellingFailure = true;
    this.emitter.emit('error', { error: new ReaderError('listener-failed', { cause }) });
    this.tellingFailure = false;
  }
}
