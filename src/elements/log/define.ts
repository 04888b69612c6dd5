/** Registers `<magtek-log>`. */
import { canDefine } from '../shared/is-undefined.js';
import { MagtekLog } from './log.js';

if (canDefine('magtek-log', MagtekLog)) customElements.define('magtek-log', MagtekLog);

export { MagtekLog };
