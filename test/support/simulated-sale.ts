/** A client at a simulated reader, both by a clock that stands still: for what a whole sale comes to. */
import type { ReaderClientOptions } from '../../src/client/client-options.js';
import { ReaderClient } from '../../src/client/reader-client.js';
import type { MmsRequest } from '../../src/mms/message.js';
import type { SimulatedReaderOptions } from '../../src/simulator/options.js';
import { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import type { StartTransactionOptions } from '../../src/transactions/start-options.js';
import type { Transaction } from '../../src/transactions/transaction.js';
import { ManualClock } from './manual-clock.js';

let lastId = 0;

export class SimulatedSale {
  readonly clock = new ManualClock();
  readonly reader: SimulatedReader;
  readonly client: ReaderClient;
  /** Every request that went out. */
  readonly requests: MmsRequest[] = [];

  private constructor(reader: SimulatedReaderOptions, client: Partial<ReaderClientOptions>) {
    // Key serial numbers count from the serial number, and are used once in a process.
    const serialNumber = `C${(++lastId).toString(16).toUpperCase().padStart(6, '0')}`;
    this.reader = new SimulatedReader({ serialNumber, clock: this.clock, ...reader });
    this.client = new ReaderClient({
      transport: new SimulatedTransport(this.reader),
      environment: this.clock,
      reconnect: 'off',
      ...client,
    });
    this.client.subscribe('message', ({ message }) => {
      if (message.kind === 'request') this.requests.push(message);
    });
  }

  static async connected(
    reader: SimulatedReaderOptions = {},
    client: Partial<ReaderClientOptions> = {},
  ): Promise<SimulatedSale> {
    const made = new SimulatedSale(reader, client);
    await made.client.connect();
    return made;
  }

  /** Starts a sale, and gives it when the reader waits for a card. */
  async started(options: Partial<StartTransactionOptions> = {}): Promise<Transaction> {
    const sale = this.client.startTransaction({
      amount: '4.60',
      currency: 'EUR',
      transactionId: `simulated-${String(++lastId)}`,
      ...options,
    });
    await this.pass(1_000);
    return sale;
  }

  async pass(milliseconds: number): Promise<void> {
    await this.clock.letPass(milliseconds);
  }
}
