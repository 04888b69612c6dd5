/**
 * The name of a reader in data that are kept over page loads: by its address, without what may be secret in it, or by the name that
 * its transport has for it. A reader that lives in the page, as a simulated one does, is found again by its turn in the page
 * loads of the same tab.
 */
import type { Environment } from './environment.js';
import type { Destination, Transport } from '../transports/transport.js';

/** Shared by all copies of this package in a page. */
const TURN = Symbol.for('magtek-elements/readers-of-page');

export function readerName(
  { destination, relayedReader = '', readerName: name }: Transport,
  environment: Environment,
): string {
  if (destination) return `${placeOf(destination)} ${relayedReader}`.trim();
  if (name !== undefined) return name;
  const place = globalThis as Record<symbol, number | undefined>;
  const turn = (place[TURN] = (place[TURN] ?? 0) + 1);
  // Without tabs nothing is found again: the sales of this client are its own.
  return `${environment.tabName?.() ?? environment.uniqueId()} ${String(turn)}`;
}

/** Without user name, password, query and fragment. */
function placeOf({ url }: Destination): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
