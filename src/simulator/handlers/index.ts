/** The handler of each command of the simulated reader, in files by subject. None of them knows clients or timers. */
import { requestPin, requestSignature, readBarcode } from './cardholder.js';
import { done, resetDevice, setSubscriptions } from './device.js';
import { cardEmulation } from './emulation.js';
import { getFile, startSendFile } from './files.js';
import { commitFirmware, loadFirmware } from './firmware.js';
import { whenIdle, withKeys, type Handler } from './handler.js';
import { getProperty, setProperty } from './properties.js';
import { cancelTransaction, passThrough, reportSelection, resumeTransaction, startTransaction } from './sale.js';
import { buzzer, displayMessage } from './screen.js';
import { keyInformation, setDeviceLock } from './security.js';

/** The handler of each command that the reader knows. */
export const handlers: Readonly<Record<number, Handler>> = {
  0x1001: whenIdle(withKeys(startTransaction)),
  0x1004: resumeTransaction,
  0x1008: cancelTransaction,
  0x1100: passThrough(false),
  0x1101: passThrough(true),
  0x1801: whenIdle(requestSignature),
  0x1802: reportSelection,
  0x1803: whenIdle(displayMessage),
  0x1804: whenIdle(withKeys(readBarcode)),
  0x1805: whenIdle(buzzer),
  0x1821: whenIdle(done),
  0x1823: whenIdle(done),
  0x1840: cardEmulation,
  0x1f01: resetDevice,
  0x1f02: setSubscriptions,
  0x1f04: done,
  0x1f05: done,
  0x2001: withKeys(requestPin('82')),
  0x2002: withKeys(requestPin('A4/82')),
  0xd101: getProperty,
  0xd111: setProperty,
  0xd801: whenIdle(loadFirmware),
  0xd812: startSendFile,
  0xd821: getFile,
  0xd825: getFile,
  0xd901: whenIdle(commitFirmware),
  0xef06: whenIdle(setDeviceLock),
  0xef11: keyInformation,
};

/** What a locked reader does all the same: which commands these are is not published [D]. */
export const takenWhileLocked: ReadonlySet<number> = new Set([0x1f01, 0x1f02, 0xd101, 0xef06, 0xef11]);
