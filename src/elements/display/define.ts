/** Registers `<magtek-display>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekDisplay } from './display.js';

if (isUndefined('magtek-display', MagtekDisplay)) customElements.define('magtek-display', MagtekDisplay);

export { MagtekDisplay };
