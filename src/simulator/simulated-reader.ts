/**
 * A reader in software: it takes MMS bytes and answers with MMS bytes, and its face can be used by a program.
 * It does not know how bytes travel.
 */
import { decodeMessage } from '../mms/decode.js';
import { parseHex, toHex } from '../mms/hex.js';
import type { MmsFile, MmsRequest } from '../mms/message.js';
import type { TlvInput } from '../mms/tlv.js';
import { systemClock, type SimulatorClock } from './clock.js';
import { noiseEncryption, type CardEncryption } from './encryption.js';
import type { FaultTarget } from './faults/fault.js';
import type { FaultName } from './faults/index.js';
import { FileStore } from './file-store.js';
import { Firmware } from './firmware.js';
import { handlers, type HandlerContext } from './handlers.js';
import type { Audience, Client, ReaderLink, ReaderPort } from './links.js';
import { madeUpDetails, SIGNATURE_FILE, UNKNOWN_COMMAND } from './made-up.js';
import { barcodePayload, encryptedBarcodePayload, fileNotification, notification, response } from './outgoing.js';
import { pinObject, type PinTerms } from './pin.js';
import {
  APPLICATION_SELECTION,
  CLIENT_LIMIT,
  DEVICE_DRIVEN_FALLBACK,
  Properties,
  RESET_ACKNOWLEDGED,
  RESET_NOTICE,
  USER_EVENTS,
} from './properties.js';
import { SeededRandom } from './random.js';
import { Sale, type SalePhase } from './sale.js';
import { signatureFile, type Point } from './signature.js';
import { Switchboard } from './switchboard.js';
import { TagMemory } from './tag-memory.js';
import { cardOf, type TestCard, type TestCardName, type TestTag } from './test-cards.js';
import { Timers } from './timers.js';

export interface SimulatedReaderOptions {
  /** The same seed gives the same card data. Default 1. */
  readonly seed?: number;
  /** Seven hexadecimal digits. Default `B571AF2`. */
  readonly serialNumber?: string;
  /** How many clients may be connected, 1 to 4. Default 4. */
  readonly clients?: number;
  /** Whether the reader shows texts itself; without a display it asks its host to. Default true. */
  readonly display?: boolean;
  /** Whether the reader answers a chip card itself, or waits for the host’s decision (command 1004). Default `quick-chip`. */
  readonly flow?: 'quick-chip' | 'full-emv';
  /** Milliseconds before each message goes out. Default 0. */
  readonly latency?: number;
  /** Milliseconds between the steps of a sale. Default 60. */
  readonly pace?: number;
  /** Milliseconds that a restart takes. Default 300. */
  readonly restartTime?: number;
  /** Who gets notifications. Default `all`. */
  readonly audience?: Audience;
  /** How card data are encrypted. Default: seeded noise, which nobody can decrypt. */
  readonly encryption?: CardEncryption;
  /** Timers. Default: those of the platform. */
  readonly clock?: SimulatorClock;
}

/** What the reader is doing. */
export type SimulatedState =
  | 'idle'
  | 'transaction'
  | 'pin'
  | 'signature'
  | 'barcode'
  | 'buzzer'
  | 'showing'
  | 'emulating'
  | 'updating'
  | 'resetting'
  | 'offline';

/** What can be seen of the reader. */
export interface ReaderFace {
  readonly state: SimulatedState;
  /** What its screen says. */
  readonly display: string;
  /** How many clients are connected. */
  readonly clients: number;
  /** What a running sale is doing. */
  readonly phase?: SalePhase;
  /** What the cardholder may choose from now. */
  readonly choices: readonly string[];
  /** The card in the slot. */
  readonly seated?: TestCard;
  /** Percent. */
  readonly battery: number;
  readonly faults: readonly FaultName[];
}

/** Bits of the user event mask [PJ, MG p235]; the one for the end of a touch is inferred [D]. */
const USER_EVENT = {
  presented: 0x01,
  tapRemoved: 0x02,
  seated: 0x04,
  unseated: 0x08,
  swiped: 0x10,
  touchPressed: 0x20,
  touchReleased: 0x40,
  barcode: 0x80,
} as const;

const WELCOME = 'WELCOME';
const OUT_OF_SERVICE = 'OUT OF SERVICE';

/** Status of a message that is not constructed properly [PJ]. */
const BAD_MESSAGE = '010102';

/** Value of property 1.2.1.1.1.2 with which the cardholder chooses on the display [PJ]. */
const CHOOSES_ON_DISPLAY = 0x03;
/** Value of property 1.2.7.1.1.1 with which a restart is told once [DP 1.2.7]. */
const TOLD_ONCE = 0xff;

export class SimulatedReader {
  private readonly options: Required<Omit<SimulatedReaderOptions, 'clients' | 'encryption'>>;
  private readonly encryption: CardEncryption;
  private readonly properties: Properties;
  private readonly random: SeededRandom;
  private readonly listeners = new Set<(face: ReaderFace) => void>();
  private readonly timers: Timers;
  private readonly switchboard: Switchboard;
  private readonly files = new FileStore();
  private readonly firmware = new Firmware();
  private readonly tags = new Map<string, TagMemory>();
  private state: SimulatedState = 'idle';
  private text: string = WELCOME;
  private battery = 100;
  private sale: Sale | undefined;
  private pin: PinTerms = { longest: 12, shortest: 4, account: '', isOfCard: false };
  private eventMask = 0;
  private clientLimit = 0;
  private encryptsBarcode = false;
  private stateTimer: unknown;
  private seated: TestCard | undefined;
  private isResetToTell = false;

  constructor(options: SimulatedReaderOptions = {}) {
    const { clients = 4, encryption, ...others } = options;
    this.options = {
      seed: 1,
      serialNumber: 'B571AF2',
      display: true,
      flow: 'quick-chip',
      latency: 0,
      pace: 60,
      restartTime: 300,
      audience: 'all',
      clock: systemClock,
      ...others,
    };
    if (!/^[0-9A-F]{7}$/.test(this.options.serialNumber))
      throw new RangeError('serialNumber must be seven hexadecimal digits');
    if (!Number.isInteger(clients) || clients < 1 || clients > 4) throw new RangeError('clients must be 1 to 4');
    this.random = new SeededRandom(this.options.seed);
    this.encryption = encryption ?? noiseEncryption(this.random);
    this.timers = new Timers(this.options.clock);
    const { latency, audience } = this.options;
    this.switchboard = new Switchboard({ latency, audience, random: this.random, timers: this.timers });
    this.properties = new Properties(this.options.serialNumber);
    this.properties.set(CLIENT_LIMIT, Uint8Array.of(clients));
    this.readSettings();
  }

  /** What can be seen of the reader now. */
  get face(): ReaderFace {
    const { sale, seated, switchboard } = this;
    const state = this.visibleState;
    return {
      state,
      display: state === 'offline' ? OUT_OF_SERVICE : this.text,
      clients: switchboard.size,
      ...(sale ? { phase: sale.phase } : {}),
      choices: sale?.choices ?? [],
      ...(seated ? { seated } : {}),
      battery: this.battery,
      faults: switchboard.faultNames,
    };
  }

  /** Calls `listener` whenever the face changes, until the returned function is called. */
  subscribe(listener: (face: ReaderFace) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Connects a client; undefined where the reader takes no more, or is restarting. */
  connect(link: ReaderLink): ReaderPort | undefined {
    const client = this.state === 'resetting' ? undefined : this.switchboard.admit(link, this.clientLimit);
    if (!client) return undefined;
    this.changed();
    this.tellReset();
    return {
      receive: (bytes) => {
        this.receive(client, bytes);
      },
      close: () => {
        if (this.switchboard.leave(client)) this.changed();
      },
    };
  }

  /** Lets something go wrong from now on. `reset` happens once; the others last until they are ended. */
  startFault(name: FaultName): void {
    this.switchboard.startFault(name, this.faultTarget);
    this.changed();
  }

  /** Ends a fault, or all of them where none is named. */
  endFault(name?: FaultName): void {
    for (const each of name === undefined ? this.switchboard.faultNames : [name]) {
      this.switchboard.endFault(each, this.faultTarget);
    }
    this.changed();
  }

  /** Puts a card into the slot. */
  insert(card: TestCard | TestCardName = 'visa'): void {
    const inserted = cardOf(card);
    if (!inserted.contact || this.seated || this.isOut) return;
    this.seated = inserted;
    if (this.sale) this.sale.insert(inserted);
    else this.userEvent(USER_EVENT.seated, '01020000');
    this.changed();
  }

  /** Holds a card or a tag to the reader. */
  tap(card: TestCard | TestCardName = 'visa'): void {
    const tapped = cardOf(card);
    if (!tapped.contactless || this.isOut) return;
    if (this.sale) {
      this.sale.tap(tapped);
      this.changed();
      return;
    }
    this.userEvent(USER_EVENT.presented, '01000000');
    this.userEvent(USER_EVENT.tapRemoved, '01010000');
  }

  /** Holds more than one card to the reader. */
  collide(): void {
    this.sale?.collide();
  }

  /** Pulls a card through the stripe reader. */
  swipe(card: TestCard | TestCardName = 'visa'): void {
    const swiped = cardOf(card);
    if (!swiped.stripe || this.isOut) return;
    if (this.sale) this.sale.swipe(swiped);
    else this.userEvent(USER_EVENT.swiped, '01040000');
    this.changed();
  }

  /** Takes the card out of the slot, or a tag out of the field. */
  remove(): void {
    const wasSeated = this.seated !== undefined;
    this.seated = undefined;
    if (this.sale) this.sale.remove();
    else if (wasSeated) {
      // A card taken out after a sale is told as part of it and, where wished, as a user event.
      this.send(0x0101, '10010300');
      this.userEvent(USER_EVENT.unseated, '01030000');
    }
    this.changed();
  }

  /**
   * Enters a PIN, when one is asked for. One that is too short or too long is refused by the keypad, which asks again.
   * @param pin Digits. Default `1234`.
   */
  enterPin(pin = '1234'): void {
    if (this.state !== 'pin') return;
    if (!/^\d+$/.test(pin)) throw new RangeError('a PIN is digits');
    const { shortest, longest, account, isOfCard } = this.pin;
    if (pin.length < shortest || pin.length > longest) {
      this.show('TRY AGAIN');
      return;
    }
    const number = isOfCard ? (this.seated ?? cardOf('visa')).pan : account;
    if (isOfCard) this.send(0x0201, madeUpDetails.pinCardRead);
    this.send(0x0205, madeUpDetails.pinEntered, [pinObject(pin, number, this.encryption())]);
    this.show('PLEASE WAIT');
  }

  /** Signs, when a signature is asked for: strokes of points. */
  sign(strokes: readonly (readonly Point[])[]): void {
    if (this.state !== 'signature') return;
    this.files.put(SIGNATURE_FILE, signatureFile(strokes));
    this.toIdle();
    this.switchboard.broadcast(fileNotification('01010101', SIGNATURE_FILE), 0x1805);
  }

  /** Shows a barcode to the reader. */
  scan(text: string): void {
    if (this.sale) this.sale.scan(text);
    else if (this.state === 'barcode') {
      this.toIdle();
      const payload = this.encryptsBarcode ? encryptedBarcodePayload(text, this.encryption()) : barcodePayload(text);
      this.send(0x1805, madeUpDetails.barcodeRead, payload);
    } else this.userEvent(USER_EVENT.barcode, '01070000', barcodePayload(text));
  }

  /** Touches the screen and lets go; the origin is top left [DP 1001]. */
  touch(x: number, y: number): void {
    const place = [{ tag: '81', value: Uint8Array.of(x >> 8, x & 0xff, y >> 8, y & 0xff) }];
    this.userEvent(USER_EVENT.touchPressed, '01050000', place);
    this.userEvent(USER_EVENT.touchReleased, '01060000', place);
  }

  /** Chooses one of `face.choices` on the reader’s own display. */
  select(index: number): void {
    if (this.options.display && this.sale?.select(index)) this.changed();
  }

  /** Presses the cancel key: what waits for the cardholder ends. */
  cancel(): void {
    if (this.sale) {
      this.sale.cancel(madeUpDetails.cardholderCancelled);
      return;
    }
    const told = cancelNotifications[this.state];
    if (!told) return;
    this.toIdle();
    this.send(...told);
  }

  /** Restarts: the connections end, and what is set takes effect. */
  restart(): void {
    if (this.state === 'resetting') return;
    this.send(0x1001, '00030000');
    this.stopSale();
    this.enter('resetting', '');
    this.timers.later(this.options.latency, () => {
      this.switchboard.dropAll();
      this.timers.later(this.options.restartTime, () => {
        this.readSettings();
        this.properties.set(RESET_ACKNOWLEDGED, Uint8Array.of(0));
        this.isResetToTell = true;
        this.toIdle();
      });
    });
  }

  /** Ends all connections and timers for good. */
  close(): void {
    this.timers.clear();
    this.options.clock.clearTimeout(this.stateTimer);
    this.sale?.abandon();
    this.switchboard.dropAll();
    this.listeners.clear();
  }

  private get visibleState(): SimulatedState {
    return this.state === 'resetting' ? this.state : (this.switchboard.faultState ?? this.state);
  }

  /** No card can be read. */
  private get isOut(): boolean {
    return this.visibleState === 'resetting' || this.visibleState === 'offline';
  }

  private readonly faultTarget: FaultTarget = {
    announce: (id, detail) => {
      this.send(id, detail);
    },
    stop: () => {
      this.stopSale();
      if (this.state !== 'resetting') this.toIdle();
    },
    restart: () => {
      this.restart();
    },
    setBattery: (percent) => {
      this.battery = percent;
    },
  };

  private receive(client: Client, bytes: Uint8Array): void {
    if (this.state === 'resetting' || !this.switchboard.has(client)) return;
    let message;
    try {
      message = decodeMessage(bytes);
    } catch {
      this.rejectMalformed(client, bytes);
      return;
    }
    if (message.direction !== 'to-reader') return;
    if (message.kind === 'request') this.carryOut(client, message);
    else if (message.kind === 'file') this.take(client, message);
  }

  /** True where a fault lets a message get to the reader. */
  private isHeard(client: Client, message: MmsRequest | MmsFile): boolean {
    const fate = this.switchboard.fateOf(message);
    if (fate === 'cut') {
      this.switchboard.cut(client);
      this.changed();
    } else if (typeof fate === 'object' && message.kind === 'request') {
      this.switchboard.reply(client, response(message, 0x80, fate.refused));
    }
    return fate === undefined;
  }

  /** A file is not answered: whether it was taken can be asked for (D825). */
  private take(client: Client, file: MmsFile): void {
    if (this.isHeard(client, file)) this.files.receive(client, file.fileId, file.contents);
  }

  private carryOut(client: Client, request: MmsRequest): void {
    if (!this.isHeard(client, request)) return;
    const handler = handlers[request.id];
    if (handler) handler(request, this.contextFor(client, request));
    else this.switchboard.reply(client, response(request, 0x80, UNKNOWN_COMMAND));
  }

  /** A message that cannot be read is refused where its reference and command can, else ignored. */
  private rejectMalformed(client: Client, bytes: Uint8Array): void {
    if (!/^AA..810401......$/.test(toHex(bytes.subarray(0, 8)))) return;
    const head = decodeMessage(bytes.subarray(0, 8)) as MmsRequest;
    this.switchboard.reply(client, response(head, 0x80, BAD_MESSAGE));
  }

  private contextFor(client: Client, request: MmsRequest): HandlerContext {
    const { switchboard } = this;
    return {
      state: this.state,
      sale: this.sale,
      properties: this.properties,
      firmware: this.firmware,
      fileOf: (fileId) => this.files.get(fileId),
      expectFile: (announcement) => {
        this.files.expect(client, announcement);
      },
      reply: (summary, detail, payload) => {
        switchboard.reply(client, response(request, summary, detail, payload));
      },
      sendFile: (bytes) => {
        switchboard.reply(client, bytes);
      },
      notify: (id, bytes) => {
        switchboard.asker = client;
        switchboard.broadcast(bytes, id);
      },
      enter: (state, text, seconds, ended) => {
        switchboard.asker = client;
        this.enter(state, text);
        if (seconds > 0) this.startStateTimer(seconds * 1000, ended);
      },
      toIdle: () => {
        this.toIdle();
      },
      show: (text) => {
        this.show(text);
      },
      startSale: () => {
        switchboard.asker = client;
        this.startSale(request);
      },
      askPin: (terms) => {
        this.pin = terms;
      },
      askBarcode: (isEncrypted) => {
        this.encryptsBarcode = isEncrypted;
      },
      subscribe: (isWanted, ids) => {
        client.subscribe(isWanted, ids);
      },
      restart: () => {
        this.restart();
      },
    };
  }

  private startSale(request: MmsRequest): void {
    this.enter('transaction', this.text);
    const { clock, display, flow, pace, serialNumber } = this.options;
    this.sale = new Sale(request, {
      clock,
      random: this.random,
      serialNumber,
      encryption: this.encryption,
      hasDisplay: display,
      choosesOnDisplay: this.properties.get(APPLICATION_SELECTION)?.[0] === CHOOSES_ON_DISPLAY,
      fallsBack: this.properties.get(DEVICE_DRIVEN_FALLBACK)?.[0] !== 0,
      isFullEmv: flow === 'full-emv',
      pace,
      memoryOf: (tag) => this.memoryOf(tag),
      notify: (bytes) => {
        this.switchboard.broadcast(bytes, decodeMessage(bytes).id);
        this.changed();
      },
      show: (text) => {
        this.show(text);
      },
      ended: () => {
        this.sale = undefined;
        this.toIdle();
      },
    });
    this.sale.begin();
    // A card that was left in the slot is read at once.
    if (this.seated) this.sale.insert(this.seated);
  }

  /** What a tag holds; it keeps what was written. */
  private memoryOf(tag: TestTag): TagMemory {
    let memory = this.tags.get(tag.uid);
    if (!memory) this.tags.set(tag.uid, (memory = new TagMemory(tag)));
    return memory;
  }

  private stopSale(): void {
    this.sale?.abandon();
    this.sale = undefined;
  }

  private userEvent(bit: number, detail: string, payload?: readonly TlvInput[]): void {
    if (this.visibleState === 'idle' && (this.eventMask & bit) !== 0) this.send(0x1001, detail, payload);
  }

  /** Settings that take effect when the reader starts. */
  private readSettings(): void {
    this.eventMask = this.properties.get(USER_EVENTS)?.[0] ?? 0;
    this.clientLimit = this.properties.get(CLIENT_LIMIT)?.[0] ?? 1;
  }

  /** Tells of a restart, to the first client after it: once, or again and again until it is acknowledged [DP 1.2.7]. */
  private tellReset(): void {
    const control = this.properties.get(RESET_NOTICE)?.[0] ?? 0;
    if (!this.isResetToTell || control === 0 || this.properties.get(RESET_ACKNOWLEDGED)?.[0] !== 0) return;
    this.isResetToTell = false;
    this.switchboard.broadcast(parseHex(RESET_OCCURRED), 0x1001);
    if (control === TOLD_ONCE) return;
    this.timers.later(control * 1000, () => {
      this.isResetToTell = true;
      if (this.switchboard.size > 0) this.tellReset();
    });
  }

  private enter(state: SimulatedState, text: string): void {
    this.options.clock.clearTimeout(this.stateTimer);
    this.state = state;
    this.text = text;
    this.changed();
  }

  private toIdle(): void {
    this.enter('idle', WELCOME);
  }

  private show(text: string): void {
    this.text = text;
    this.changed();
  }

  private startStateTimer(milliseconds: number, ended: () => void): void {
    this.stateTimer = this.options.clock.setTimeout(() => {
      this.toIdle();
      ended();
    }, milliseconds);
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener(this.face);
  }

  private send(id: number, detail: string, payload?: readonly TlvInput[]): void {
    this.switchboard.broadcast(notification(id, detail, payload), id);
  }
}

/** What the cancel key makes of a state that waits for the cardholder. */
const cancelNotifications: Readonly<Partial<Record<SimulatedState, readonly [id: number, detail: string]>>> = {
  pin: [0x0205, madeUpDetails.pinCancelled],
  signature: [0x1805, madeUpDetails.signatureCancelled],
  barcode: [0x1805, madeUpDetails.barcodeCancelled],
};

/** The reader has restarted, with its operational status and the detail of it, as the portal prints it [DP 1001]. */
const RESET_OCCURRED = 'AA0081048300100182040000000084081001810102820100';
