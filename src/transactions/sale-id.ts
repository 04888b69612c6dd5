/** Names a sale in an error. */
import type { ReaderErrorOptions } from '../connection/reader-error.js';

export const saleId = (id: string): Pick<ReaderErrorOptions, 'detail' | 'because'> => ({
  detail: `Its id is ${id}.`,
  because: { code: 'sale-id', values: { id } },
});
