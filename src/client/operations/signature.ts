/**
 * A signature that is drawn on the reader's screen, fetched as a file [PJ].
 * It does not draw.
 */
import { commands } from '../../mms/commands/index.js';
import type { MmsFile, MmsMessage } from '../../mms/message.js';
import { readFileProperties, readOfferedFile } from '../../mms/views/file.js';
import { readSignature, type SignatureData } from '../../mms/views/signature.js';
import { badInput } from '../../connection/bad-input.js';
import { ReaderError } from '../../connection/reader-error.js';
import { accepted, awaitMessage, completed, type OperationOptions, type ReaderAccess } from './reader-access.js';

export interface SignatureOptions extends OperationOptions {
  /** Seconds to sign in, 1 to 255. Default 30. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 30;
/** Seconds from the announcement of a file to the file [D]. */
const FILE_TIMEOUT = 10;

/**
 * Lets the cardholder sign and resolves with the strokes.
 * @throws {ReaderError} `rejected`; `not-completed` where nobody signed; `bad-message` where the file is not what the reader
 * announced; `timeout`, `aborted`, `connection-lost`.
 */
export async function requestSignature(access: ReaderAccess, options: SignatureOptions = {}): Promise<SignatureData> {
  const { timeout = DEFAULT_TIMEOUT, signal } = options;
  const abort = signal === undefined ? {} : { signal };
  const notification = await completed(access, commands.requestSignature({ timeout }), {
    ...abort,
    missing: { detail: 'It did not say how the signature ended.', because: { code: 'end-not-told' } },
  });
  const fileId = readOfferedFile(notification);
  if (fileId === undefined)
    throw new ReaderError('not-completed', { detail: 'Nobody signed.', because: { code: 'nobody-signed' } });
  return signatureOf(await fetchFile(access, fileId, abort));
}

/** Fetches a file and checks what can be checked of it: its id and its length [MG p136]. */
async function fetchFile(access: ReaderAccess, fileId: string, abort: OperationOptions): Promise<MmsFile> {
  const isWanted = (message: MmsMessage): MmsFile | undefined =>
    message.kind === 'file' && message.direction === 'from-reader' && message.fileId === fileId ? message : undefined;
  const sent = awaitMessage(access, isWanted, {
    ...abort,
    seconds: FILE_TIMEOUT,
    missing: { detail: 'It announced a file and did not send it.', because: { code: 'file-not-sent' } },
  });
  try {
    // The progress indicator is asked for as in the vendor's demo [PJ].
    const announced = readFileProperties(await accepted(access, commands.getFile({ fileId, progress: true }), abort));
    const file = await sent.arrived;
    if (announced?.length !== undefined && announced.length !== file.contents.length) {
      const detail = `The file has ${String(file.contents.length)} bytes, ${String(announced.length)} were announced.`;
      throw new ReaderError('bad-message', { detail });
    }
    return file;
  } finally {
    sent.stop();
  }
}

function signatureOf({ contents }: MmsFile): SignatureData {
  try {
    return readSignature(contents);
  } catch (cause) {
    throw badInput(cause);
  }
}
