/**
 * One transaction of the simulated reader: Quick Chip or full EMV by insert, tap or swipe, or a session with an NFC tag.
 * It does not know clients; it reports what happens through what it is given.
 */
import type { MmsRequest } from '../mms/message.js';
import { parseHex, toHex } from '../mms/hex.js';
import { decodeTlv, findNode, type TlvNode } from '../mms/tlv.js';
import { arqcBlob, batchBlob, technologies, type CardDataTools, type Reading } from './card-data.js';
import { cardObjects, setCryptogram, type CardWay } from './card-objects.js';
import type { SimulatorClock } from './clock.js';
import { enabledReaders, invitation, type EnabledReaders } from './enabled-readers.js';
import type { HostAnswer } from './host-answer.js';
import { barcodePayload, dataNotification, notification, selectionNotification, textNotification } from './outgoing.js';
import type { SeededRandom } from './random.js';
import {
  ARQC,
  BARCODE_DATA,
  BARCODE_READ,
  BATCH,
  COLLISION,
  DETECTED,
  INSERTED,
  REMOVED,
  SWIPED,
  TAG_REMOVED,
  tagDetected,
  TEXTS,
  TYPED,
  UID,
} from './sale-codes.js';
import { endingOf, noHost, quickChip, type SaleEnding } from './sale-ending.js';
import type { AnsweringTag, TestCard, TestTag } from './test-cards.js';
import { TipAndTax } from './tip.js';
import { CHIP_ATTEMPTS, unconfirmedDetails, SELECTION_PROMPT } from './unconfirmed.js';

/** What a sale is doing. */
export type SalePhase = 'waiting-for-card' | 'selecting' | 'reading' | 'waiting-for-host' | 'completing' | 'nfc';

export interface SaleDependencies {
  readonly clock: SimulatorClock;
  readonly random: SeededRandom;
  /** What card data are made with now. */
  readonly cardData: () => CardDataTools;
  /** Year, month and day, six digits. */
  readonly date: string;
  /** Eight characters (9F1C). */
  readonly terminalId: Uint8Array;
  /** Whether the reader shows texts itself. */
  readonly hasDisplay: boolean;
  /** The cardholder chooses among several applications on the reader's own display (property 1.2.1.1.1.2) [PJ]. */
  readonly choosesOnDisplay: boolean;
  /** The reader falls back to the stripe by itself (property 1.2.1.1.1.1) [DP 1.2.1]. */
  readonly fallsBack: boolean;
  /**
   * The host decides, and the reader waits for it (command 1004): so many seconds, and so often again [MG p94]. Undefined where
   * the reader answers the card itself (Quick Chip).
   */
  readonly hostWait: { readonly seconds: number; readonly retries: number } | undefined;
  /** Chip cards refuse after the host has said yes. */
  readonly cardRefuses: () => boolean;
  /** No chip gives an answer. */
  readonly chipFails: () => boolean;
  /** Milliseconds between two steps. */
  readonly pace: number;
  readonly memoryOf: (tag: TestTag) => AnsweringTag;
  readonly notify: (bytes: Uint8Array) => void;
  /** Sends card data for the host. */
  readonly notifyArqc: (bytes: Uint8Array) => void;
  readonly show: (text: string) => void;
  /** The reader is idle again. */
  readonly ended: () => void;
}

const UID_TAG = 'DF79';

export class Sale {
  /** What it is doing now. */
  phase: SalePhase = 'waiting-for-card';
  private readonly dependencies: SaleDependencies;
  private readonly terms: readonly TlvNode[];
  private readonly tip: TipAndTax;
  private readonly limit: number;
  private readers: EnabledReaders;
  private card: TestCard | undefined;
  private reading: Reading | undefined;
  private isChoosingTip = false;
  private way: CardWay = 'contact';
  private isSeated = false;
  private isFallback = false;
  private chipErrors = 0;
  private timer: unknown;

  constructor(request: MmsRequest, dependencies: SaleDependencies) {
    this.dependencies = dependencies;
    this.readers = enabledReaders(request);
    this.limit = findNode(request.payload, '82')?.value[0] ?? 0;
    this.terms = listOf(findNode(request.payload, '86')?.value);
    const [amount, currency] = ['9F02', '5F2A'].map((tag) => findNode(this.terms, tag)?.value);
    this.tip = new TipAndTax(request, amount, currency);
  }

  /** What the cardholder may choose from now: a tip, or an application of the card. */
  get choices(): readonly string[] {
    if (this.isChoosingTip) return this.tip.choices.map(({ label }) => label);
    return this.phase === 'selecting' ? (this.card?.applications.map(({ label }) => label) ?? []) : [];
  }

  begin(): void {
    // How a tip is asked for without a display is not published.
    this.isChoosingTip = this.dependencies.hasDisplay && this.tip.choices.length > 0;
    if (!this.isChoosingTip) return this.waitForCard(invitation(this.readers));
    this.phase = 'selecting';
    this.dependencies.show(['TIP', ...this.choices].join('\n'));
    this.endLater();
  }

  /** The card goes into the slot. */
  insert(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.contact || !card.contact) return;
    this.isSeated = true;
    this.begins(card, 'contact', INSERTED);
    if (card.isChipBroken || this.dependencies.chipFails()) this.failSoon();
    else if (card.applications.length > 1 && !this.dependencies.hasDisplay) this.offerApplications(card);
    else if (card.applications.length > 1 && this.dependencies.choosesOnDisplay) this.offerOnDisplay(card);
    else this.readSoon();
  }

  tap(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || this.readers.contactless === 0 || !card.contactless) return;
    if (card.tag) {
      if ((this.readers.contactless & 0x02) !== 0) this.openTag(card, card.tag);
      return;
    }
    this.begins(card, 'contactless', DETECTED);
    this.readSoon();
  }

  swipe(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.swipe || !card.stripe) return;
    this.begins(card, 'swipe', SWIPED);
    this.readSoon();
  }

  /** The number of a card is typed at the reader. */
  type(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.manual || card.pan === '') return;
    this.begins(card, 'manual', TYPED);
    this.readSoon();
  }

  /** A barcode in a transaction whose scanner is on. */
  scan(text: string): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.barcode) return;
    const { notify } = this.dependencies;
    notify(notification(0x0101, BARCODE_READ));
    notify(notification(0x0101, BARCODE_DATA, barcodePayload(text)));
  }

  /** More than one card in the field: the reader goes on waiting. */
  collide(): void {
    if (this.phase !== 'waiting-for-card' || this.readers.contactless === 0) return;
    this.dependencies.notify(notification(0x0101, COLLISION));
    this.prompt(TEXTS.oneCard);
  }

  /** The card is pulled out. */
  remove(): void {
    if (!this.isSeated) {
      if (this.phase === 'nfc') this.endTag();
      return;
    }
    this.isSeated = false;
    this.dependencies.notify(notification(0x0101, this.detail(REMOVED)));
    if (this.phase === 'reading' || this.phase === 'selecting' || this.phase === 'waiting-for-host') {
      this.end(this.detail(unconfirmedDetails.removed));
    }
  }

  /** The cardholder's choice; false where there is nothing to choose. */
  select(index: number): boolean {
    if (this.phase !== 'selecting' || index < 0 || index >= this.choices.length) return false;
    if (this.isChoosingTip) {
      this.isChoosingTip = false;
      this.tip.choose(index);
      this.waitForCard(invitation(this.readers));
      return true;
    }
    this.phase = 'reading';
    this.dependencies.show(TEXTS.processing);
    this.readSoon();
    return true;
  }

  /** False where it is too late: the card has been read. */
  cancel(detail: string = unconfirmedDetails.cancelled): boolean {
    if (this.phase === 'completing') return false;
    this.after(0, () => this.end(detail));
    return true;
  }

  /** The host's answer in full EMV (command 1004), while it is waited for. */
  resume(answer: HostAnswer): void {
    this.complete(endingOf(answer, this.dependencies.cardRefuses()));
  }

  /**
   * Sends one command to the tag (commands 1100 and 1101); undefined where there is no tag of that kind or it does not know the
   * command.
   */
  passThrough(command: Uint8Array, isLast: boolean, isForClassic: boolean): Uint8Array | undefined {
    const tag = this.card?.tag;
    if (this.phase !== 'nfc' || !tag) return undefined;
    const answer =
      (tag.type !== 'type-2') === isForClassic ? this.dependencies.memoryOf(tag).answer(command) : undefined;
    if (isLast) {
      this.after(this.dependencies.pace, () => this.end(unconfirmedDetails.tagDone));
    }
    return answer;
  }

  /** Ends without a word: the reader restarts. */
  abandon(): void {
    this.dependencies.clock.clearTimeout(this.timer);
  }

  private waitForCard(text: string): void {
    this.phase = 'waiting-for-card';
    this.prompt(text);
    this.endLater();
  }

  private endLater(): void {
    this.after(this.limit * 1000, () => {
      this.prompt(TEXTS.timeout);
      this.end(unconfirmedDetails.timedOut);
    });
  }

  private begins(card: TestCard, way: CardWay, detail: string): void {
    this.card = card;
    this.way = way;
    this.phase = 'reading';
    this.dependencies.notify(notification(0x0101, this.detail(detail)));
    this.dependencies.show(TEXTS.processing);
  }

  /** A chip that gives no answer: again, then by the stripe. */
  private failSoon(): void {
    this.after(this.dependencies.pace, () => {
      this.chipErrors++;
      const { fallsBack } = this.dependencies;
      if (!fallsBack) {
        this.prompt(TEXTS.cardError);
        this.end(this.detail(unconfirmedDetails.technicalFallback));
        return;
      }
      if (this.chipErrors >= CHIP_ATTEMPTS && this.readers.swipe) {
        this.isFallback = true;
        this.readers = { ...this.readers, contact: false, contactless: 0 };
      }
      this.waitForCard(this.isFallback ? TEXTS.useStripe : TEXTS.cardError);
    });
  }

  private offerApplications(card: TestCard): void {
    this.phase = 'selecting';
    const lines = card.applications.map(({ label }) => label);
    this.dependencies.notify(
      selectionNotification(unconfirmedDetails.selection, this.limit, [SELECTION_PROMPT, ...lines]),
    );
    this.endLater();
  }

  private offerOnDisplay(card: TestCard): void {
    this.phase = 'selecting';
    this.dependencies.show(card.applications.map(({ label }, at) => `${String(at + 1)} ${label}`).join('\n'));
    this.endLater();
  }

  private readSoon(): void {
    this.after(this.dependencies.pace, () => {
      const arqc = this.read();
      if (!arqc) return this.end(this.detail(unconfirmedDetails.outOfKeys));
      const { hostWait, pace } = this.dependencies;
      const hasChip = this.way === 'contact' || this.way === 'contactless';
      if (hostWait && hasChip) return this.askHost(arqc, hostWait.seconds * 1000, hostWait.retries);
      this.phase = 'completing';
      this.dependencies.notifyArqc(arqc);
      this.after(pace, () => this.complete(quickChip));
    });
  }

  /** The card is read: the message with its data for the host; undefined where there is no key to encrypt them with. */
  private read(): Uint8Array | undefined {
    const { card, way, isFallback, dependencies, terms, tip } = this;
    if (!card) return undefined;
    const { cardData, date, random, terminalId } = dependencies;
    const objects = cardObjects(card, { way, isFallback }, { list: terms, date, terminalId }, random);
    if (tip.objects.length > 0) objects.set('9F02', tip.amount);
    this.reading = { card, way, isFallback, objects, amounts: tip.objects };
    const blob = arqcBlob(this.reading, cardData());
    return blob && dataNotification(this.detail(ARQC), blob);
  }

  /** Sends the ARQC and waits for command 1004; sends it again when the host does not answer in time [MG p94]. */
  private askHost(arqc: Uint8Array, wait: number, retries: number): void {
    this.phase = 'waiting-for-host';
    this.dependencies.notifyArqc(arqc);
    this.prompt(TEXTS.authorizing);
    this.after(wait, () => {
      if (retries > 0) this.askHost(arqc, wait, retries - 1);
      else this.complete(noHost);
    });
  }

  private complete({ detail, result, cryptogram, code, text, isReversal = false }: SaleEnding): void {
    const { cardData, notify, pace, random } = this.dependencies;
    const { reading } = this;
    this.phase = 'completing';
    notify(notification(0x0105, this.detail(detail)));
    this.prompt(text);
    this.after(pace, () => {
      if (reading) {
        setCryptogram(reading.objects, cryptogram, random);
        reading.objects.set('8A', new TextEncoder().encode(code));
        const blob = batchBlob(reading, result, isReversal, cardData());
        if (blob) notify(dataNotification(this.detail(BATCH), blob));
      }
      this.finish();
    });
  }

  private openTag(card: TestCard, { type, uid }: TestTag): void {
    const { notify } = this.dependencies;
    this.card = card;
    this.way = 'contactless';
    this.phase = 'nfc';
    notify(notification(0x0101, tagDetected[type]));
    notify(dataNotification(UID, parseHex(`${UID_TAG}${toHex(Uint8Array.of(uid.length / 2))}${uid}`)));
    this.endLater();
  }

  /** The tag leaves the field. */
  private endTag(): void {
    this.dependencies.notify(notification(0x0101, TAG_REMOVED));
    this.end(unconfirmedDetails.tagDone);
  }

  private end(detail: string): void {
    this.dependencies.notify(notification(0x0105, detail));
    this.finish();
  }

  private finish(): void {
    this.dependencies.clock.clearTimeout(this.timer);
    this.dependencies.ended();
  }

  /** A detail code behind the technology of the card. */
  private detail(rest: string): string {
    return toHex(Uint8Array.of(technologies[this.way])) + rest;
  }

  private prompt(text: string): void {
    if (this.dependencies.hasDisplay) this.dependencies.show(text);
    else this.dependencies.notify(textNotification(unconfirmedDetails.displayText, text));
  }

  private after(milliseconds: number, step: () => void): void {
    const { clock } = this.dependencies;
    clock.clearTimeout(this.timer);
    this.timer = clock.setTimeout(step, milliseconds);
  }
}

/** The objects of a list; none where it is not one. */
function listOf(list: Uint8Array | undefined): readonly TlvNode[] {
  try {
    return decodeTlv(list ?? new Uint8Array(0));
  } catch {
    return [];
  }
}
