/**
 * The memory of an NFC tag of type 2 (NTAG, MIFARE Ultralight), read through the reader page by page [S, PJ, DP 1100; NXP].
 */
import type { NdefRecord } from '../mms/views/ndef.js';
import { refuseUnknown } from '../connection/bad-option.js';
import type { ReaderAccess } from './reader-access.js';
import { sessionOptionNames, withTag, type TagSessionOptions } from './tag-session.js';
import { readMemory, recordsOf, type OnTagRead } from './type-2-tag.js';

export interface TagOptions extends TagSessionOptions {
  /** Told after each step, with bytes that are read and bytes that there are. */
  readonly onProgress?: OnTagRead;
}

export interface TagMemory {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  /** From page 0 on, as far as the tag says that it has memory for data. */
  readonly memory: Uint8Array;
  /** Texts and addresses in it: data of a stranger, never to be followed unasked. */
  readonly records: readonly NdefRecord[];
}

/**
 * Waits for a tag and reads it. Takes the reader as a sale does, and must not be called while one runs.
 *
 * A payment card that is held to the reader instead is refused: the reader is told to cancel.
 * @throws {ReaderError} `rejected`; `not-completed` where no tag came, or another card; `bad-message`; `timeout`, `aborted`,
 * `connection-lost`.
 */
export async function readTag(access: ReaderAccess, options: TagOptions = {}): Promise<TagMemory> {
  refuseUnknown(options, { ...sessionOptionNames, onProgress: true });
  const { onProgress, signal } = options;
  return withTag(access, options, async (uid) => {
    const memory = await readMemory(access, true, { signal }, onProgress);
    return { uid, memory, records: recordsOf(memory) };
  });
}
