/**
 * Many simulated readers at a broker, each with a connection, a serial number and card data of its own, as real readers have.
 * It knows no process, and prints sums instead of every message.
 */
import { Bridge } from '../bridge/bridge.js';
import type { BrokerLogin } from '../bridge/broker-end.js';
import { SeededRandom } from '../simulator/random.js';
import { SimulatedReader } from '../simulator/simulated-reader.js';
import { SimulatedTransport } from '../simulator/simulated-transport.js';
import { aborted } from './aborted.js';
import { playCardholder } from './simulate-cardholder.js';

export interface FleetOptions {
  /** How many readers. */
  readonly size: number;
  readonly broker: BrokerLogin;
  /** What stands before the serial number of each reader in its path. */
  readonly path: string;
  /** The same seed gives the same card data; without one each run has its own. */
  readonly seed: number | undefined;
  /** Cards are presented at random when one is asked for; otherwise nobody presents any. */
  readonly auto: boolean;
  /** Seconds between two publications of what a reader says of itself; undefined where there are none. */
  readonly details?: number | undefined;
  /** Gets a line for people. */
  readonly say: (line: string) => void;
  /** Gives up while the broker has not let all of them in. */
  readonly signal?: AbortSignal;
}

/** What has happened since the start. */
export interface FleetFigures {
  /** Readers that commands can reach now. */
  readonly through: number;
  readonly commands: number;
  readonly messages: number;
  /** What was not passed on. */
  readonly dropped: number;
}

export interface Fleet {
  readonly figures: FleetFigures;
  /** Tells pages that the readers are gone; resolves when the broker knows. */
  stop(): Promise<void>;
}

/** Milliseconds before each thing that a cardholder does, at most. */
const SLOWEST_CARDHOLDER = 3_000;
/** Milliseconds between two lines of figures. */
const PERIOD = 10_000;
/** Serial numbers are seven hexadecimal digits; these look like none that a reader of the documentation has. */
const FIRST_SERIAL = 0xf000000;

/** The serial number of a reader of a fleet, counted from 0. */
export const fleetSerial = (index: number): string => (FIRST_SERIAL + index).toString(16).toUpperCase();

/**
 * Publishes the readers; resolves when all are at the broker.
 * @throws {Error} for people, when the broker does not let one of them in, and the signal's reason; none is left there then.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { size, broker, path, seed, auto, details, say, signal = new AbortController().signal } = options;
  const sums = { commands: 0, messages: 0, dropped: 0 };
  const members = Array.from({ length: size }, (_, index) => {
    const own = seed === undefined ? {} : { seed: seed + index };
    const reader = new SimulatedReader({ ...own, serialNumber: fleetSerial(index) });
    const random = own.seed === undefined ? undefined : new SeededRandom(own.seed);
    const leave = auto
      ? playCardholder(reader, { random: () => random?.next() ?? Math.random(), slowest: SLOWEST_CARDHOLDER })
      : undefined;
    const bridge = new Bridge({
      reader: new SimulatedTransport(reader),
      broker,
      path: `${path}/${fleetSerial(index)}`,
      // It is in this process: there is no network that could swallow it.
      keepAlive: 0,
      ...(details === undefined ? {} : { details }),
      listener: {
        passed: (direction) => {
          sums[direction === 'to-reader' ? 'commands' : 'messages']++;
        },
        dropped: () => {
          sums.dropped++;
        },
      },
    });
    return { reader, bridge, leave };
  });
  const figures = (): FleetFigures => ({
    through: members.filter(({ bridge }) => bridge.isThrough).length,
    ...sums,
  });
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    for (const { leave } of members) leave?.();
    await Promise.all(members.map(({ bridge }) => bridge.stop()));
    for (const { reader } of members) reader.close();
  };
  let told = '';
  const timer = setInterval(() => {
    const line = lineOf(figures(), size);
    if (line !== told) say(line);
    told = line;
  }, PERIOD);
  try {
    await Promise.race([Promise.all(members.map(({ bridge }) => bridge.start())), aborted(signal)]);
    signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get figures() {
      return figures();
    },
    stop,
  };
}

const lineOf = ({ through, commands, messages, dropped }: FleetFigures, size: number): string =>
  `${String(through)} of ${String(size)} readers at the broker, ${commands.toLocaleString('en')} commands, ` +
  `${messages.toLocaleString('en')} messages, ${dropped.toLocaleString('en')} dropped`;
