/**
 * One try to open a transport: not where it is known to be in vain, not where a browser would ask a person who is not there,
 * and with a reason where it fails. It does not know states, nor when a connection is tried again.
 */
import type { Destination, Transport, TransportSink } from '../transports/transport.js';
import { explain, foresee, mayAsk, type Try } from './diagnosis.js';
import type { Environment, TimerHandle } from './environment.js';
import type { OpenedBefore } from './opened-before.js';
import { detailed } from './error-details.js';
import { ReaderError } from './reader-error.js';
import { untilAborted } from './until-aborted.js';

export interface OpeningOptions {
  readonly environment: Environment;
  readonly sink: TransportSink;
  /** Aborting ends the try; it is aborted here where the transport takes too long. */
  readonly controller: AbortController;
  readonly takeOver: boolean;
  /** Hosts that may be connected to; undefined where all may. */
  readonly allowHosts: readonly string[] | undefined;
  /** Nobody is there to answer a question; asked late, as a person may join the try meanwhile. */
  readonly isUnattended: () => boolean;
  /** This connection was open already and is opened again: that is never held back. */
  readonly isReopening: boolean;
  readonly openedBefore: OpenedBefore;
  /** Called when the browser may be asking the person from now on. */
  readonly asking: () => void;
}

/** Milliseconds after which a connection that is neither opened nor refused is given up. */
const PATIENCE = 60_000;

/** @throws {ReaderError} that says why it could not be opened; the signal's reason when aborted. */
export async function openTransport(transport: Transport, options: OpeningOptions): Promise<void> {
  const { environment, controller, allowHosts, isReopening, openedBefore } = options;
  const { destination } = transport;
  const foreseen = foresee(destination, environment, allowHosts);
  if (foreseen) throw foreseen;
  const looking = destination && environment.localNetworkPermission?.(destination);
  const permission = looking && (await looking);
  controller.signal.throwIfAborted();
  const isKnown = destination !== undefined && openedBefore.has(destination);
  const tried = { destination, permission, isUnattended: options.isUnattended(), wasOpenedBefore: isKnown };
  const asks = !isReopening && mayAsk(tried);
  if (asks && tried.isUnattended) throw new ReaderError('permission-needed');
  if (asks) options.asking();
  await openWatched(transport, options, tried, asks);
  if (destination && isNoPermission(permission)) void learn(destination, options);
}

const isNoPermission = (permission: Try['permission']): boolean =>
  permission === 'prompt' || permission === 'denied' || permission === 'not-delegated';

/** Remembers that it opened without a permission, unless the person gave it just now. */
async function learn(destination: Destination, { environment, openedBefore }: OpeningOptions): Promise<void> {
  if (isNoPermission(await environment.localNetworkPermission?.(destination))) openedBefore.add(destination);
}

async function openWatched(
  transport: Transport,
  { environment, sink, controller, takeOver, isUnattended, openedBefore }: OpeningOptions,
  tried: Omit<Try, 'directive'>,
  asks: boolean,
): Promise<void> {
  const { destination, permission } = tried;
  const policy = destination && environment.watchPolicy?.(destination);
  const begin = (): TimerHandle =>
    environment.setTimeout(() => {
      controller.abort(new ReaderError('unreachable', detailed('not-opened-in-time')));
    }, PATIENCE);
  // A person who is being asked may take any time.
  let timer = asks ? undefined : begin();
  let isOver = false;
  try {
    const { signal } = controller;
    const opening = transport.open(sink, {
      signal,
      takeOver,
      unattended: isUnattended(),
      waiting: (isWaiting) => {
        environment.clearTimeout(timer);
        timer = isWaiting || isOver ? undefined : begin();
      },
    });
    // Also where the transport does not listen to the signal: who waits for the connection is told.
    await untilAborted(opening, signal);
  } catch (cause) {
    environment.clearTimeout(timer);
    controller.signal.throwIfAborted();
    const directive = await policy?.violated();
    const after = destination && (await environment.localNetworkPermission?.(destination));
    // The person has answered a question: this destination is not one for which nobody is asked.
    if (destination && permission === 'prompt' && after !== 'prompt') openedBefore.delete(destination);
    throw await explain(cause, { ...tried, directive, permission: after }, environment);
  } finally {
    isOver = true;
    environment.clearTimeout(timer);
    policy?.stop();
  }
}
