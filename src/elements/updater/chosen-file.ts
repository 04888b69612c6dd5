/** The file that a person chose, or the page: its name and its bytes. It does not know what is in it. */
import { assertContents } from '../../client/operations/file-limits.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError } from '../../connection/reader-error.js';
import { isBytes } from '../../mms/is-bytes.js';

/** What can be chosen. */
export type FileSource = Blob | Uint8Array;

export interface ChosenFile {
  /** Empty where it has none. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws {ReaderError} `bad-file` where it is empty, too large to be sent or cannot be read. */
export async function readChosen(source: FileSource): Promise<ChosenFile> {
  if (isBytes(source)) {
    assertContents(source);
    return { name: '', bytes: source.slice() };
  }
  // Before it is read: it may be as large as a disk.
  assertContents({ length: source.size });
  const name = 'name' in source && typeof source.name === 'string' ? source.name : '';
  try {
    return { name, bytes: new Uint8Array(await source.arrayBuffer()) };
  } catch (cause) {
    // It was moved or changed since, or is a folder.
    throw new ReaderError('bad-file', { ...rareDetailed('file-not-read'), cause });
  }
}

/** @throws {ReaderError} `bad-file` unless there is exactly one. */
export function onlyOne(files: ArrayLike<File>): File {
  const [file] = Array.from(files);
  if (file && files.length === 1) return file;
  throw new ReaderError('bad-file', rareDetailed('one-file'));
}
