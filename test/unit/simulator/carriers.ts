/**
 * The ways to a simulated reader: every carrier of the table, and in place of its rows in memory and over WebSockets what the
 * package itself brings for them.
 */
import type { SimulatedReaderOptions } from '../../../src/simulator/options.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';
import type { Transport } from '../../../src/transports/transport.js';
import type { Carrier } from '../../support/carrier.js';
import { carriers as carriersOfAll, isPage } from '../../support/carriers.js';

/** A reader and the way to it. */
export interface CarriedReader {
  readonly reader: SimulatedReader;
  /** Another way to the same reader each time. */
  transport(): Transport;
  close(): Promise<void>;
}

export type CarryReader = (options: SimulatedReaderOptions) => Promise<CarriedReader>;

/** Fast, in real time. */
const quick = { pace: 1, restartTime: 20 };

const inMemory: CarryReader = (options) => {
  const reader = new SimulatedReader({ ...quick, ...options });
  return Promise.resolve({
    reader,
    transport: () => new SimulatedTransport(reader),
    close: () => {
      reader.close();
      return Promise.resolve();
    },
  });
};

const carriedBy =
  (carrier: Carrier): CarryReader =>
  async (options) => {
    const reader = new SimulatedReader({ ...quick, ...options });
    const { transport, close } = await carrier.carry(reader);
    return {
      reader,
      transport,
      close: async () => {
        reader.close();
        await close();
      },
    };
  };

export const carriers: Readonly<Record<string, CarryReader>> = {
  // What cannot be had here is said by `npm test`, and skipped by name in the tests of the client.
  ...Object.fromEntries(
    Object.entries(carriersOfAll)
      .filter(([, { missing }]) => missing === undefined)
      .map(([name, carrier]) => [name, carriedBy(carrier)]),
  ),
  'in memory': inMemory,
  ...(isPage ? {} : (await import('./carriers-of-node.js')).servedReaders(quick)),
};
