/** Registers `<magtek-command-panel>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekCommandPanel } from './command-panel.js';

if (canDefine('magtek-command-panel', MagtekCommandPanel))
  customElements.define('magtek-command-panel', MagtekCommandPanel);

export { MagtekCommandPanel };
