/**
 * A client whose reader a test plays by hand, message by message: for what may belong to a sale and what must not.
 */
import type { Environment } from '../../src/connection/environment.js';
import type { ReaderClientOptions } from '../../src/client/client-options.js';
import { ReaderClient } from '../../src/client/reader-client.js';
import type { StartTransactionOptions } from '../../src/transactions/start-options.js';
import type { Transaction } from '../../src/transactions/transaction.js';
import { decodeMessage } from '../../src/mms/decode.js';
import { toMessage } from '../../src/mms/encode.js';
import { parseHex } from '../../src/mms/hex.js';
import type { MmsRequest } from '../../src/mms/message.js';
import { encodeTlv, type TlvInput } from '../../src/mms/tlv.js';
import { FakeTransport } from './fake-transport.js';
import { ManualClock } from './manual-clock.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

let lastKsn = 0;
/** A key serial number that no other reading of this run has. */
export const newKsn = (): string => `FFFF9876543210${(++lastKsn).toString(16).padStart(6, '0').toUpperCase()}`;

export const cardMessage = (detail = '10010200'): Uint8Array => parseHex(`AA008104830001018204${detail}`);
export const completionMessage = (detail = '10FFFFFF'): Uint8Array => parseHex(`AA008104830001058204${detail}`);
/** A text for the cardholder, as readers without a display send it. */
export const textMessage = (): Uint8Array =>
  toMessage({ kind: 'notification', id: 0x1803, detail: parseHex('00000000'), payload: [] }).bytes;

export interface CardDataOptions {
  /** Empty for none. */
  readonly ksn?: string;
  readonly serialNumber?: string;
  /** Masked card number. */
  readonly pan?: string;
  /** DFDF1A of a batch. */
  readonly result?: string;
  /** Of the stripe of a chip card (DFDF52 = 07). */
  readonly isChipOnStripe?: boolean;
}

/** Card data with a key serial number of their own, unless one is given. */
export function dataMessage(
  kind: 'arqc' | 'batch',
  {
    ksn = newKsn(),
    serialNumber = 'B547D37',
    pan = '411111******1111',
    result = '01',
    isChipOnStripe = false,
  }: CardDataOptions = {},
): Uint8Array {
  const key: TlvInput[] = ksn === '' ? [] : [{ tag: 'DFDF56', value: parseHex(ksn) }];
  const track: TlvInput = { tag: 'DFDF4D', value: ascii(`;${pan}=00000000000000000?`) };
  const inner: TlvInput =
    kind === 'arqc'
      ? {
          tag: '70',
          children: [
            { tag: 'DFDF52', value: parseHex(isChipOnStripe ? '07' : '05') },
            track,
            { tag: 'F8', children: key },
          ],
        }
      : {
          tag: 'F0',
          children: [
            { tag: 'F1', children: [{ tag: 'DFDF1A', value: parseHex(result) }] },
            { tag: 'F8', children: key },
          ],
        };
  const f9 = encodeTlv([
    {
      tag: 'F9',
      children: [
        { tag: 'DFDF25', value: ascii(serialNumber) },
        { tag: 'FA', children: [inner] },
      ],
    },
  ]);
  const blob = Uint8Array.of(f9.length >> 8, f9.length & 0xff, ...f9, 0, 0, 0, 0);
  return toMessage({
    kind: 'notification',
    id: 0x0101,
    detail: parseHex((isChipOnStripe ? '08' : '10') + (kind === 'arqc' ? '080202' : '080302')),
    payload: [{ tag: '84', value: blob }],
  }).bytes;
}

let lastId = 0;

export class PlayedSale {
  readonly transport = new FakeTransport();
  readonly clock: ManualClock;
  readonly client: ReaderClient;
  /** Key serial numbers that the host was asked about. */
  readonly asked: string[] = [];
  /** Codes of the errors that were told. */
  readonly errors: string[] = [];

  private constructor(also: Partial<Environment>, options: Partial<ReaderClientOptions>) {
    this.clock = Object.assign(new ManualClock(), also);
    this.client = new ReaderClient({
      transport: this.transport,
      environment: this.clock,
      reconnect: 'off',
      livenessCheck: false,
      authorize: ({ arqc }) => (this.asked.push(arqc.ksn), true),
      ...options,
    });
    this.client.subscribe('error', ({ error }) => this.errors.push(error.code));
  }

  static async connected(
    also: Partial<Environment> = {},
    options: Partial<ReaderClientOptions> = {},
  ): Promise<PlayedSale> {
    const played = new PlayedSale(also, options);
    await played.client.connect();
    return played;
  }

  start(options: Partial<StartTransactionOptions> = {}): Transaction {
    return this.client.startTransaction({
      amount: '4.60',
      currency: 'EUR',
      transactionId: `played-${String(++lastId)}`,
      ...options,
    });
  }

  /** What was asked last. */
  get last(): MmsRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nothing was asked');
    return request;
  }

  get requests(): MmsRequest[] {
    return this.transport.sent.map((bytes) => decodeMessage(bytes) as MmsRequest);
  }

  /** Starts a sale that the reader accepts. */
  async accepted(options: Partial<StartTransactionOptions> = {}): Promise<Transaction> {
    const sale = this.start(options);
    await this.answer({ summary: 0x01 });
    return sale;
  }

  async answer(answer: { readonly summary?: number; readonly detail?: string } = {}): Promise<void> {
    this.transport.answer(this.last, answer);
    await this.pass(0);
  }

  async deliver(...messages: readonly Uint8Array[]): Promise<void> {
    for (const message of messages) this.transport.deliver(message);
    await this.pass(0);
  }

  async pass(milliseconds: number): Promise<void> {
    await this.clock.letPass(milliseconds);
  }
}
