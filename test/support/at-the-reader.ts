/** Pages at the one reader of a till, in whatever tab and after whatever load. */
import { PlayedSale } from './played-sale.js';

/** Counts the readers of a page: the next page begins anew. */
const TURN = Symbol.for('magtek-elements/readers-of-page');

/** A page that has been loaded just now. */
export function atTheReader(...[environment, options]: Parameters<typeof PlayedSale.connected>): Promise<PlayedSale> {
  Object.assign(globalThis, { [TURN]: 0 });
  return PlayedSale.connected({ ...environment, tabName: () => 'till' }, options);
}
