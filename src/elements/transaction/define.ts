/** Registers `<magtek-transaction>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekTransaction } from './transaction.js';

if (canDefine('magtek-transaction', MagtekTransaction)) customElements.define('magtek-transaction', MagtekTransaction);

export { MagtekTransaction };
