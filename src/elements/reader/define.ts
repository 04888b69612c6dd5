/** Registers `<magtek-reader>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekReader } from './reader.js';

if (isUndefined('magtek-reader', MagtekReader)) customElements.define('magtek-reader', MagtekReader);

export { MagtekReader };
