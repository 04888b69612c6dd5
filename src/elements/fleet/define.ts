/** Registers `<magtek-fleet>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekFleet } from './fleet.js';

if (isUndefined('magtek-fleet', MagtekFleet)) customElements.define('magtek-fleet', MagtekFleet);

export { MagtekFleet };
