/** Registers `<magtek-log>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekLog } from './log.js';

if (canDefine('magtek-log', MagtekLog)) customElements.define('magtek-log', MagtekLog);

export { MagtekLog };
