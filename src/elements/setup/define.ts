/** Registers `<magtek-setup>`. */
import { canDefine } from '../shared/is-undefined.js';
import { MagtekSetup } from './setup.js';

if (canDefine('magtek-setup', MagtekSetup)) customElements.define('magtek-setup', MagtekSetup);

export { MagtekSetup };
