/** Registers `<magtek-card-data>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekCardData } from './card-data.js';

if (isUndefined('magtek-card-data', MagtekCardData)) customElements.define('magtek-card-data', MagtekCardData);

export { MagtekCardData };
