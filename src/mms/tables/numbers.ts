/**
 * The numbers of commands and notifications that code names, once. Their names for people are in `commands.ts` and
 * `notifications.ts`. A number can be both: the kind of a message decides.
 */

// Commands.
export const START_TRANSACTION = 0x1001;
export const RESUME_TRANSACTION = 0x1004;
export const CANCEL_TRANSACTION = 0x1008;
export const PASS_THROUGH_TYPE_2 = 0x1100;
export const PASS_THROUGH_MIFARE_CLASSIC = 0x1101;
export const PASS_THROUGH_DESFIRE = 0x1102;
export const PASS_THROUGH_MIFARE_PLUS = 0x1103;
export const REQUEST_SIGNATURE = 0x1801;
export const REPORT_SELECTION = 0x1802;
export const DISPLAY_MESSAGE = 0x1803;
export const READ_BARCODE = 0x1804;
export const BUZZER = 0x1805;
export const CARD_EMULATION = 0x1840;
export const RESET_DEVICE = 0x1f01;
export const ERASE_BLE_BONDS = 0x1f05;
export const REQUEST_PIN = 0x2001;
export const REQUEST_CARD_PIN = 0x2002;
export const GET_PROPERTY = 0xd101;
export const SET_PROPERTY = 0xd111;
export const SET_PROPERTY_SECURED = 0xd112;
export const LOAD_FIRMWARE = 0xd801;
export const START_SEND_FILE_SECURED = 0xd811;
export const START_SEND_FILE = 0xd812;
export const GET_FILE = 0xd821;
export const GET_FILE_INFO = 0xd825;
export const COMMIT_FIRMWARE = 0xd901;
export const SECURED_COMMAND = 0xeeee;
export const REQUEST_CERTIFICATE = 0xef03;
export const GENERATE_KEY = 0xef02;
export const SET_DEVICE_LOCK = 0xef06;
export const CHANGE_PASSCODE = 0xef07;
export const KEY_INFORMATION = 0xef11;

// Notifications.
export const TRANSACTION_INFORMATION = 0x0101;
export const TRANSACTION_COMPLETE = 0x0105;
export const PIN_COMPLETE = 0x0205;
export const FIRMWARE_UPDATED = 0x0905;
export const FIRMWARE_FAILED = 0x0906;
export const FIRMWARE_UP_TO_DATE = 0x0907;
export const DEVICE_INFORMATION = 0x1001;
export const DISPLAY_REQUEST = 0x1803;
export const OPERATION_COMPLETE = 0x1805;
