/**
 * A reader in software: it takes MMS bytes and answers with MMS bytes, and its face can be used by a program.
 * It does not know how bytes travel.
 */
import { decodeMessage } from '../mms/decode.js';
import type { MmsRequest } from '../mms/message.js';
import { BATTERY_LEVEL } from '../mms/tables/oids.js';
import type { TlvInput } from '../mms/tlv.js';
import { Activity } from './activity.js';
import type { CardDataTools } from './card-data.js';
import { CardholderInput } from './cardholder-input.js';
import type { TransactionKey } from './encryption.js';
import type { FaultTarget } from './faults/fault.js';
import type { FaultName } from './faults/index.js';
import type { ReaderFace, SimulatedState } from './face.js';
import { FileStore } from './file-store.js';
import { Firmware } from './firmware.js';
import type { HandlerContext } from './handlers/handler.js';
import { Inbox } from './inbox.js';
import type { Client, ReaderLink, ReaderPort } from './links.js';
import { barcodePayload, notification, response } from './outgoing.js';
import { settingsOf, type SimulatedReaderOptions, type SimulatedReaderSettings } from './options.js';
import { CLIENT_LIMIT, DEVICE_DRIVEN_FALLBACK, Properties, USER_EVENTS } from './properties.js';
import { SeededRandom } from './random.js';
import { RestartNotice } from './restart-notice.js';
import { Sale } from './sale.js';
import { cardDataSettings, saleSettings } from './sale-settings.js';
import type { Point } from './signature.js';
import { Switchboard } from './switchboard.js';
import { ClassicMemory } from './classic-memory.js';
import { TagMemory } from './tag-memory.js';
import { cardOf, type TestCard, type TestCardName, type AnsweringTag, type TestTag } from './test-cards.js';
import { Timers } from './timers.js';
import { unconfirmedDetails } from './unconfirmed.js';
import { barcodeTypes, USER_EVENT, type BarcodeType } from './user-events.js';

const OUT_OF_SERVICE = 'OUT OF SERVICE';

export class SimulatedReader {
  private readonly options: SimulatedReaderSettings;
  private readonly properties: Properties;
  private readonly random: SeededRandom;
  private readonly listeners = new Set<(face: ReaderFace) => void>();
  private readonly timers: Timers;
  private readonly switchboard: Switchboard;
  private readonly files = new FileStore();
  private readonly firmware = new Firmware();
  private readonly restartNotice: RestartNotice;
  private readonly activity: Activity;
  private readonly inbox: Inbox;
  private readonly input: CardholderInput;
  private readonly tags = new Map<string, AnsweringTag>();
  private battery = 100;
  private sale: Sale | undefined;
  private eventMask = 0;
  private clientLimit = 0;
  private isOutOfKeys = false;
  private seated: TestCard | undefined;
  /** The last card data for the host, as they were sent. */
  private lastArqc: Uint8Array | undefined;

  constructor(options: SimulatedReaderOptions = {}) {
    this.options = settingsOf(options);
    this.random = new SeededRandom(this.options.seed);
    const { latency, audience, clients, clock, fallback, serialNumber } = this.options;
    this.timers = new Timers(clock);
    this.switchboard = new Switchboard({ latency, audience, random: this.random, timers: this.timers });
    this.properties = new Properties(serialNumber);
    this.properties.set(CLIENT_LIMIT, Uint8Array.of(clients));
    this.properties.set(DEVICE_DRIVEN_FALLBACK, Uint8Array.of(fallback === 'reader' ? 1 : 0));
    this.restartNotice = new RestartNotice({
      properties: this.properties,
      switchboard: this.switchboard,
      timers: this.timers,
    });
    this.activity = new Activity(clock, () => this.changed());
    this.inbox = new Inbox({
      switchboard: this.switchboard,
      files: this.files,
      contextFor: (client, request) => this.contextFor(client, request),
      changed: () => this.changed(),
    });
    this.input = new CardholderInput({
      activity: this.activity,
      files: this.files,
      random: this.random,
      switchboard: this.switchboard,
      send: (id, detail, payload) => this.send(id, detail, payload),
      nextKey: () => this.nextKey(),
    });
    this.readSettings();
  }

  /** What can be seen of the reader now. */
  get face(): ReaderFace {
    const { sale, seated, switchboard } = this;
    const state = this.visibleState;
    return {
      state,
      display: state === 'offline' ? OUT_OF_SERVICE : this.activity.text,
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
    const client = this.activity.state === 'resetting' ? undefined : this.switchboard.admit(link, this.clientLimit);
    if (!client) return undefined;
    this.changed();
    this.restartNotice.tell();
    return {
      receive: (bytes) => {
        if (this.activity.state !== 'resetting' && this.switchboard.has(client)) this.inbox.receive(client, bytes);
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

  /** Types the number and the date of a card at the reader, where a sale takes that. */
  type(card: TestCard | TestCardName = 'visa'): void {
    if (this.isOut) return;
    this.sale?.type(cardOf(card));
    this.changed();
  }

  /**
   * Refuses the next command before a restart.
   * @param detail Status detail, six hexadecimal digits; the codes are in `statusDetails` of the protocol.
   */
  refuseNext(detail: string): void {
    if (!/^[0-9A-F]{6}$/i.test(detail)) throw new RangeError('a status detail is six hexadecimal digits');
    this.inbox.refuseNext(detail.toUpperCase());
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
    this.input.enterPin(pin, this.seated);
  }

  /** Signs, when a signature is asked for: strokes of points. */
  sign(strokes: readonly (readonly Point[])[]): void {
    this.input.sign(strokes);
  }

  /**
   * Shows a barcode to the reader.
   * @param type What an idle reader says that it is [MG p167]. Default `unknown`.
   */
  scan(text: string, type: BarcodeType = 'unknown'): void {
    if (this.sale) this.sale.scan(text);
    else if (!this.input.scan(text))
      this.userEvent(USER_EVENT.barcode, `0107${barcodeTypes[type]}00`, barcodePayload(text));
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
    if (this.sale) this.sale.cancel(unconfirmedDetails.cardholderCancelled);
    else this.input.cancel();
  }

  /** Restarts: the connections end, and what is set takes effect. */
  restart(): void {
    if (this.activity.state === 'resetting') return;
    this.send(0x1001, '00030000');
    this.stopSale();
    this.inbox.refuseNext(undefined);
    this.activity.enter('resetting', '');
    this.timers.later(this.options.latency, () => {
      this.switchboard.dropAll();
      this.timers.later(this.options.restartTime, () => {
        this.readSettings();
        this.restartNotice.restarted();
        this.activity.toIdle();
      });
    });
  }

  /** Ends all connections and timers for good. */
  close(): void {
    this.timers.clear();
    this.activity.stop();
    this.sale?.abandon();
    this.switchboard.dropAll();
    this.listeners.clear();
  }

  private get visibleState(): SimulatedState {
    return this.activity.state === 'resetting'
      ? this.activity.state
      : (this.switchboard.faultState ?? this.activity.state);
  }

  /** No card can be read. */
  private get isOut(): boolean {
    return this.visibleState === 'resetting' || this.visibleState === 'offline';
  }

  /** The key for the next message; a reader without keys reads no more cards. */
  private readonly nextKey = (): TransactionKey | undefined => {
    const key = this.options.encryption();
    if (!key) this.isOutOfKeys = true;
    return key;
  };

  private readonly faultTarget: FaultTarget = {
    announce: (id, detail) => this.send(id, detail),
    stop: () => {
      this.stopSale();
      if (this.activity.state !== 'resetting') this.activity.toIdle();
    },
    restart: () => this.restart(),
    setBattery: (percent) => {
      this.battery = percent;
      this.properties.changeFact(BATTERY_LEVEL, Uint8Array.of(percent));
    },
    repeatArqc: () => {
      if (this.lastArqc) this.switchboard.broadcast(this.lastArqc, 0x0101);
    },
  };

  private contextFor(client: Client, request: MmsRequest): HandlerContext {
    const { switchboard } = this;
    return {
      state: this.activity.state,
      sale: this.sale,
      serialNumber: this.options.serialNumber,
      isOutOfKeys: this.isOutOfKeys,
      properties: this.properties,
      firmware: this.firmware,
      fileOf: (fileId) => this.files.get(fileId),
      expectFile: (announcement) => this.files.expect(client, announcement),
      reply: (summary, detail, payload) => switchboard.reply(client, response(request, summary, detail, payload)),
      sendFile: (bytes) => switchboard.reply(client, bytes),
      notify: (id, bytes) => {
        switchboard.asker = client;
        switchboard.broadcast(bytes, id);
      },
      enter: (state, text, seconds, ended) => {
        switchboard.asker = client;
        this.activity.enter(state, text);
        if (seconds > 0) this.activity.endAfter(seconds * 1000, ended);
      },
      toIdle: () => this.activity.toIdle(),
      show: (text) => this.activity.show(text),
      startSale: () => {
        switchboard.asker = client;
        this.startSale(request);
      },
      askPin: (terms) => this.input.askPin(terms),
      askBarcode: (isEncrypted) => this.input.askBarcode(isEncrypted),
      subscribe: (isWanted, ids) => client.subscribe(isWanted, ids),
      restart: () => this.restart(),
    };
  }

  private startSale(request: MmsRequest): void {
    this.activity.enter('transaction', this.activity.text);
    const { clock, date, display, flow, pace } = this.options;
    this.sale = new Sale(request, {
      clock,
      date,
      random: this.random,
      cardData: () => this.cardData,
      hasDisplay: display,
      ...saleSettings(this.properties, flow),
      cardRefuses: () => this.switchboard.cardRefuses,
      chipFails: () => this.switchboard.chipFails,
      pace,
      memoryOf: (tag) => this.memoryOf(tag),
      notify: (bytes) => {
        this.switchboard.broadcast(bytes, decodeMessage(bytes).id);
        this.changed();
      },
      notifyArqc: (bytes) => {
        this.lastArqc = bytes;
        this.switchboard.broadcast(bytes, 0x0101);
        this.changed();
      },
      show: (text) => this.activity.show(text),
      ended: () => {
        this.sale = undefined;
        this.activity.toIdle();
      },
    });
    this.sale.begin();
    // A card that was left in the slot is read at once.
    if (this.seated) this.sale.insert(this.seated);
  }

  /** What card data are made with, by the settings and faults of now. */
  private get cardData(): CardDataTools {
    return {
      serialNumber: this.options.serialNumber,
      encryption: this.nextKey,
      ...cardDataSettings(this.properties),
      fault: this.switchboard.cardData,
    };
  }

  /** What a tag holds; it keeps what was written. */
  private memoryOf(tag: TestTag): AnsweringTag {
    let memory = this.tags.get(tag.uid);
    if (!memory) this.tags.set(tag.uid, (memory = tag.type === 'type-2' ? new TagMemory(tag) : new ClassicMemory(tag)));
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

  private changed(): void {
    for (const listener of [...this.listeners]) listener(this.face);
  }

  private send(id: number, detail: string, payload?: readonly TlvInput[]): void {
    this.switchboard.broadcast(notification(id, detail, payload), id);
  }
}
