/** The error of an id that no sale of the list has. */
import { detailed } from '../connection/error-details.js';
import { ReaderError } from '../connection/reader-error.js';

export const noSuchSale = (transactionId: string): ReaderError =>
  new ReaderError('bad-option', detailed('no-such-sale', { id: transactionId }));
