/**
 * One transaction of the simulated reader: Quick Chip by insert, tap or swipe, or a session with an NFC tag
 * (sections 8.1 to 8.5 and 8.10 of the protocol reference).
 * It does not know clients; it tells what happens through what it is given.
 */
import type { MmsRequest } from '../mms/message.js';
import { parseHex, toHex } from '../mms/hex.js';
import { findTlv } from '../mms/tlv.js';
import { arqcBlob, batchBlob, batchResults, tagMemory, technologies, type CardWay } from './card-data.js';
import type { SimulatorClock } from './clock.js';
import { madeUpDetails, SELECTION_PROMPT } from './made-up.js';
import { dataNotification, notification, textNotification } from './outgoing.js';
import type { SeededRandom } from './random.js';
import type { TestCard } from './test-cards.js';

/** What a sale is doing. */
export type SalePhase = 'waiting-for-card' | 'selecting' | 'reading' | 'completing' | 'nfc';

export interface SaleDependencies {
  readonly clock: SimulatorClock;
  readonly random: SeededRandom;
  readonly serialNumber: string;
  /** Whether the reader shows texts itself. */
  readonly hasDisplay: boolean;
  /** Milliseconds between two steps. */
  readonly pace: number;
  readonly notify: (bytes: Uint8Array) => void;
  readonly show: (text: string) => void;
  /** The reader is idle again. */
  readonly ended: () => void;
}

/** Texts of the reader's own list [SDK]. */
const TEXTS = { read: 'CARD READ OK - REMOVE CARD', processing: 'PROCESSING', timeout: 'TIMEOUT' } as const;

/** Detail codes of 0101 without their first byte [DP 0101, PJ]. */
const INSERTED = '010200';
const REMOVED = '010300';
const DETECTED = '010400';
const ARQC = '080202';
const BATCH = '080302';
const UID = '20080402';
const TAG_DETECTED = '20010401';
const COLLISION = '20010500';

const UID_TAG = 'DF79';

export class Sale {
  /** What it is doing now. */
  phase: SalePhase = 'waiting-for-card';
  private readonly dependencies: SaleDependencies;
  private readonly readers: { readonly swipe: boolean; readonly contact: boolean; readonly contactless: number };
  private readonly limit: number;
  private card: TestCard | undefined;
  private way: CardWay = 'contact';
  private isSeated = false;
  private timer: unknown;

  constructor(request: MmsRequest, dependencies: SaleDependencies) {
    this.dependencies = dependencies;
    const byte = (path: string): number => findTlv(request.payload, path)?.value[0] ?? 0;
    this.readers = { swipe: byte('A3/81') !== 0, contact: byte('A3/82') !== 0, contactless: byte('A3/83') };
    this.limit = byte('82');
  }

  begin(): void {
    this.prompt(this.invitation());
    this.after(this.limit * 1000, () => {
      this.prompt(TEXTS.timeout);
      this.end(madeUpDetails.timedOut);
    });
  }

  /** The card goes into the slot. */
  insert(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.contact || !card.contact) return;
    this.isSeated = true;
    this.begins(card, 'contact', INSERTED);
    if (card.applications.length > 1 && !this.dependencies.hasDisplay) this.offerApplications(card);
    else this.readSoon();
  }

  tap(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || this.readers.contactless === 0 || !card.contactless) return;
    if (card.tag) {
      if ((this.readers.contactless & 0x02) !== 0) this.openTag(card, card.tag.uid);
      return;
    }
    this.begins(card, 'contactless', DETECTED);
    this.readSoon();
  }

  swipe(card: TestCard): void {
    if (this.phase !== 'waiting-for-card' || !this.readers.swipe || !card.stripe) return;
    this.begins(card, 'swipe', '010100');
    this.readSoon();
  }

  /** More than one card in the field: the reader goes on waiting. */
  collide(): void {
    if (this.phase === 'waiting-for-card' && this.readers.contactless !== 0) {
      this.dependencies.notify(notification(0x0101, COLLISION));
    }
  }

  /** The card is pulled out. */
  remove(): void {
    if (!this.isSeated) return;
    this.isSeated = false;
    this.dependencies.notify(notification(0x0101, this.detail(REMOVED)));
    if (this.phase === 'reading' || this.phase === 'selecting') this.end(this.detail(madeUpDetails.removed));
  }

  /** The cardholder's choice (command 1802); false where there is nothing to choose. */
  select(index: number): boolean {
    if (this.phase !== 'selecting' || index >= (this.card?.applications.length ?? 0)) return false;
    this.phase = 'reading';
    this.readSoon();
    return true;
  }

  /** False where it is too late: the card has been read. */
  cancel(): boolean {
    if (this.phase === 'completing') return false;
    this.after(0, () => {
      this.end(madeUpDetails.cancelled);
    });
    return true;
  }

  /** Sends one command to the tag (command 1100); undefined where there is no tag or it does not know the command. */
  passThrough(command: Uint8Array, isLast: boolean): Uint8Array | undefined {
    if (this.phase !== 'nfc' || !this.card) return undefined;
    const answer = tagAnswer(tagMemory(this.card), command);
    if (isLast) {
      this.after(this.dependencies.pace, () => {
        this.end(madeUpDetails.tagDone);
      });
    }
    return answer;
  }

  /** Ends without a word: the reader restarts. */
  abandon(): void {
    this.dependencies.clock.clearTimeout(this.timer);
  }

  private begins(card: TestCard, way: CardWay, detail: string): void {
    this.card = card;
    this.way = way;
    this.phase = 'reading';
    this.dependencies.notify(notification(0x0101, this.detail(detail)));
    this.dependencies.show(TEXTS.processing);
  }

  private offerApplications(card: TestCard): void {
    this.phase = 'selecting';
    const lines = card.applications.map(({ label }) => label);
    this.dependencies.notify(textNotification(madeUpDetails.selection, [SELECTION_PROMPT, ...lines].join('\n')));
    this.after(this.limit * 1000, () => {
      this.end(madeUpDetails.timedOut);
    });
  }

  private readSoon(): void {
    this.after(this.dependencies.pace, () => {
      const { notify, random, serialNumber, pace } = this.dependencies;
      if (!this.card) return;
      this.phase = 'completing';
      notify(dataNotification(this.detail(ARQC), arqcBlob(this.card, this.way, serialNumber, random)));
      this.after(pace, () => {
        notify(notification(0x0105, this.detail(madeUpDetails.read)));
        this.prompt(TEXTS.read);
        this.after(pace, () => {
          notify(dataNotification(this.detail(BATCH), batchBlob(batchResults.decline, serialNumber, random)));
          this.finish();
        });
      });
    });
  }

  private openTag(card: TestCard, uid: string): void {
    const { notify } = this.dependencies;
    this.card = card;
    this.way = 'contactless';
    this.phase = 'nfc';
    notify(notification(0x0101, TAG_DETECTED));
    notify(dataNotification(UID, parseHex(`${UID_TAG}${toHex(Uint8Array.of(uid.length / 2))}${uid}`)));
    this.after(this.limit * 1000, () => {
      this.end(madeUpDetails.timedOut);
    });
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
    else this.dependencies.notify(textNotification(madeUpDetails.displayText, text));
  }

  /** What the reader asks for, in the words of its own list. */
  private invitation(): string {
    const { swipe, contact, contactless } = this.readers;
    const ways = [contactless !== 0 ? 'TAP' : '', contact ? 'INSERT' : '', swipe ? 'SWIPE' : ''].filter(
      (way) => way !== '',
    );
    if (ways.length === 3) return 'TAP, INSERT or SWIPE CARD';
    return ways.length === 0 ? 'PRESENT CARD' : `${ways.join(' or ')} CARD`;
  }

  private after(milliseconds: number, step: () => void): void {
    const { clock } = this.dependencies;
    clock.clearTimeout(this.timer);
    this.timer = clock.setTimeout(step, milliseconds);
  }
}

const PAGE = 4;

/** What a type 2 tag answers: GET_VERSION, READ, FAST_READ [NXP]; undefined for all else. */
function tagAnswer(memory: Uint8Array, command: Uint8Array): Uint8Array | undefined {
  const [code, first = 0, last = 0] = command;
  const pages = memory.length / PAGE;
  switch (code) {
    case 0x60:
      return parseHex('0004040201000F03');
    case 0x30: {
      if (first >= pages) return undefined;
      // Reading rolls over to the first page at the end of the memory.
      return Uint8Array.from({ length: 4 * PAGE }, (_, at) => memory[(first * PAGE + at) % memory.length] ?? 0);
    }
    case 0x3a:
      return first <= last && last < pages ? memory.subarray(first * PAGE, (last + 1) * PAGE) : undefined;
    default:
      return undefined;
  }
}
