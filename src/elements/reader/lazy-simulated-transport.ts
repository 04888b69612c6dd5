/**
 * The way to a simulated reader in the page, which is loaded when it is first opened: pages that take money never
 * download it.
 */
import { TransportError, type OpenOptions, type Transport, type TransportSink } from '../../transports/transport.js';

const load = () => import('../../simulator/index.js');

/** The simulated reader behind a `simulated` element: its face, to present cards to. */
export type LoadedSimulatedReader = InstanceType<Awaited<ReturnType<typeof load>>['SimulatedReader']>;

export class LazySimulatedTransport implements Transport {
  private loaded: Promise<{ readonly reader: LoadedSimulatedReader; readonly transport: Transport }> | undefined;
  private inner: Transport | undefined;
  /** Counts openings, so that a close while loading is noticed. */
  private opening = 0;

  /** The simulated reader, loaded now where it was not yet. */
  async reader(): Promise<LoadedSimulatedReader> {
    return (await this.load()).reader;
  }

  async open(to: TransportSink, options?: OpenOptions): Promise<void> {
    const opening = ++this.opening;
    const { transport } = await this.load();
    options?.signal?.throwIfAborted();
    if (opening !== this.opening)
      throw new TransportError('not-open', 'The transport was closed while it was being opened.');
    this.inner = transport;
    await transport.open(to, options);
  }

  send(bytes: Uint8Array): void {
    if (!this.inner) throw new TransportError('not-open', 'The transport is not open.');
    this.inner.send(bytes);
  }

  close(): void {
    this.opening++;
    this.inner?.close();
  }

  private load(): NonNullable<typeof this.loaded> {
    this.loaded ??= load().then(
      ({ SimulatedReader, SimulatedTransport }) => {
        const reader = new SimulatedReader();
        return { reader, transport: new SimulatedTransport(reader) };
      },
      (cause: unknown) => {
        this.loaded = undefined;
        throw new TransportError('unreachable', 'The simulated reader could not be loaded.', { cause });
      },
    );
    return this.loaded;
  }
}
