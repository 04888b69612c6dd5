/** Registers `<magtek-setup>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekSetup } from './setup.js';

if (canDefine('magtek-setup', MagtekSetup)) customElements.define('magtek-setup', MagtekSetup);

export { MagtekSetup };
