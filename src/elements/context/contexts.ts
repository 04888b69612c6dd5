/**
 * The contexts that a reader element shares with the elements inside it. The keys are shared by all copies of this package in
 * a page, so that elements of one find the reader of another.
 */
import { createContext } from '@lit/context';
import type { ClientSnapshot } from '../../client/client-events.js';
import type { ReaderClient } from '../../client/reader-client.js';

/** The client of the nearest reader; undefined while the reader has no address. */
export const clientContext = createContext<ReaderClient | undefined>(Symbol.for('magtek-elements/client'));

/** State and error of the nearest reader, frozen; another object after each change. */
export const stateContext = createContext<ClientSnapshot | undefined>(Symbol.for('magtek-elements/state'));
