/**
 * A signature that is drawn on the reader's screen, fetched as a file [PJ].
 * It does not draw.
 */
import { commands } from '../../mms/commands/index.js';
import { readOfferedFile } from '../../mms/views/file.js';
import { readSignature, type SignatureData } from '../../mms/views/signature.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { badInput } from '../../connection/bad-input.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { readFile, type ReaderFile } from './files.js';
import { completed, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export interface SignatureOptions extends OperationOptions {
  /** Seconds to sign in, 1 to 255. Default 30. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 30;

/**
 * Lets the cardholder sign and resolves with the strokes.
 * @throws {ReaderError} `rejected`; `not-completed` where nobody signed; `bad-message` where the file is not what the reader
 * announced; `timeout`, `aborted`, `connection-lost`.
 */
export async function requestSignature(access: ReaderAccess, options: SignatureOptions = {}): Promise<SignatureData> {
  refuseUnknown(options, { signal: true, timeout: true });
  const { timeout = DEFAULT_TIMEOUT, signal } = options;
  const notification = await completed(access, commands.requestSignature({ timeout }), { signal });
  const fileId = readOfferedFile(notification);
  if (fileId === undefined) throw new ReaderError('not-completed', rareDetailed('nobody-signed'));
  return signatureOf(await readFile(access, fileId, { signal }));
}

function signatureOf({ contents }: ReaderFile): SignatureData {
  try {
    return readSignature(contents);
  } catch (cause) {
    throw badInput(cause);
  }
}
