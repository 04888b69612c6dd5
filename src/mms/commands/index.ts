/**
 * Builders of requests, one for each command whose parameters a published source confirms.
 */
import { cancelTransaction } from './cancel-transaction.js';
import { eraseBleBonds, resetDevice, setSubscriptions, terminateBle } from './device.js';
import { displayMessage } from './display-message.js';
import { buzzer, showBitmap, showImage } from './display.js';
import { getFile, getFileInfo, startSendFile } from './file.js';
import { commitFirmware, loadFirmware } from './firmware.js';
import { readBarcode, requestSignature } from './input.js';
import { cardEmulation, passThrough, passThroughClassic, passThroughDesfire } from './nfc.js';
import { requestCardPin, requestPin } from './pin.js';
import { getProperty, setProperty } from './property.js';
import { echo, generateKey, keyInformation, requestCertificate, setDeviceLock } from './security.js';
import { reportSelection } from './report-selection.js';
import { resumeTransaction } from './resume-transaction.js';
import { startTransaction } from './start-transaction.js';

export type { Accept, AcceptName } from './accept.js';
export type { SetSubscriptionsOptions } from './device.js';
export type { DisplayMessageOptions } from './display-message.js';
export type { BuzzerOptions, ShowBitmapOptions, ShowImageOptions, Tone } from './display.js';
export type { BytesField, RequestFields } from './fields.js';
export type { FileOptions, GetFileOptions, StartSendFileOptions } from './file.js';
export type { FirmwareOptions, LoadFirmwareOptions } from './firmware.js';
export type { ReadBarcodeOptions, RequestSignatureOptions } from './input.js';
export type {
  CardEmulationOptions,
  PassThroughOptions,
  StartCardEmulationOptions,
  StopCardEmulationOptions,
} from './nfc.js';
export type { PinStep, RequestCardPinOptions, RequestPinOptions } from './pin.js';
export type { GetPropertyOptions, SetPropertyOptions } from './property.js';
export type { EchoOptions, SetDeviceLockOptions } from './security.js';
export type { ReportSelectionOptions } from './report-selection.js';
export type { ResumeTransactionOptions } from './resume-transaction.js';
export type { StartTransactionOptions, TipOptions, TransactionType } from './start-transaction.js';

/**
 * Builders of requests to the reader. All throw `MmsError` with code `bad-value`, with a text that names the option, for what
 * cannot be sent.
 */
export const commands = {
  startTransaction,
  resumeTransaction,
  cancelTransaction,
  reportSelection,
  passThrough,
  passThroughClassic,
  passThroughDesfire,
  requestPin,
  requestCardPin,
  displayMessage,
  showImage,
  showBitmap,
  buzzer,
  requestSignature,
  readBarcode,
  cardEmulation,
  getProperty,
  setProperty,
  resetDevice,
  setSubscriptions,
  terminateBle,
  eraseBleBonds,
  startSendFile,
  getFile,
  getFileInfo,
  loadFirmware,
  commitFirmware,
  generateKey,
  requestCertificate,
  keyInformation,
  setDeviceLock,
  echo,
} as const;
