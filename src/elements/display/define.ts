/** Registers `<magtek-display>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekDisplay } from './display.js';

if (canDefine('magtek-display', MagtekDisplay)) customElements.define('magtek-display', MagtekDisplay);

export { MagtekDisplay };
