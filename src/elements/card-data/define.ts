/** Registers `<magtek-card-data>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekCardData } from './card-data.js';

if (canDefine('magtek-card-data', MagtekCardData)) customElements.define('magtek-card-data', MagtekCardData);

export { MagtekCardData };
