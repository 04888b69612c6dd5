/** Registers `<magtek-signature>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekSignature } from './signature.js';

if (isUndefined('magtek-signature', MagtekSignature)) customElements.define('magtek-signature', MagtekSignature);

export { MagtekSignature };
