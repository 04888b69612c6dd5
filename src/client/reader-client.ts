/**
 * One session with one reader: connection, requests, events and journal behind one object.
 * It does not know the DOM, elements or concrete transports.
 */
import { AutoStart, type AutoStartOptions } from '../transactions/auto-start.js';
import { requestOf } from '../connection/bad-input.js';
import { cancelTransaction } from '../mms/commands/cancel-transaction.js';
import type { Tone } from '../mms/commands/display.js';
import type { DisplayString } from '../mms/tables/display-strings.js';
import type { MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import type { BarcodeData } from '../mms/views/barcode.js';
import type { FileProperties } from '../mms/views/file.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { Destination, Transport } from '../transports/transport.js';
import type { ClientEvents, ClientSnapshot } from './client-events.js';
import { CompletionWaiters } from './operations/completion-waiters.js';
import { Connection, type ConnectOptions, type Reconnect } from '../connection/connection.js';
import { isOpen, isUsed, type ReaderSnapshot, type ReaderState } from '../connection/connection-state.js';
import { type Unsubscribe } from '../connection/environment.js';
import { Emitter } from '../connection/emitter.js';
import { withHealth, type Health, type HealthDetail } from '../mms/views/health.js';
import { optionNames, refuseUnknown } from './known-options.js';
import { systemEnvironment, timeIn, type Environment } from '../connection/environment.js';
import { DEFAULT_JOURNAL_SIZE, Journal, type JournalListener } from '../journal/journal.js';
import { isTimeLimit } from '../connection/time-limit.js';
import { Liveness } from '../connection/liveness.js';
import type { BarcodeOptions } from './operations/barcode.js';
import type { ReaderFile, ReadFileOptions, SendFileOptions } from './operations/files.js';
import type { FirmwareCheck, FirmwareUpdate, UpdateFirmwareOptions } from './operations/firmware.js';
import { loadDeviceInfo, loadRare } from './operations/load-rare.js';
import type { ClassicTag, ReadClassicTagOptions, WriteClassicTagOptions } from '../device/classic-tag.js';
import type { DeviceInfo } from '../device/device-info.js';
import type { DeviceLockOptions } from '../device/device-lock.js';
import type { PinEntry, PinOptions } from './operations/pin.js';
import { accepted, type OperationOptions, type ReaderAccess } from '../device/reader-access.js';
import type { ScreenOptions, ShowMessageOptions } from './operations/screen.js';
import type { SignatureOptions } from './operations/signature.js';
import type { TagMemory, TagOptions } from '../device/tag.js';
import type { TagWrite, WriteTagOptions } from '../device/tag-write.js';
import { readerName } from '../connection/reader-name.js';
import { answersProbe } from '../connection/probe.js';
import { ReaderError } from '../connection/reader-error.js';
import { badOption, type StartTransactionOptions } from '../transactions/start-options.js';
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
import { checkedResolution } from '../transactions/resolution.js';
import { resolvedFacts, reversalNote, reversalOverNote, saleNote, settledNote } from '../transactions/settled.js';
import type { UnresolvedTransaction } from '../transactions/unresolved.js';
import { Traffic } from './traffic.js';
import { RequestQueue } from '../connection/request-queue.js';
import { CANCEL_TRANSACTION, RESUME_TRANSACTION } from '../mms/tables/numbers.js';

export interface ReaderClientOptions {
  /** Moves the messages; it belongs to this client from now on. */
  readonly transport: Transport;
  /** Seconds to wait for a response unless a request says otherwise. Default 5. */
  readonly requestTimeout?: number;
  /** Whether a lost connection is opened again. Default `auto`. */
  readonly reconnect?: Reconnect;
  /**
   * Whether an unanswered request makes the state `stale` and asks the reader for a property, and the connection is dropped
   * when that is not answered either. Default true.
   */
  readonly livenessCheck?: boolean;
  /**
   * Seconds after which a silent reader is asked for a property, to notice a dead connection before the next command does.
   * Default 0, never: it may keep a reader awake or a session alive that its owner wants to end.
   */
  readonly keepAlive?: number;
  /** Hosts that may be connected to, each with or without a port. Default: all. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Asks the host about a sale; see {@link ReaderClient.authorize}. */
  readonly authorize?: Authorize;
  /** Asks the host how a sale ended; see {@link ReaderClient.inquire}. */
  readonly inquire?: Inquire;
  /** Has the host give money back; see {@link ReaderClient.reverse}. */
  readonly reverse?: Reverse;
  /** Entries that the journal keeps. Default 10,000. */
  readonly journalSize?: number;
  /** Gets every batch of redacted journal entries: for the page's own logging. */
  readonly sink?: JournalListener | undefined;
  /** Clock, timers and what a page knows of itself. Default: clock and timers of the platform, always visible and online. */
  readonly environment?: Environment;
}

export interface RequestOptions {
  /** Rejects the request with `aborted`; one that has been sent may still be carried out. */
  readonly signal?: AbortSignal;
  /** Seconds to wait for the response, counted from sending. */
  readonly timeout?: number;
  /** Resolve only when the completing notification has come too, where the reader says that the command is still running. */
  readonly until?: 'completed';
}

/** Seconds. */
const DEFAULT_INQUIRY_TIMEOUT = 60;

/** A response, with the notification that completed its command where it was waited for. */
export type CompletedResponse = MmsResponse & { readonly completion?: MmsNotification };

/** Talks to one reader. All its promises settle, and nothing is ever sent twice. */
export class ReaderClient {
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
  private readonly queue: RequestQueue;
  private readonly emitter: Emitter<ClientEvents>;
  private readonly completions: CompletionWaiters;
  private readonly traffic: Traffic;
  private tellingFailure = false;
  private shown: ClientSnapshot = Object.freeze({ state: 'idle' });

  constructor(options: ReaderClientOptions) {
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
    this.emitter = new Emitter((cause) => {
      this.listenerFailed(cause);
    });
    this.journal = new Journal({
      size: journalSize,
      sink: options.sink,
      onError: (cause) => {
        this.listenerFailed(cause);
      },
    });
    this.completions = new CompletionWaiters(this.environment);
    this.queue = new RequestQueue({
      environment: this.environment,
      send: (pending) => this.traffic.send(pending),
      unanswered: () => {
        if (livenessCheck) this.liveness.unanswered();
      },
    });
    this.liveness = new Liveness({
      environment: this.environment,
      keepAlive,
      probe: () => answersProbe(this.queue, this.requestTimeout),
      doubt: () => {
        this.connection.doubt();
      },
      drop: () => {
        this.connection.drop();
      },
    });
    this.sales = new Sales({
      environment: this.environment,
      reader: readerName(transport, this.environment),
      send: (request, options) => this.enqueue(request, options),
      authorize: (asked) => this.authorize(asked),
      reverse: (asked) => this.reverse(asked),
      reversalNeeded: (reversal, isUnstored) => {
        this.note(reversalNote(reversal));
        if (isUnstored) this.note('It could not be stored: only this page knows of it');
        this.emitter.emit('reversal-needed', reversal);
      },
      reversalOver: (item, isGivenBack) => {
        this.note(reversalOverNote(item, isGivenBack));
        const facts = resolvedFacts(item);
        // Others see the list without it.
        this.show(this.connection.snapshot, this.health);
        this.emitter.emit(
          'transaction-resolved',
          isGivenBack ? { ...facts, via: 'host', approved: false } : { ...facts, via: 'page' },
        );
      },
      changed: (update) => {
        this.emitter.emit('transaction', update);
      },
      done: (result) => {
        this.emitter.emit('transaction-complete', result);
      },
      unresolvedChanged: () => {
        this.show(this.connection.snapshot, this.health);
      },
      refused: (error) => {
        this.traffic.failed(error);
      },
    });
    this.connection = new Connection(transport, this.environment, reconnect, {
      changed: (snapshot, previous) => {
        this.stateChanged(snapshot, previous);
      },
      leaving: () => {
        this.sales.leave();
      },
      returned: () => {
        this.sales.returned();
      },
      closed: (error) => {
        this.rejectAll(error);
      },
      message: (bytes) => {
        this.traffic.receive(bytes);
      },
      noise: (data, because) => {
        this.traffic.noise(data, because);
      },
      confirm: () => answersProbe(this.queue, this.requestTimeout),
    });
    this.connection.allowHosts = options.allowHosts;
    this.traffic = new Traffic({
      environment: this.environment,
      journal: this.journal,
      emitter: this.emitter,
      connection: this.connection,
      queue: this.queue,
      completions: this.completions,
      sales: this.sales,
      access: this.access,
      heard: () => {
        this.liveness.heard();
        this.connection.verify();
      },
      health: (reported) => {
        this.reported(reported);
      },
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
    const { signal, timeout = this.requestTimeout, until } = options;
    const verbatim = typeof request === 'string' || ArrayBuffer.isView(request);
    const message = verbatim ? requestOf(request) : request;
    checkTimeLimit('timeout', timeout);
    if (!isOpen(this.state)) throw new ReaderError('not-connected');

    const completion = until === 'completed' ? this.completions.listen(message, signal) : undefined;
    try {
      const response = await this.enqueue(message, { verbatim, timeout, signal });
      if (!completion || !response.status.running) return response;
      return withCompletion(response, await completion.notification());
    } finally {
      completion?.stop();
    }
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
    checkTimeLimit('requestTimeout', this.requestTimeout);
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
    const unsubscribe = this.subscribe('card', (detail) => {
      autoStart.card(detail);
    });
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
    const { inquire = this.inquire, reverse, signal, timeout = DEFAULT_INQUIRY_TIMEOUT } = options;
    checkTimeLimit('timeout', timeout);
    let result: InquiryResult;
    try {
      result = await this.sales.inquire(transactionId, inquire, {
        milliseconds: timeout * 1000,
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      if (cause instanceof ReaderError) this.note(saleNote(transactionId, ': the host could not be asked'), cause);
      throw cause;
    }
    const { outcome, decision } = result;
    this.note(saleNote(transactionId, `: the host says ${outcome}`));
    // What the host approved and the card refused is not paid; where the card was not heard, a person settles it.
    if (decision && outcome !== 'unknown')
      this.settle(transactionId, { via: 'host', approved: outcome === 'approved', decision }, reverse);
    return result;
  }

  /**
   * Forgets an unresolved sale, once somebody knows how it ended. It is recorded in the journal with what is said of it, and told
   * as `transaction-resolved`. Does nothing where no such sale is unresolved.
   *
   * @throws {ReaderError} `bad-option` where a person is said to have settled it and `by` or `how` is empty.
   */
  resolveTransaction(transactionId: string, resolution: Resolution = { via: 'page' }): void {
    refuseUnknown(resolution, optionNames.resolution);
    this.settle(transactionId, resolution);
  }

  /** @param reverse In place of that of the client. */
  private settle(transactionId: string, resolution: Resolution, reverse?: Reverse): void {
    const said = checkedResolution(resolution);
    const resolved = this.sales.resolve(transactionId, said);
    if (!resolved) return;
    this.note(settledNote(resolved, said));
    this.show(this.connection.snapshot, this.health);
    const settled = { ...resolvedFacts(resolved), ...said };
    this.emitter.emit('transaction-resolved', settled);
    if (said.decision) this.sales.settledByHost(settled, said.decision, reverse);
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
    const answered = this.sales.reverse(transactionId, options.reverse);
    this.note(saleNote(transactionId, ': the host is told to give the money back'));
    return answered;
  }

  /**
   * Takes up what a page before had to give back: once, where it is not done already. `reverse` is asked where the client's own hook does
   * not do it.
   * @internal
   */
  takeUpReversal(transactionId: string, reverse?: Reverse): void {
    this.sales.takeUpReversal(transactionId, reverse);
  }

  /**
   * What the reader is: serial number, firmware, and what else it tells of itself.
   * @throws {ReaderError} `rejected` where it refuses to tell its serial number, and as {@link request}.
   */
  async getDeviceInfo(options?: OperationOptions): Promise<DeviceInfo> {
    refuseUnknown(options, optionNames.operation);
    const { getDeviceInfo } = await loadDeviceInfo();
    return getDeviceInfo(this.access, options);
  }

  /** Locks the reader or opens it again; see {@link setDeviceLock}. Refused with `transaction-in-progress` during a sale. */
  async setDeviceLock(options: DeviceLockOptions): Promise<boolean> {
    refuseUnknown(options, optionNames.deviceLock);
    const { setDeviceLock } = await this.loadForIdle();
    return setDeviceLock(this.access, options);
  }

  /** Asks for a PIN at the reader; see {@link requestPin}. The page gets the encrypted block, never the PIN. */
  async requestPin(options?: PinOptions): Promise<PinEntry> {
    refuseUnknown(options, optionNames.pin);
    const { requestPin } = await loadRare();
    return requestPin(this.access, options);
  }

  /** Lets the cardholder sign at the reader and fetches the signature; see {@link requestSignature}. */
  async requestSignature(options?: SignatureOptions): Promise<SignatureData> {
    refuseUnknown(options, optionNames.signature);
    const { requestSignature } = await loadRare();
    const signature = await requestSignature(this.access, options);
    this.emitter.emit('signature', signature);
    return signature;
  }

  /** Reads a barcode outside of a sale; see {@link readBarcode}. */
  async readBarcode(options?: BarcodeOptions): Promise<BarcodeData> {
    refuseUnknown(options, optionNames.barcode);
    const { readBarcode } = await loadRare();
    return readBarcode(this.access, options);
  }

  /** Waits for an NFC tag of type 2 and reads it; see {@link readTag}. Refused with `transaction-in-progress` during a sale. */
  async readTag(options?: TagOptions): Promise<TagMemory> {
    return (await this.loadForIdle()).readTag(this.access, options);
  }

  /**
   * Writes NDEF records to an NFC tag of type 2 when `confirm` agrees, and reads them back; see {@link writeTag}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async writeTag(options: WriteTagOptions): Promise<TagWrite> {
    return (await this.loadForIdle()).writeTag(this.access, options);
  }

  /** Reads sectors of a MIFARE Classic tag; see {@link readClassicTag}. Refused with `transaction-in-progress` during a sale. */
  async readClassicTag(options: ReadClassicTagOptions): Promise<ClassicTag> {
    return (await this.loadForIdle()).readClassicTag(this.access, options);
  }

  /**
   * Writes blocks of a MIFARE Classic tag when `confirm` agrees, and reads them back; see {@link writeClassicTag}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async writeClassicTag(options: WriteClassicTagOptions): Promise<string> {
    return (await this.loadForIdle()).writeClassicTag(this.access, options);
  }

  /**
   * Sends a file to the reader and reads back what it has of it; see {@link sendFile}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async sendFile(fileId: string, contents: Uint8Array, options?: SendFileOptions): Promise<FileProperties> {
    refuseUnknown(options, optionNames.sendFile);
    const copy = contents.slice();
    const { sendFile } = await this.loadForIdle();
    return sendFile(this.access, fileId, copy, options);
  }

  /** Fetches a file of the reader; see {@link readFile}. */
  async readFile(fileId: string, options?: ReadFileOptions): Promise<ReaderFile> {
    refuseUnknown(options, optionNames.operation);
    const { readFile } = await loadRare();
    return readFile(this.access, fileId, options);
  }

  /**
   * Looks at a firmware file and at the reader that is to have it, and changes nothing; see {@link checkFirmware}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async checkFirmware(file: Uint8Array, options?: OperationOptions): Promise<FirmwareCheck> {
    refuseUnknown(options, optionNames.operation);
    const copy = file.slice();
    const { checkFirmware } = await this.loadForIdle();
    return checkFirmware(this.access, copy, options);
  }

  /**
   * Replaces firmware of the reader; see {@link updateFirmware}. Nothing but this call starts it, and a wrong image can leave a
   * reader unusable. Refused with `transaction-in-progress` during a sale.
   */
  async updateFirmware(file: Uint8Array, options?: UpdateFirmwareOptions): Promise<FirmwareUpdate> {
    refuseUnknown(options, optionNames.updateFirmware);
    const copy = file.slice();
    const { updateFirmware } = await this.loadForIdle();
    return updateFirmware(this.access, copy, options, () => {
      this.assertIdle();
    });
  }

  /** Shows one of the reader's own texts; see {@link showMessage}. */
  async showMessage(text: DisplayString | number, options?: ShowMessageOptions): Promise<void> {
    refuseUnknown(options, optionNames.message);
    const { showMessage } = await loadRare();
    return showMessage(this.access, text, options);
  }

  /** Shows an image that was loaded before, from slot 1 to 4; see {@link showImage}. */
  async showImage(slot: number, options?: OperationOptions): Promise<void> {
    refuseUnknown(options, optionNames.operation);
    const { showImage } = await loadRare();
    return showImage(this.access, slot, options);
  }

  /** Plays tones; see {@link playTones}. */
  async playTones(tones: readonly Tone[], options?: ScreenOptions): Promise<void> {
    refuseUnknown(options, optionNames.screen);
    const { playTones } = await loadRare();
    return playTones(this.access, tones, options);
  }

  /** @throws {ReaderError} `transaction-in-progress`. */
  private assertIdle(): void {
    if (this.sales.current) throw new ReaderError('transaction-in-progress');
  }

  /** Operations that few pages use, for a reader that is selling neither before nor after they were loaded. */
  private async loadForIdle(): ReturnType<typeof loadRare> {
    this.assertIdle();
    const operations = await loadRare();
    this.assertIdle();
    return operations;
  }

  /** What the operations above single requests see of this client. */
  private get access(): ReaderAccess {
    return {
      environment: this.environment,
      model: this.model,
      request: (message, options) => this.request(message, options),
      requestThenSend: (message, then, options) => this.requestThenSend(message, then, options),
      subscribe: (name, listener) => this.observe(name, listener),
    };
  }

  /** @throws {ReaderError} as {@link request}. */
  private enqueue(
    message: MmsRequest,
    options: {
      readonly verbatim?: boolean;
      readonly timeout?: number;
      readonly signal?: AbortSignal | undefined;
      readonly sent?: (() => void) | undefined;
      readonly answered?: ((response: MmsResponse) => void) | undefined;
    },
  ): Promise<MmsResponse> {
    if (!isOpen(this.state)) return Promise.reject(new ReaderError('not-connected'));
    const { verbatim = false, timeout = this.requestTimeout, signal, sent, answered } = options;
    return this.queue.add(message, {
      verbatim,
      // Cards and people wait for these.
      first: message.id === CANCEL_TRANSACTION || message.id === RESUME_TRANSACTION,
      timeout: timeout * 1000,
      signal,
      sent,
      answered,
    });
  }

  private async requestThenSend(
    request: MmsRequest,
    then: (response: MmsResponse) => MmsMessage,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<MmsResponse> {
    let sending: Promise<void> | undefined;
    const response = await this.enqueue(request, {
      signal,
      answered: (answer) => {
        if (!answer.status.ok) return;
        // What it throws must not reach the transport that delivered the answer.
        sending = (async () => this.traffic.sendFile(then(answer)))();
        sending.catch(() => undefined);
      },
    });
    await sending;
    return response;
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
    this.sales.used(isUsed(state));
  }

  private reported(reported: HealthDetail): void {
    this.show(this.connection.snapshot, withHealth(this.health, reported));
    this.emitter.emit('health', reported);
  }

  private show(snapshot: ReaderSnapshot, health: Health): void {
    this.shown = this.snapshotOf(snapshot, health);
    this.emitter.emit('snapshot', this.shown);
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
    this.queue.rejectAll(copy);
    this.completions.rejectAll(copy);
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

/** @throws {ReaderError} `bad-option`. */
function checkTimeLimit(name: string, seconds: number): void {
  if (!isTimeLimit(seconds)) throw badOption(name, `${name} must be a number of seconds above 0.`);
}

/** The response with its completion; its getters stay where they are. */
function withCompletion(response: MmsResponse, completion: MmsNotification): CompletedResponse {
  return Object.defineProperty(response, 'completion', { value: completion, enumerable: true });
}
