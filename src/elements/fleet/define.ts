/** Registers `<magtek-fleet>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekFleet } from './fleet.js';

if (canDefine('magtek-fleet', MagtekFleet)) customElements.define('magtek-fleet', MagtekFleet);

export { MagtekFleet };
