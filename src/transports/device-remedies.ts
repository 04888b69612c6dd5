/**
 * Remedies where a reader that is a device of this computer cannot be opened or is lost: the remedies of the errors speak of a
 * network. Loaded with these transports.
 */
import type { HelpedTransportDetailCode } from './transport.js';

const MAY_HAVE_BEEN_DONE = 'A command that was under way may have been carried out: nothing is sent again by itself.';
const CHOOSE_BLE =
  'Switch the reader on, open the connection with a click, and choose it in the list that the browser shows.';
const NEAR_AND_ON = `Check that the reader is on and near. ${MAY_HAVE_BEEN_DONE}`;

/** By the code of the detail. */
export const deviceRemedies = {
  'usb-forbidden':
    'Where the page is in a frame, the page around must pass the permission on: <iframe allow="hid">. Otherwise the Permissions-Policy that the page is served with must allow it: hid=(self).',
  'usb-not-opened':
    'Close other programs that use the reader. On Linux a udev rule must give the user access: SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0801", MODE="0660", TAG+="uaccess" in /etc/udev/rules.d; then plug the reader in again.',
  'usb-unplugged': `Plug the reader in again: the connection is then opened by itself. ${MAY_HAVE_BEEN_DONE}`,
  'usb-stalled': `Pull the USB cable out and plug it in again. ${MAY_HAVE_BEEN_DONE}`,
  'usb-wrong-device':
    'Open the connection with a click once more and choose the reader that the device attribute names.',
  'parts-lost':
    'The page or the computer was too busy to read in time. Look at the reader before sending the command again: it was carried out, only its answer is missing.',
  'serial-not-opened':
    'Close other programs that use the port. On Linux the user must be in the group dialout (or uucp).',
  'serial-unplugged': `Plug the cable in again: the connection is then opened by itself. ${MAY_HAVE_BEEN_DONE}`,
  'serial-stalled': `Pull the cable out and plug it in again. ${MAY_HAVE_BEEN_DONE}`,
  'ble-not-allowed': CHOOSE_BLE,
  'ble-none-chosen': CHOOSE_BLE,
  'ble-not-reached':
    'Check that the reader is on, near, and connected to nothing else. If the system asks to pair, accept it.',
  'ble-lost': NEAR_AND_ON,
  'ble-stalled': NEAR_AND_ON,
} as const satisfies Record<HelpedTransportDetailCode, string>;
