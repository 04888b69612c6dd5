/** Registers `<magtek-updater>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekUpdater } from './updater.js';

if (canDefine('magtek-updater', MagtekUpdater)) customElements.define('magtek-updater', MagtekUpdater);

export { MagtekUpdater };
