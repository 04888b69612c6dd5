/** Registers `<magtek-device-info>`. */
import { isUndefined } from '../shared/is-undefined.js';
import { MagtekDeviceInfo } from './device-info.js';

if (isUndefined('magtek-device-info', MagtekDeviceInfo)) customElements.define('magtek-device-info', MagtekDeviceInfo);

export { MagtekDeviceInfo };
