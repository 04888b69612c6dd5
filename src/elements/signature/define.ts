/** Registers `<magtek-signature>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekSignature } from './signature.js';

if (canDefine('magtek-signature', MagtekSignature)) customElements.define('magtek-signature', MagtekSignature);

export { MagtekSignature };
