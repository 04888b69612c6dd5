/**
 * Every way on which messages travel between a client and a reader, one row each: in Node all of them, in a page those that
 * need no server beside it.
 */
import type { Carrier } from './carrier.js';
import { carriersOfPages } from './carriers-of-pages.js';

/** Whether tests run in a page. */
export const isPage = 'document' in globalThis;

/** The rows. A suite that runs over the carriers takes all of them. */
export const carriers: Readonly<Record<string, Carrier>> = {
  ...carriersOfPages,
  ...(isPage ? {} : (await import('./carriers-of-node.js')).carriersOfNode),
};
