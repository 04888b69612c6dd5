/** Operations that few pages use: one file, which is loaded when the first of them is asked for. */
export { readBarcode } from './barcode.js';
export { readFile, sendFile } from './files.js';
export { checkFirmware, updateFirmware } from './firmware.js';
export { requestPin } from './pin.js';
export { playTones, showImage, showMessage } from './screen.js';
export { requestSignature } from './signature.js';
export { setDeviceLock } from '../../device/device-lock.js';
export { readClassicTag, writeClassicTag } from '../../device/classic-tag.js';
export { readTag } from '../../device/tag.js';
export { writeTag } from '../../device/tag-write.js';
