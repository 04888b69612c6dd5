/** Registers `<magtek-simulator>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekSimulator } from './simulator.js';

if (canDefine('magtek-simulator', MagtekSimulator)) customElements.define('magtek-simulator', MagtekSimulator);

export { MagtekSimulator };
