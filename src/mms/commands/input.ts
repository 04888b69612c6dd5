/**
 * Commands that ask the cardholder for a signature or a barcode.
 */
import type { MmsRequest } from '../message.js';
import { flagObject, object, request, secondsObject, type RequestFields } from './fields.js';

export interface RequestSignatureOptions extends RequestFields {
  /** Seconds, 1 to 255. Default 30. */
  readonly timeout?: number;
}

/**
 * Command 1801: lets the cardholder sign. Notification 1805 tells the file id of the signature, to be fetched with
 * `getFile` [PJ].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const requestSignature = (options: RequestSignatureOptions = {}): MmsRequest =>
  request(0x1801, [secondsObject('81', options.timeout ?? 30)], options);

export interface ReadBarcodeOptions extends RequestFields {
  /** Seconds, 1 to 255. Default 15. */
  readonly timeout?: number;
  /** Whether the reader encrypts what it read. Default false. */
  readonly encrypt?: boolean;
}

/**
 * Command 1804: reads a barcode outside of a transaction. Notification 1805 tells the end [MG p112].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const readBarcode = (options: ReadBarcodeOptions = {}): MmsRequest =>
  request(
    0x1804,
    [object('81', 1), secondsObject('82', options.timeout ?? 15), flagObject('83', options.encrypt ?? false)],
    options,
  );
