/** Names that a page holds among the pages of its origin, so that others know what it is doing. It does not know how they are held. */

const SALE = 'magtek-elements/sale/';

/** Held while a sale runs. */
export const saleName = (owner: string): string => `${SALE}${owner}`;

/** Held while a page tells a host to give back the money of a sale. */
export const reversalName = (transactionId: string): string => `magtek-elements/reversal/${transactionId}`;

/** Whether a name says that its holder is in the middle of a sale. */
export const isSaleName = (name: string): boolean => name.startsWith(SALE);
