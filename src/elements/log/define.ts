/** Registers `<magtek-log>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekLog } from './log.js';

if (isUndefined('magtek-log', MagtekLog)) customElements.define('magtek-log', MagtekLog);

export { MagtekLog };
