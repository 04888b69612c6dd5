/** Registers `<magtek-reader>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekReader } from './reader.js';

if (canDefine('magtek-reader', MagtekReader)) customElements.define('magtek-reader', MagtekReader);

export { MagtekReader };
