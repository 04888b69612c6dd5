/** The identifiers of properties that code names, once. Their names for people are in `property-names.ts`. */
export const BEEPER_VOLUME = '1.2.3.2.1.1';
export const LOCK_STATE = '1.2.5.2.1.1';
export const MAIN_FIRMWARE = '2.1.2.2.2.2';
export const WLAN_FIRMWARE = '2.1.2.5.3.1';
export const BLUETOOTH_FIRMWARE = '2.1.2.7.1.1';
export const SERIAL_NUMBER = '2.2.1.1.1.1';
export const BATTERY_LEVEL = '2.3.1.2.1.4';
