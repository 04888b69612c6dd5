/** The pages of an NFC tag of type 2 (NTAG, MIFARE Ultralight), read and written through the reader [S, PJ, DP 1100; NXP]. */
import { commands } from '../mms/commands/index.js';
import { readNdef, type NdefRecord, CAPABILITY, CAPABILITY_AT, DATA_AT } from '../mms/views/ndef.js';
import { PAGE_BYTES, type PageWrite } from '../mms/views/ndef-plan.js';
import { rareDetailed } from '../connection/rare-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { accepted, type OperationOptions, type ReaderAccess } from './reader-access.js';
import { answerOfTag } from './tag-session.js';

/** READ gives four pages of four bytes, WRITE takes one [NXP]. */
const READ = 0x30;
const WRITE = 0xa2;
export const READ_BYTES = 16;
/** The byte of the header that says how many times 8 bytes of data there are. */
const SIZE_AT = 14;
const LARGEST_PAGE = 0xff;

/** Told after each step, with bytes that are read and bytes that there are. */
export type OnTagRead = (progress: { readonly read: number; readonly total: number }) => void;

/**
 * From page 0 on, as far as the tag says that it has memory for data.
 * @param isAll Whether nothing else is done with the tag: the last command says so.
 * @throws {ReaderError} `bad-message` for an answer that is no page, `rejected`, and what `request` throws.
 */
export async function readMemory(
  access: ReaderAccess,
  isAll: boolean,
  abort: OperationOptions,
  onProgress?: OnTagRead,
): Promise<Uint8Array> {
  const header = await readPages(access, 0, false, abort);
  const isForData = header[CAPABILITY_AT] === CAPABILITY;
  const size = isForData ? (header[SIZE_AT] as number) * 8 : 0;
  const total = Math.min(DATA_AT + size, (LARGEST_PAGE + 1) * PAGE_BYTES);
  const memory = new Uint8Array(Math.ceil(total / READ_BYTES) * READ_BYTES);
  memory.set(header);
  onProgress?.({ read: Math.min(DATA_AT, total), total });
  for (let at = DATA_AT; at < total; at += READ_BYTES) {
    const isLast = isAll && at + READ_BYTES >= total;
    memory.set(await readPages(access, at / PAGE_BYTES, isLast, abort), at);
    onProgress?.({ read: Math.min(at + READ_BYTES, total), total });
  }
  // A tag without room for data is read by now, and not told so: its first pages are read once more as the last command.
  if (isAll && total <= DATA_AT) await readPages(access, 0, true, abort);
  return memory.subarray(0, total);
}

/** Four pages. */
export async function readPages(
  access: ReaderAccess,
  page: number,
  last: boolean,
  abort: OperationOptions = {},
): Promise<Uint8Array> {
  const response = await accepted(access, commands.passThrough({ command: Uint8Array.of(READ, page), last }), abort);
  const data = answerOfTag(response);
  if (data?.length !== READ_BYTES) {
    throw new ReaderError('bad-message', rareDetailed('tag-page', { page: String(page) }));
  }
  return data;
}

/** What is answered is not published: whether the page holds it is seen by reading. */
export async function writePage(access: ReaderAccess, { page, bytes }: PageWrite): Promise<void> {
  await accepted(access, commands.passThrough({ command: Uint8Array.of(WRITE, page, ...bytes) }));
}

/** A memory without NDEF is not an error: the memory is there in any case. */
export function recordsOf(memory: Uint8Array): readonly NdefRecord[] {
  try {
    return readNdef(memory);
  } catch {
    return [];
  }
}
