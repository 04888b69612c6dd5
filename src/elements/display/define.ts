/** Registers `<magtek-display>`. */
import { canDefine } from '../shared/is-undefined.js';
import { MagtekDisplay } from './display.js';

if (canDefine('magtek-display', MagtekDisplay)) customElements.define('magtek-display', MagtekDisplay);

export { MagtekDisplay };
