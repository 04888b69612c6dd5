/**
 * NDEF records written to an NFC tag of type 2 (NTAG, MIFARE Ultralight), page by page, and read back [DP 1100; NXP; NFC Forum:
 * Type 2 Tag Operation]. Nothing is written before the caller has agreed to what this tag is to hold. The order of the pages
 * (`ndef-plan.ts`) leaves a tag that is taken away in between with its old records, with none, or with the new ones.
 */
import { MmsError } from '../mms/error.js';
import type { NdefRecord } from '../mms/views/ndef.js';
import { encodeNdef } from '../mms/views/ndef-encode.js';
import { PAGE_BYTES, planNdef, type NdefObstacle, type NdefPlan, type PageWrite } from '../mms/views/ndef-plan.js';
import { badOption, refuseUnknown } from '../connection/bad-option.js';
import { tagDetailed } from '../connection/tag-details.js';
import { ReaderError } from '../connection/reader-error.js';
import type { ReaderAccess } from './reader-access.js';
import { agreed } from './tag-confirm.js';
import { sessionOptionNames, withTag, type TagSessionOptions } from './tag-session.js';
import { READ_BYTES, readMemory, readPages, recordsOf, writePage } from './type-2-tag.js';

/** What is about to be written, before anything is. */
export interface TagWritePlan {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  /** What the tag holds, and loses. Data of a stranger, never to be followed unasked. */
  readonly before: readonly NdefRecord[];
  readonly records: readonly NdefRecord[];
  /** Bytes of the new message, and bytes that there is room for. */
  readonly size: number;
  readonly room: number;
}

export interface WriteTagOptions extends TagSessionOptions {
  /** As `readTag` gives them; none empties the tag. They take the place of all that it holds. */
  readonly records: readonly NdefRecord[];
  /**
   * Asked when the tag is there and has room, while it must stay at the reader; nothing is written unless the answer is `true`. It
   * has `timeout` seconds.
   */
  readonly confirm: (plan: TagWritePlan) => boolean | Promise<boolean>;
}

export interface TagWrite {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  /** As they were read back. */
  readonly records: readonly NdefRecord[];
  /** Pages that were written: none where the tag held these records already. */
  readonly pages: number;
}

/**
 * Waits for a tag, asks `confirm`, writes the records, and reads back what was written. Locks, capability container and blocks
 * before the message are left as they are; what lies behind it counts no more. From the first page on it cannot be aborted.
 *
 * @throws {ReaderError} before anything is written: `bad-option` for records that cannot be written; `not-completed` with
 * `tag-not-ndef`, `tag-read-only`, `tag-layout`, `tag-too-small` or `tag-gone`; `aborted`, also with `tag-not-confirmed`; and as
 * `readTag`. Later `not-completed` with `tag-differs`; what ended the writing with `tag-cut-emptying`, `tag-cut-filling` or
 * `tag-cut-finishing`, whose `help` says what the tag holds. What `confirm` throws is thrown as it is.
 */
export async function writeTag(access: ReaderAccess, options: WriteTagOptions): Promise<TagWrite> {
  refuseUnknown(options, { ...sessionOptionNames, records: true, confirm: true });
  const { confirm, signal } = options;
  const { message, records } = checked(options);
  return withTag(access, options, async (uid) => {
    const memory = await readMemory(access, false, { signal });
    const plan = planNdef(memory, message);
    if ('problem' in plan) throw obstacle(plan, message.length);
    const asked = { uid, before: recordsOf(memory), records, size: message.length, room: plan.room };
    await agreed(access, () => confirm(asked), options);
    await write(access, plan);
    const pages = plan.empty.length + plan.fill.length + plan.finish.length;
    return { uid, records: recordsOf(plan.memory), pages };
  });
}

/** A copy of the records, so that what was agreed to is what is written. @throws {ReaderError} `bad-option`. */
function checked({ records, confirm }: WriteTagOptions): {
  readonly message: Uint8Array;
  readonly records: readonly NdefRecord[];
} {
  if (typeof confirm !== 'function') throw badOption('confirm', 'confirm must be a function.');
  if (!Array.isArray(records)) throw badOption('records', 'records must be a list.');
  try {
    const copy = structuredClone(records) as readonly NdefRecord[];
    return { message: encodeNdef(copy), records: copy };
  } catch (cause) {
    throw badOption(
      'records',
      `${cause instanceof MmsError ? cause.message : 'records must be as readTag gives them'}.`,
    );
  }
}

function obstacle(found: NdefObstacle, length: number): ReaderError {
  const detail =
    found.problem === 'too-small'
      ? tagDetailed('tag-too-small', { length: String(length), most: String(found.room) })
      : tagDetailed(`tag-${found.problem}`);
  return new ReaderError('not-completed', detail);
}

type Step = 'emptying' | 'filling' | 'finishing';

async function write(access: ReaderAccess, { empty, fill, finish, memory }: NdefPlan): Promise<void> {
  const all = [...empty, ...fill, ...finish].length;
  let written = 0;
  const writeAll = async (step: Step, pages: readonly PageWrite[]): Promise<void> => {
    for (const page of pages) {
      await during(step, written, all, writePage(access, page));
      written++;
    }
  };
  await writeAll('emptying', empty);
  await writeAll('filling', fill);
  // Before the length makes a message of them.
  await during('filling', written, all, compare(access, fill, memory, false));
  await writeAll('finishing', finish);
  await during('finishing', written, all, compare(access, [...empty, ...finish], memory, true));
}

/**
 * Reads the pages back, four at a time.
 * @param isLast Whether the tag is let go with it: then something is read in any case.
 */
async function compare(
  access: ReaderAccess,
  pages: readonly PageWrite[],
  memory: Uint8Array,
  isLast: boolean,
): Promise<void> {
  const step = READ_BYTES / PAGE_BYTES;
  const firsts = [...new Set(pages.map(({ page }) => page - (page % step)))];
  if (isLast && firsts.length === 0) firsts.push(0);
  for (const [at, first] of firsts.entries()) {
    const found = await readPages(access, first, isLast && at === firsts.length - 1);
    const differs = pages.find(
      ({ page }) => page - (page % step) === first && !isSame(slicePage(found, page - first), slicePage(memory, page)),
    );
    if (differs) throw new ReaderError('not-completed', tagDetailed('tag-differs', { page: String(differs.page) }));
  }
}

const slicePage = (bytes: Uint8Array, page: number): Uint8Array =>
  bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.every((byte, at) => byte === other[at]);

/** What it means that writing ended in a step. */
async function during(step: Step, written: number, pages: number, ended: Promise<void>): Promise<void> {
  try {
    await ended;
  } catch (cause) {
    if (!(cause instanceof ReaderError) || cause.because?.code === 'tag-differs') throw cause;
    const detail = tagDetailed(`tag-cut-${step}`, { written: String(written), pages: String(pages) });
    const { status } = cause;
    throw new ReaderError(cause.code, { ...detail, cause, ...(status ? { status } : {}) });
  }
}
