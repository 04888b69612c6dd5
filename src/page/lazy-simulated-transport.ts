/**
 * The way to a simulated reader in the page, which is loaded when it is first opened: pages that take money never
 * download it.
 */
import { TransportError, type Transport } from '../transports/transport.js';
import { LazyTransport } from './lazy-transport.js';

const load = () => import('../simulator/index.js');

/** The simulated reader behind a `simulated` element: its face, to present cards to. */
export type LoadedSimulatedReader = InstanceType<Awaited<ReturnType<typeof load>>['SimulatedReader']>;

interface Simulation {
  readonly reader: LoadedSimulatedReader;
  readonly transport: Transport;
}

export class LazySimulatedTransport extends LazyTransport {
  /** The simulated reader, loaded now where it was not yet. */
  readonly reader: () => Promise<LoadedSimulatedReader>;

  constructor() {
    const loadOnce = loader();
    super(async () => (await loadOnce()).transport, undefined);
    this.reader = async () => (await loadOnce()).reader;
  }
}

/** Loads one simulated reader with the way to it; what could not be loaded is loaded again when it is asked for again. */
function loader(): () => Promise<Simulation> {
  let loaded: Promise<Simulation> | undefined;
  return () =>
    (loaded ??= load().then(
      ({ SimulatedReader, SimulatedTransport }) => {
        const reader = new SimulatedReader();
        return { reader, transport: new SimulatedTransport(reader) };
      },
      (cause: unknown) => {
        loaded = undefined;
        throw new TransportError('unreachable', 'The simulated reader could not be loaded.', { cause });
      },
    ));
}
