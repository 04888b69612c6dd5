/** Registers `<magtek-setup>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekSetup } from './setup.js';

if (isUndefined('magtek-setup', MagtekSetup)) customElements.define('magtek-setup', MagtekSetup);

export { MagtekSetup };
