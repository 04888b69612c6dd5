/** Registers `<magtek-simulator>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekSimulator } from './simulator.js';

if (isUndefined('magtek-simulator', MagtekSimulator)) customElements.define('magtek-simulator', MagtekSimulator);

export { MagtekSimulator };
