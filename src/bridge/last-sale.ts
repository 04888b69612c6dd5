/**
 * The end of the last sale at a reader, by what passes between it and its pages. Whoever passes messages on hears no host: it knows a
 * decision only where a page has the reader show it, or where a batch of full EMV says what became of it. It keeps no card data.
 */
import { toHex } from '../mms/hex.js';
import { MmsError } from '../mms/error.js';
import type { MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { displayString } from '../mms/tables/display-strings.js';
import {
  CANCEL_TRANSACTION,
  DISPLAY_MESSAGE,
  RESUME_TRANSACTION,
  START_TRANSACTION,
  TRANSACTION_COMPLETE,
} from '../mms/tables/numbers.js';
import { readCardData } from '../mms/views/card-data.js';
import { readCardEvent } from '../mms/views/card-event.js';
import { decideOutcome, type Evidence } from '../transactions/outcome.js';
import type { ReaderDetails } from '../transports/broker-options.js';

/** Milliseconds after its time limit in which a sale that has not ended still counts as running. */
const LONGEST_END = 300_000;
/** Milliseconds by which a reader's clock may run ahead of ours. */
const CLOCK_TOLERANCE = 500;
/** Seconds that a reader waits for a card where the start does not say it. */
const USUAL_LIMIT = 60;

/** DFDF1A of a batch [MF, DP batch]. */
const ACCEPTED = 0x00;
const DECLINED = 0x01;
const FAILED = 0x02;

/** Texts with which pages have the reader show what the host has decided. */
const shown: Readonly<Record<string, boolean>> = { APPROVED: true, 'APPROVED PLEASE SIGN': true, DECLINED: false };

/** When a message passed, by two clocks. */
export interface Moment {
  /** In milliseconds that are never set back or forward: for durations. */
  readonly now: number;
  /** In milliseconds since 1970: for people. */
  readonly at: number;
}

/** What was seen of a sale that the reader has accepted. */
interface Watched {
  readonly startedAt: number;
  readonly limit: number;
  isCardSeen: boolean;
  hasArqc: boolean;
  isCancelled: boolean;
  /** The reader was given a host's answer (full EMV). */
  isResumed: boolean;
  batch: number | undefined;
  /** What the reader was told to show. */
  approved: boolean | undefined;
  ended: { readonly when: Moment; readonly completion: string } | undefined;
}

export class LastSale {
  private sale: Watched | undefined;
  private asked: MmsRequest | undefined;
  private found: ReaderDetails['lastSale'];

  /** How it ended and when; undefined while none has. */
  get result(): ReaderDetails['lastSale'] {
    return this.found;
  }

  /** Whether a sale is running, as far as was heard. */
  isRunning(now: number): boolean {
    const { sale } = this;
    return sale !== undefined && !sale.ended && now - sale.startedAt < sale.limit + LONGEST_END;
  }

  /** Takes a message in either direction, in the order in which they pass. @returns whether something new is known. */
  take(message: MmsMessage, when: Moment): boolean {
    if (message.kind === 'request' && message.direction === 'to-reader') this.asked = message;
    if (message.kind === 'response') return this.answered(message, when);
    return message.kind === 'notification' && this.notified(message, when);
  }

  /** The reader was lost. @returns whether something new is known. */
  lost({ now, at }: Moment): boolean {
    const isCut = this.isRunning(now);
    this.sale = undefined;
    this.asked = undefined;
    if (isCut) this.found = { outcome: 'unknown', at };
    return isCut;
  }

  private answered(response: MmsResponse, when: Moment): boolean {
    const { asked, sale } = this;
    if (asked?.id !== response.id || asked.reference !== response.reference) return false;
    this.asked = undefined;
    const { ok } = response.status;
    if (asked.id === START_TRANSACTION) return this.started(asked, response, when);
    if (!ok || !sale) return false;
    if (asked.id === CANCEL_TRANSACTION) sale.isCancelled = true;
    else if (asked.id === RESUME_TRANSACTION) sale.isResumed = true;
    else if (asked.id === DISPLAY_MESSAGE) sale.approved = shown[textOf(asked)] ?? sale.approved;
    return this.settle(sale);
  }

  private started(start: MmsRequest, { status }: MmsResponse, { now, at }: Moment): boolean {
    if (status.ok) {
      this.sale = {
        startedAt: now,
        limit: limitOf(start) * 1000,
        isCardSeen: false,
        hasArqc: false,
        isCancelled: false,
        isResumed: false,
        batch: undefined,
        approved: undefined,
        ended: undefined,
      };
      return false;
    }
    // One that is running is not over because another was refused.
    if (this.isRunning(now)) return false;
    this.sale = undefined;
    this.found = { outcome: decideOutcome({ refused: status }).outcome, at };
    return true;
  }

  private notified(notification: MmsNotification, when: Moment): boolean {
    const { sale } = this;
    if (!sale) return false;
    if (readCardEvent(notification)?.during === 'transaction') sale.isCardSeen = true;
    const data = cardDataIn(notification);
    if (data) sale.isCardSeen = true;
    if (data?.kind === 'arqc') sale.hasArqc = true;
    if (data?.kind === 'batch') sale.batch = data.result;
    if (notification.id === TRANSACTION_COMPLETE)
      sale.ended = { when: sale.ended?.when ?? when, completion: toHex(notification.detail) };
    return this.settle(sale);
  }

  /** What comes after the end may still say more of it. */
  private settle(sale: Watched): boolean {
    if (!sale.ended) return false;
    const { outcome } = decideOutcome(evidenceOf(sale, sale.ended));
    const { at } = sale.ended.when;
    if (this.found?.outcome === outcome && this.found.at === at) return false;
    this.found = { outcome, at };
    return true;
  }
}

function evidenceOf(sale: Watched, { when, completion }: NonNullable<Watched['ended']>): Evidence {
  const { startedAt, limit, isResumed, batch, hasArqc, approved } = sale;
  const card = batch === ACCEPTED ? 'accepted' : batch === DECLINED ? 'refused' : 'silent';
  const isApproved = approved ?? (isResumed && card === 'accepted' ? true : undefined);
  return {
    completion,
    limitOver: when.now - startedAt >= limit - CLOCK_TOLERANCE,
    ...(sale.isCardSeen ? { cardSeen: true } : {}),
    ...(hasArqc ? { arqc: true } : {}),
    ...(sale.isCancelled ? { cancelled: true } : {}),
    ...(batch === FAILED ? { batchError: true } : {}),
    ...(isResumed ? { card } : {}),
    ...(hasArqc && isApproved !== undefined ? { decision: { approved: isApproved } } : {}),
  };
}

/** Seconds that the reader waits for a card. */
function limitOf({ payload }: MmsRequest): number {
  const value = payload.find(({ tag }) => tag === '82')?.value;
  return value ? value.reduce((sum, byte) => sum * 256 + byte, 0) : USUAL_LIMIT;
}

/** The text that a request has the reader show; empty for none that is known. */
const textOf = ({ payload }: MmsRequest): string =>
  displayString(payload.find(({ tag }) => tag === '82')?.value[0] ?? NaN) ?? '';

function cardDataIn(notification: MmsNotification): ReturnType<typeof readCardData> {
  try {
    return readCardData(notification);
  } catch (error) {
    // What is not whole says nothing.
    if (error instanceof MmsError) return undefined;
    throw error;
  }
}
