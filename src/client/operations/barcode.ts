/**
 * A barcode that is read outside of a sale (command 1804) [MG p112].
 */
import { commands } from '../../mms/commands/index.js';
import { readBarcodeData, type BarcodeData } from '../../mms/views/barcode.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { completed, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export interface BarcodeOptions extends OperationOptions {
  /** Seconds, 1 to 255. Default 15. */
  readonly timeout?: number;
  /** Whether the reader encrypts what it reads. Default false. */
  readonly encrypt?: boolean;
}

const DEFAULT_TIMEOUT = 15;

/**
 * Reads a barcode and resolves with it.
 * @throws {ReaderError} `rejected`; `not-completed` where none was shown in time; `timeout`, `aborted`, `connection-lost`.
 */
export async function readBarcode(access: ReaderAccess, options: BarcodeOptions = {}): Promise<BarcodeData> {
  refuseUnknown(options, { signal: true, timeout: true, encrypt: true });
  const { timeout = DEFAULT_TIMEOUT, encrypt = false } = options;
  const notification = await completed(access, commands.readBarcode({ timeout, encrypt }), options);
  const barcode = readBarcodeData(notification);
  if (!barcode) throw new ReaderError('not-completed', rareDetailed('no-barcode'));
  return barcode;
}
