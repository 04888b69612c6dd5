/** Limits of a file for a reader, apart from the work with files: elements ask before that is loaded. */
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';

/** Bytes of the largest file: with what is around it, it must fit into the largest message that every carrier takes. */
export const LARGEST_FILE = 1_000_000;

const FILE_ID = /^[0-9a-f]{8}$/i;

/** @throws {ReaderError} `bad-file`. */
export function assertFileId(fileId: string): void {
  if (!FILE_ID.test(fileId)) throw new ReaderError('bad-file', rareDetailed('file-id'));
}

/** @throws {ReaderError} `bad-file` for contents that cannot be sent. */
export function assertContents({ length }: { readonly length: number }): void {
  if (length === 0) throw new ReaderError('bad-file', rareDetailed('file-empty'));
  if (length > LARGEST_FILE)
    throw new ReaderError('bad-file', rareDetailed('file-too-large', { most: String(LARGEST_FILE) }));
}
