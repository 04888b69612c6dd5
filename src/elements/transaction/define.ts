/** Registers `<magtek-transaction>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekTransaction } from './transaction.js';

if (isUndefined('magtek-transaction', MagtekTransaction))
  customElements.define('magtek-transaction', MagtekTransaction);

export { MagtekTransaction };
