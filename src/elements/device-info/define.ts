/** Registers `<magtek-device-info>`. */
import { canDefine } from '../shared/can-define.js';
import { MagtekDeviceInfo } from './device-info.js';

if (canDefine('magtek-device-info', MagtekDeviceInfo)) customElements.define('magtek-device-info', MagtekDeviceInfo);

export { MagtekDeviceInfo };
