/** Registers `<magtek-status>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekStatus } from './status.js';

if (isUndefined('magtek-status', MagtekStatus)) customElements.define('magtek-status', MagtekStatus);

export { MagtekStatus };
