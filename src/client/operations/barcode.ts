/**
 * A barcode that is read outside of a sale (command 1804) [MG p112].
 */
import { commands } from '../../mms/commands/index.js';
import type { MmsMessage } from '../../mms/message.js';
import { readBarcodeData, type BarcodeData } from '../../mms/views/barcode.js';
import { ReaderError } from '../../connection/reader-error.js';
import { accepted, awaitMessage, GRACE, type OperationOptions, type ReaderAccess } from './reader-access.js';

export interface BarcodeOptions extends OperationOptions {
  /** Seconds, 1 to 255. Default 15. */
  readonly timeout?: number;
  /** Whether the reader encrypts what it reads. Default false. */
  readonly encrypt?: boolean;
}

const OPERATION_COMPLETE = 0x1805;
const DEFAULT_TIMEOUT = 15;

/**
 * Reads a barcode and resolves with it.
 * @throws {ReaderError} `rejected`; `not-completed` where none was shown in time; `timeout`, `aborted`, `connection-lost`.
 */
export async function readBarcode(access: ReaderAccess, options: BarcodeOptions = {}): Promise<BarcodeData> {
  const { timeout = DEFAULT_TIMEOUT, encrypt = false, signal } = options;
  const request = commands.readBarcode({ timeout, encrypt });
  const abort = signal === undefined ? {} : { signal };
  const completed = awaitMessage(access, complete, {
    ...abort,
    seconds: timeout + GRACE,
    missing: { detail: 'It did not say how reading ended.', because: { code: 'end-not-told' } },
  });
  try {
    await accepted(access, request, abort);
    const { barcode } = await completed.arrived;
    if (!barcode)
      throw new ReaderError('not-completed', { detail: 'No barcode was read.', because: { code: 'no-barcode' } });
    return barcode;
  } finally {
    completed.stop();
  }
}

/** Notification 1805, with the barcode where there is one; touch buttons are none of its business. */
function complete(message: MmsMessage): { readonly barcode?: BarcodeData } | undefined {
  if (message.kind !== 'notification' || message.id !== OPERATION_COMPLETE) return undefined;
  if (message.name.endsWith('-pressed')) return undefined;
  const barcode = readBarcodeData(message);
  return barcode ? { barcode } : {};
}
