/** Files that are sent to the reader and fetched from it, with their checksums. */
import { commands } from '../../mms/commands/index.js';
import { toMessage } from '../../mms/encode.js';
import type { MmsFile, MmsMessage } from '../../mms/message.js';
import { START_SEND_FILE } from '../../mms/tables/numbers.js';
import { readFileProperties, type FileProperties } from '../../mms/views/file.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError, rejected } from '../../connection/reader-error.js';
import { assertContents, assertFileId, LARGEST_FILE } from './file-limits.js';
import { assertFree } from './running-update.js';
import { hasChecksums, isSame, sha256 } from './checksum.js';
import { assertSame, serialOf } from '../../device/same-reader.js';
import { accepted, awaitMessage, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export interface FileProgress {
  readonly step: 'announcing' | 'sending' | 'checking';
  /** Bytes of the contents. */
  readonly total: number;
}

export interface SendFileOptions extends OperationOptions {
  /** Name that the reader keeps with it, 1 to 32 ASCII characters. Default made of its id. */
  readonly name?: string;
  /** The reader that is meant, as `getDeviceInfo` gives it: no other one gets the file. Default: the one that is connected. */
  readonly serialNumber?: string;
  /** Called when a step begins. */
  readonly onProgress?: (progress: FileProgress) => void;
}

export type ReadFileOptions = OperationOptions;

/** A file of the reader. */
export interface ReaderFile {
  /** Type, version, subtype and instance: eight upper-case hexadecimal digits. */
  readonly fileId: string;
  readonly contents: Uint8Array;
  /** Absent where the reader does not say. */
  readonly name?: string;
}

/** Characters of the longest name [MG p134]. */
const LONGEST_NAME = 32;

/** Seconds for a file after its announcement [D], and bytes a second that even Bluetooth carries [D]. */
const FILE_SECONDS = 10;
const SLOWEST = 4_000;

/**
 * Sends a file: it is announced with length and SHA-256 (D812), sent behind the reader's agreement, and what the reader then has
 * is compared (D825). The protocol has no way to go on with half a file: one that was cut is sent again from the beginning, and
 * the reader keeps what it had until it has all of it.
 *
 * @param fileId Eight hexadecimal digits, such as `02000000` for the first image.
 * @param contents They must not change any more.
 * @returns What the reader says of the file that it has.
 * @throws {ReaderError} `bad-file`, also with `update-running` while firmware is replaced, and `other-reader` before anything is sent; `rejected`; `not-completed` where the reader does
 * not have what was sent; `timeout`, `aborted`, `connection-lost`.
 */
export async function sendFile(
  access: ReaderAccess,
  fileId: string,
  contents: Uint8Array,
  options: SendFileOptions = {},
): Promise<FileProperties> {
  refuseUnknown(options, { signal: true, name: true, onProgress: true, serialNumber: true });
  const { name = `file ${fileId}`, onProgress, serialNumber, signal } = options;
  assertFileId(fileId);
  assertContents(contents);
  if (name.length > LONGEST_NAME || !/^[ -~]+$/.test(name))
    throw new ReaderError('bad-file', rareDetailed('file-name', { most: String(LONGEST_NAME) }));
  assertFree(access);
  const total = contents.length;
  const hash = await sha256(contents);
  onProgress?.({ step: 'announcing', total });
  if (serialNumber !== undefined) assertSame(serialNumber, await serialOf(access, { signal }));
  // A sale or an update may have begun meanwhile.
  assertFree(access);
  const announcement = commands.startSendFile({ fileId, length: total, sha256: hash, name });
  const { status } = await access.requestThenSend(
    announcement,
    ({ reference }) => {
      onProgress?.({ step: 'sending', total });
      return toMessage({
        kind: 'file',
        direction: 'to-reader',
        reference,
        id: START_SEND_FILE,
        fileId,
        contents,
      });
    },
    { signal },
  );
  if (!status.ok) throw rejected(status);
  onProgress?.({ step: 'checking', total });
  const kept = readFileProperties(await access.request(commands.getFileInfo({ fileId }), { signal }));
  if (kept?.length !== total || (kept.sha256 && !isSame(kept.sha256, hash)))
    throw new ReaderError('not-completed', rareDetailed('file-not-kept'));
  return kept;
}

/**
 * Fetches a file (D821) and compares it with the length and SHA-256 that the reader announced.
 * @param fileId Eight hexadecimal digits.
 * @throws {ReaderError} `bad-file` for another id; `rejected` where there is no such file; `bad-message` where it is not what was
 * announced; `timeout`, `aborted`, `connection-lost`.
 */
export async function readFile(
  access: ReaderAccess,
  fileId: string,
  options: ReadFileOptions = {},
): Promise<ReaderFile> {
  refuseUnknown(options, { signal: true });
  const { signal } = options;
  assertFileId(fileId);
  const wanted = fileId.toUpperCase();
  const isWanted = (message: MmsMessage): MmsFile | undefined =>
    message.kind === 'file' && message.direction === 'from-reader' && message.fileId === wanted ? message : undefined;
  const sent = awaitMessage(access, isWanted, {
    signal,
    seconds: FILE_SECONDS + LARGEST_FILE / SLOWEST,
    missing: rareDetailed('file-not-sent'),
  });
  try {
    // The progress indicator is asked for as in the vendor's demo [PJ].
    const request = commands.getFile({ fileId: wanted, progress: true });
    const announced = readFileProperties(await accepted(access, request, { signal }));
    const { contents } = await within(access, sent.arrived, announced?.length ?? 0);
    if (announced?.length !== undefined && announced.length !== contents.length) {
      const detail = `The file has ${String(contents.length)} bytes, ${String(announced.length)} were announced.`;
      throw new ReaderError('bad-message', { detail });
    }
    if (announced?.sha256 && hasChecksums() && !isSame(announced.sha256, await sha256(contents)))
      throw new ReaderError('bad-message', { detail: 'The file has another checksum than was announced.' });
    return { fileId: wanted, contents, ...(announced?.name ? { name: announced.name } : {}) };
  } finally {
    sent.stop();
  }
}

/** Rejects where a file has not come in the time that its length needs. */
async function within<T>({ environment }: ReaderAccess, arrived: Promise<T>, length: number): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = environment.setTimeout(
      () => reject(new ReaderError('timeout', rareDetailed('file-not-sent'))),
      (FILE_SECONDS + length / SLOWEST) * 1000,
    );
  });
  try {
    return await Promise.race([arrived, late]);
  } finally {
    environment.clearTimeout(timer);
  }
}
