/**
 * Messages between client and reader: each is recorded in the journal, given to listeners and handed to whoever waits for it.
 * Listeners get copies, so that nothing they do to the bytes of one reaches the sale, the journal or the answer.
 * It must not know how messages are carried, nor which request is next.
 */
import { reportSelection, type ReportSelectionOptions } from '../mms/commands/report-selection.js';
import { decodeMessage } from '../mms/decode.js';
import type { MmsMessage, MmsNotification, MmsRequest, MmsResponse } from '../mms/message.js';
import { displayString } from '../mms/tables/display-strings.js';
import { findNode } from '../mms/tlv.js';
import { readNotification, type NotificationReading } from '../mms/views/notification.js';
import type { TransportBecause } from '../transports/transport.js';
import { badInput } from '../connection/bad-input.js';
import type { ClientEvents } from './client-events.js';
import type { Requests } from './requests.js';
import type { Connection } from '../connection/connection.js';
import type { Emitter } from '../connection/emitter.js';
import { timeIn, type Environment } from '../connection/environment.js';
import { readHealth, type HealthDetail } from '../mms/views/health.js';
import { KnownTrackMask } from '../mms/views/known-track-mask.js';
import type { Journal } from '../journal/journal.js';
import type { JournalRecord } from '../journal/journal-entry.js';
import { cardDataDetail, copyCardData, inClear, type CardDataDetail } from '../transactions/card.js';
import { accepted, type ReaderAccess } from '../device/reader-access.js';
import { ReaderError } from '../connection/reader-error.js';
import type { PendingRequest } from '../connection/request-queue.js';
import type { Sales } from '../transactions/transactions.js';
import { DISPLAY_MESSAGE, RESET_DEVICE, START_TRANSACTION, TRANSACTION_COMPLETE } from '../mms/tables/numbers.js';

/** First bytes of the notifications that show that a reader works on a sale: of the sale, of a PIN, of its screen. */
const signsOfLife: ReadonlySet<number> = new Set([0x01, 0x02, 0x18]);

/** Notifications that announce a restart of the reader [PJ]. */
const restarts: ReadonlySet<string> = new Set(['device-reset-soon', 'device-resetting']);

/** Those who wait for messages, and what they are told with. */
export interface TrafficParts {
  readonly environment: Environment;
  readonly journal: Journal;
  readonly emitter: Emitter<ClientEvents>;
  readonly connection: Connection;
  readonly requests: Requests;
  readonly sales: Sales;
  readonly access: ReaderAccess;
  /** The reader has sent a message, whatever it is. */
  readonly heard: () => void;
  /** The reader has reported its condition. */
  readonly health: (reported: HealthDetail) => void;
}

/** The one place through which messages go out and come in. */
export class Traffic {
  private readonly parts: TrafficParts;
  private readonly trackMask = new KnownTrackMask();
  /** Journal entries of the requests that are not settled. */
  private readonly sequences = new WeakMap<PendingRequest, number>();

  constructor(parts: TrafficParts) {
    this.parts = parts;
  }

  /** Sends a request whose turn it is. @returns Resolves when all of it is sent; nothing where that takes no time. */
  send(pending: PendingRequest): void | Promise<void> {
    const { request } = pending;
    const sent = this.parts.connection.send(request.bytes);
    this.sequences.set(pending, this.record(request, timeIn(this.parts.environment)));
    return sent;
  }

  /** Sends a file, which the reader has agreed to and does not answer. @returns As {@link send}. */
  sendFile(file: MmsMessage): void | Promise<void> {
    const { connection, environment } = this.parts;
    const sent = connection.send(file.bytes);
    this.record(file, timeIn(environment));
    return sent;
  }

  /** Takes what the transport took for a message. */
  receive(bytes: Uint8Array): void {
    const { environment, heard, health } = this.parts;
    let message: MmsMessage;
    try {
      message = decodeMessage(bytes);
    } catch (cause) {
      this.broken(bytes, cause);
      return;
    }
    const at = timeIn(environment);
    if (message.direction === 'from-reader') heard();
    const reported = readHealth(message, at);
    if (reported) health(reported);
    if (message.kind === 'response') return this.receiveResponse(message, at);
    this.record(message, at);
    if (message.kind === 'notification') this.receiveNotification(message);
  }

  /** What the transport itself could not make a message of. */
  noise(data: string | Uint8Array, because?: TransportBecause): void {
    if (because === undefined || typeof data !== 'string') this.broken(data);
    else
      this.tellError(
        new ReaderError('bad-message', { detail: `${data.charAt(0).toUpperCase()}${data.slice(1)}.`, because }),
        { direction: 'from-reader' },
      );
  }

  /** Something arrived that is not a message: it is logged and told, and nothing else happens. */
  broken(data: string | Uint8Array, cause?: unknown): void {
    this.tellError(badInput(cause), { direction: 'from-reader', data });
  }

  /** Records and tells an error that nobody waits for. */
  failed(error: ReaderError): void {
    this.tellError(error);
  }

  private receiveResponse(response: MmsResponse, at: number): void {
    const { connection, emitter, requests } = this.parts;
    const { queue } = requests;
    const settled = queue.settle(response);
    if (settled === 'late' || settled === 'foreign') {
      const note = settled === 'late' ? 'answer to a request that was given up' : 'answer to another client';
      this.record(response, at, { note });
      if (response.id === START_TRANSACTION && response.status.ok) this.parts.sales.foreignStart(response.reference);
      return;
    }
    const { request, sentAt } = settled;
    const milliseconds = this.parts.environment.now() - sentAt;
    const answers = this.sequences.get(settled);
    this.trackMask.learn(response);
    settled.resolve(copyOf(response));
    this.record(response, at, { milliseconds, ...(answers === undefined ? {} : { answers }) });
    emitter.emit('response', { request: copyOf(request), response: copyOf(response), milliseconds });
    this.showsText(request, response);
    if (response.id === RESET_DEVICE && response.status.ok) connection.expectLoss();
    settled.answered?.(response);
    queue.proceed();
  }

  private receiveNotification(notification: MmsNotification): void {
    const { connection, emitter, requests, sales } = this.parts;
    requests.completions.notified(notification);
    emitter.emit('notification', { notification: copyOf(notification) });
    if (notification.id === TRANSACTION_COMPLETE) sales.completed(notification);
    else if (signsOfLife.has(notification.id >> 8)) sales.signOfLife();
    if (restarts.has(notification.name)) connection.expectLoss();
    try {
      for (const reading of readNotification(copyOf(notification), this.trackMask.mask)) this.tellReading(reading);
    } catch (cause) {
      // The message is whole and in the journal; what it carries is not.
      this.failed(badInput(cause));
    }
  }

  private tellReading({ event, value }: NotificationReading): void {
    const { emitter, sales } = this.parts;
    switch (event) {
      case 'card':
        emitter.emit(event, value);
        sales.card(value);
        return;
      case 'card-data':
        return this.tellCardData(cardDataDetail(value, (data) => sales.ownerOf(data)));
      case 'display':
        return emitter.emit(event, { text: value, clear: value === '' });
      case 'selection-request':
        return emitter.emit(event, { ...value, ...this.answerOnce() });
      default:
        emitter.emit(event, value);
    }
  }

  private tellCardData(data: CardDataDetail): void {
    if (data.clearTags.length > 0) this.failed(inClear(data.clearTags));
    this.parts.emitter.emit('card-data', copyCardData(data));
    this.parts.sales.cardData(data);
  }

  /** Answers a prompt; further calls get the first answer. */
  private answerOnce(): Pick<ClientEvents['selection-request'], 'select' | 'dismiss'> {
    const { access, sales } = this.parts;
    const sale = sales.current;
    let answered: Promise<unknown> | undefined;
    const answer = (options: ReportSelectionOptions): Promise<unknown> =>
      (answered ??= accepted(access, reportSelection(options)));
    return {
      select: async (index) => {
        await answer({ index });
      },
      dismiss: async (status) => {
        const isFirst = answered === undefined;
        await answer({ status });
        if (isFirst) sale?.choiceDismissed(status);
      },
    };
  }

  /** A Display Message that the reader accepted changes its screen. */
  private showsText(request: MmsRequest, response: MmsResponse): void {
    if (request.id !== DISPLAY_MESSAGE || !response.status.ok) return;
    const id = findNode(request.payload, '82')?.value[0];
    const text = id === undefined ? undefined : displayString(id);
    if (text !== undefined) this.parts.emitter.emit('display', { text, clear: text === '' });
  }

  /**
   * Records a message and tells of it.
   * @returns Its sequence number in the journal.
   */
  private record(message: MmsMessage, at: number, about: Partial<JournalRecord> = {}): number {
    const { emitter, journal } = this.parts;
    const { direction } = message;
    const sequence = journal.add({ at, direction, message, ...about });
    if (emitter.count('message') > 0) emitter.emit('message', { direction, message: copyOf(message), at });
    return sequence;
  }

  private tellError(error: ReaderError, about: Partial<JournalRecord> = {}): void {
    const { emitter, environment, journal } = this.parts;
    journal.add({ at: timeIn(environment), ...about, note: error.message, error });
    emitter.emit('error', { error });
  }
}

/** The same message with bytes of its own; messages are decoded as far as somebody looks. */
const copyOf = <Message extends MmsMessage>(message: Message): Message =>
  decodeMessage(message.bytes.slice()) as Message;
