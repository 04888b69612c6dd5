/**
 * Commands that ask the cardholder for something other than a card or a PIN.
 */
import type { MmsRequest } from '../message.js';
import {
  badValue,
  choice,
  flagObject,
  numberBytes,
  object,
  request,
  secondsObject,
  type RequestFields,
} from './fields.js';

/** How a choice ended, tag 81 [DP 1802]. */
const SELECTION_STATUS = { completed: 0, cancelled: 1, 'timed-out': 2 } as const;

export interface ReportSelectionOptions extends RequestFields {
  /** How the choice ended. With `cancelled` and `timed-out` the reader aborts the transaction. Default `completed`. */
  readonly status?: keyof typeof SELECTION_STATUS;
  /** Which entry was chosen, counted from 0 without the title; only where one was. */
  readonly index?: number;
}

/**
 * Command 1802: tells a reader without a display which entry of its selection prompt (notification 1803) was chosen, or that none
 * was [S, PJ, DP 1802].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function reportSelection(options: ReportSelectionOptions): MmsRequest {
  const { status = 'completed', index } = options;
  const payload = [object('81', choice(SELECTION_STATUS, status, 'status'))];
  if (status === 'completed') payload.push(object('82', ...numberBytes(index ?? NaN, 'index', 0, 255)));
  else if (index !== undefined) throw badValue('index', `cannot be sent with status ${status}`);
  return request(0x1802, payload, options);
}

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
