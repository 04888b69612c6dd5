/**
 * A reader in software: it takes MMS bytes and answers with MMS bytes, and its face can be used by a program.
 * It does not know how bytes travel.
 */
import { decodeMessage } from '../mms/decode.js';
import { toHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { systemClock, type SimulatorClock } from './clock.js';
import { handlers, type HandlerContext } from './handlers.js';
import { Client, type Audience, type ReaderLink, type ReaderPort } from './links.js';
import { madeUpDetails, SIGNATURE_FILE, UNKNOWN_COMMAND } from './made-up.js';
import { fileNotification, notification, response } from './outgoing.js';
import { CLIENT_LIMIT, Properties, USER_EVENTS } from './properties.js';
import { SeededRandom } from './random.js';
import { Sale } from './sale.js';
import { signatureFile, type Point } from './signature.js';
import { testCards, type TestCard, type TestCardName } from './test-cards.js';

export interface SimulatedReaderOptions {
  /** The same seed gives the same card data. Default 1. */
  readonly seed?: number;
  /** Seven hexadecimal digits. Default `B571AF2`. */
  readonly serialNumber?: string;
  /** How many clients may be connected, 1 to 4. Default 4. */
  readonly clients?: number;
  /** Whether the reader shows texts itself; without a display it asks its host to. Default true. */
  readonly display?: boolean;
  /** Milliseconds before each message goes out. Default 0. */
  readonly latency?: number;
  /** Milliseconds between the steps of a sale. Default 60. */
  readonly pace?: number;
  /** Milliseconds that a restart takes. Default 300. */
  readonly restartTime?: number;
  /** Who gets notifications. Default `all`. */
  readonly audience?: Audience;
  /** Timers. Default: those of the platform. */
  readonly clock?: SimulatorClock;
}

/** What the reader is doing. */
export type SimulatedState =
  'idle' | 'transaction' | 'pin' | 'signature' | 'barcode' | 'buzzer' | 'showing' | 'resetting';

/** What can be seen of the reader. */
export interface ReaderFace {
  readonly state: SimulatedState;
  /** What its screen says. */
  readonly display: string;
  /** How many clients are connected. */
  readonly clients: number;
}

/** Bits of the user event mask [PJ, MG p235]. */
const USER_EVENT = {
  presented: 0x01,
  tapRemoved: 0x02,
  seated: 0x04,
  unseated: 0x08,
  swiped: 0x10,
  barcode: 0x80,
} as const;

const WELCOME = 'WELCOME';

/** Status of a message that is not constructed properly [PJ]. */
const BAD_MESSAGE = '010102';

export class SimulatedReader {
  private readonly options: Required<Omit<SimulatedReaderOptions, 'clients'>>;
  private readonly properties: Properties;
  private readonly random: SeededRandom;
  private readonly clients = new Set<Client>();
  private readonly listeners = new Set<(face: ReaderFace) => void>();
  private readonly timers = new Set<unknown>();
  private state: SimulatedState = 'idle';
  private text: string = WELCOME;
  private sale: Sale | undefined;
  private asker: Client | undefined;
  private eventMask: number;
  private stateTimer: unknown;
  private seated: TestCard | undefined;

  constructor(options: SimulatedReaderOptions = {}) {
    const { clients = 4, ...others } = options;
    this.options = {
      seed: 1,
      serialNumber: 'B571AF2',
      display: true,
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
    this.properties = new Properties(this.options.serialNumber);
    this.properties.set(CLIENT_LIMIT, Uint8Array.of(clients));
    this.eventMask = this.readEventMask();
  }

  /** What can be seen of the reader now. */
  get face(): ReaderFace {
    return { state: this.state, display: this.text, clients: this.clients.size };
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
    const limit = this.properties.get(CLIENT_LIMIT)?.[0] ?? 1;
    if (this.state === 'resetting' || this.clients.size >= limit) return undefined;
    const client = new Client(link);
    this.clients.add(client);
    this.changed();
    return {
      receive: (bytes) => {
        this.receive(client, bytes);
      },
      close: () => {
        if (this.clients.delete(client)) this.changed();
      },
    };
  }

  /** Puts a card into the slot. */
  insert(card: TestCard | TestCardName = 'visa'): void {
    const inserted = cardOf(card);
    if (!inserted.contact || this.seated) return;
    this.seated = inserted;
    if (this.sale) this.sale.insert(inserted);
    else this.userEvent(USER_EVENT.seated, '01020000');
  }

  /** Holds a card or a tag to the reader. */
  tap(card: TestCard | TestCardName = 'visa'): void {
    const tapped = cardOf(card);
    if (!tapped.contactless) return;
    if (this.sale) {
      this.sale.tap(tapped);
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
    if (!swiped.stripe) return;
    if (this.sale) this.sale.swipe(swiped);
    else this.userEvent(USER_EVENT.swiped, '01040000');
  }

  /** Takes the card out of the slot. */
  remove(): void {
    if (!this.seated) return;
    this.seated = undefined;
    if (this.sale) this.sale.remove();
    else this.notify(notification(0x0101, '10010300'), 0x0101, USER_EVENT.unseated, '01030000');
  }

  /** Enters a PIN, when one is asked for. Its block is noise. */
  enterPin(): void {
    if (this.state !== 'pin') return;
    const block = {
      tag: 'F5',
      children: [
        { tag: 'DF71', value: Uint8Array.of(0x00) },
        { tag: '99', value: this.random.bytes(8) },
        { tag: 'DFDF41', value: this.random.bytes(10) },
        { tag: 'DFDF42', value: Uint8Array.of(0x81) },
      ],
    };
    this.send(notification(0x0205, madeUpDetails.pinEntered, [block]), 0x0205);
  }

  /** Signs, when a signature is asked for: strokes of points. */
  sign(strokes: readonly (readonly Point[])[]): void {
    if (this.state !== 'signature') return;
    this.files.set(SIGNATURE_FILE, signatureFile(strokes));
    this.toIdle();
    this.send(fileNotification('01010101', SIGNATURE_FILE), 0x1805);
  }

  /** Shows a barcode to the reader. */
  scan(text: string): void {
    const payload = [{ tag: 'FC', children: [{ tag: 'DF74', value: new TextEncoder().encode(text) }] }];
    if (this.state === 'barcode') {
      this.toIdle();
      this.send(notification(0x1805, madeUpDetails.barcodeRead, payload), 0x1805);
    } else if (this.state === 'idle' && (this.eventMask & USER_EVENT.barcode) !== 0) {
      this.send(notification(0x1001, '01070000', payload), 0x1001);
    }
  }

  /** Restarts: the connections end, and what is set takes effect. */
  restart(): void {
    if (this.state === 'resetting') return;
    this.send(notification(0x1001, '00030000'), 0x1001);
    this.sale?.abandon();
    this.sale = undefined;
    this.enter('resetting', '');
    this.later(this.options.latency, () => {
      for (const client of [...this.clients]) {
        this.clients.delete(client);
        client.link.drop();
      }
      this.later(this.options.restartTime, () => {
        this.eventMask = this.readEventMask();
        this.toIdle();
      });
    });
  }

  /** Ends all connections and timers for good. */
  close(): void {
    for (const timer of this.timers) this.options.clock.clearTimeout(timer);
    this.timers.clear();
    this.options.clock.clearTimeout(this.stateTimer);
    this.sale?.abandon();
    for (const client of [...this.clients]) {
      this.clients.delete(client);
      client.link.drop();
    }
    this.listeners.clear();
  }

  private readonly files = new Map<string, Uint8Array>();

  private receive(client: Client, bytes: Uint8Array): void {
    if (this.state === 'resetting' || !this.clients.has(client)) return;
    let request;
    try {
      request = decodeMessage(bytes);
    } catch {
      this.rejectMalformed(client, bytes);
      return;
    }
    if (request.kind !== 'request' || request.direction !== 'to-reader') return;
    const handler = handlers[request.id];
    if (handler) handler(request, this.contextFor(client, request));
    else this.reply(client, response(request, 0x80, UNKNOWN_COMMAND));
  }

  /** A message that cannot be read is refused where its reference and command can, else ignored. */
  private rejectMalformed(client: Client, bytes: Uint8Array): void {
    if (!/^AA..810401......$/.test(toHex(bytes.subarray(0, 8)))) return;
    const head = decodeMessage(bytes.subarray(0, 8)) as MmsRequest;
    this.reply(client, response(head, 0x80, BAD_MESSAGE));
  }

  private contextFor(client: Client, request: MmsRequest): HandlerContext {
    return {
      state: this.state,
      sale: this.sale,
      properties: this.properties,
      files: this.files,
      reply: (summary, detail, payload) => {
        this.reply(client, response(request, summary, detail, payload));
      },
      sendFile: (bytes) => {
        this.reply(client, bytes);
      },
      notify: (id, bytes) => {
        this.asker = client;
        this.send(bytes, id);
      },
      enter: (state, text, seconds, ended) => {
        this.asker = client;
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
        this.asker = client;
        this.startSale(request);
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
    this.sale = new Sale(request, {
      clock: this.options.clock,
      random: this.random,
      serialNumber: this.options.serialNumber,
      hasDisplay: this.options.display,
      pace: this.options.pace,
      notify: (bytes) => {
        this.send(bytes, decodeMessage(bytes).id);
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

  private userEvent(bit: number, detail: string): void {
    if (this.state === 'idle' && (this.eventMask & bit) !== 0) this.send(notification(0x1001, detail), 0x1001);
  }

  /** A card taken out after a sale is told as part of it and, where wished, as a user event. */
  private notify(bytes: Uint8Array, id: number, bit: number, detail: string): void {
    this.send(bytes, id);
    this.userEvent(bit, detail);
  }

  private readEventMask(): number {
    return this.properties.get(USER_EVENTS)?.[0] ?? 0;
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

  private reply(client: Client, bytes: Uint8Array): void {
    this.later(this.options.latency, () => {
      if (this.clients.has(client)) client.link.deliver(bytes);
    });
  }

  /** Sends a notification to those who get and want it. */
  private send(bytes: Uint8Array, id: number): void {
    const to = this.options.audience === 'asker' && this.asker ? [this.asker] : [...this.clients];
    this.later(this.options.latency, () => {
      for (const client of to) if (this.clients.has(client) && client.wants(id)) client.link.deliver(bytes);
    });
  }

  private later(milliseconds: number, step: () => void): void {
    const { clock } = this.options;
    const timer = clock.setTimeout(() => {
      this.timers.delete(timer);
      step();
    }, milliseconds);
    this.timers.add(timer);
  }
}

function cardOf(card: TestCard | TestCardName): TestCard {
  if (typeof card !== 'string') return card;
  const named = (testCards as Readonly<Record<string, TestCard | undefined>>)[card];
  if (!named) throw new RangeError(`there is no test card “${card}”: ${Object.keys(testCards).join(', ')}`);
  return named;
}
