/** Registers `<magtek-status>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekStatus } from './status.js';

if (canDefine('magtek-status', MagtekStatus)) customElements.define('magtek-status', MagtekStatus);

export { MagtekStatus };
