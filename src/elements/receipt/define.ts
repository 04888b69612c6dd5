/** Registers `<magtek-receipt>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekReceipt } from './receipt.js';

if (canDefine('magtek-receipt', MagtekReceipt)) customElements.define('magtek-receipt', MagtekReceipt);

export { MagtekReceipt };
