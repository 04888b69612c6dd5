/** Registers `<magtek-command-panel>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekCommandPanel } from './command-panel.js';

if (isUndefined('magtek-command-panel', MagtekCommandPanel))
  customElements.define('magtek-command-panel', MagtekCommandPanel);

export { MagtekCommandPanel };
