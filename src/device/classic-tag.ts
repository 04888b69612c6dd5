/**
 * Sectors of a MIFARE Classic tag, read and written through the reader, which logs in with the key by itself [DP 1101]. The form of
 * the commands is that of one integrator's sample, not of the vendor [SAMPLE, edition 2: medium]; that of the answers is not
 * published, so both forms that are conceivable are read, and nothing counts as written but what is read back.
 *
 * Keys are neither kept nor shown: copies are overwritten when they are no longer needed, and the journal hides these commands as
 * a whole.
 */
import { commands } from '../mms/commands/index.js';
import { parseHex } from '../mms/hex.js';
import { isBytes } from '../mms/is-bytes.js';
import { findNode } from '../mms/tlv.js';
import { badOption, refuseUnknown } from '../connection/bad-option.js';
import { tagDetailed } from '../connection/tag-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { accepted, type OperationOptions, type ReaderAccess } from './reader-access.js';
import { agreed } from './tag-confirm.js';
import { answerOfTag, sessionOptionNames, withTag, type TagSessionOptions } from './tag-session.js';

/** How a tag is logged in to. */
export interface ClassicKey {
  /** Six bytes, or twelve hexadecimal digits. It is not kept, and never in an error or the journal. */
  readonly key: Uint8Array | string;
  /** Which of the two keys of a sector it is. Default `A`. */
  readonly keyType?: 'A' | 'B';
}

export interface ReadClassicTagOptions extends TagSessionOptions, ClassicKey {
  /** Numbers of the sectors that this key opens: 0 to 15, of a tag with 4 kB to 39. */
  readonly sectors: readonly number[];
}

export interface ClassicSector {
  readonly sector: number;
  /** 64 bytes, from sector 32 on 256. The last 16 are the trailer; key A reads as zeros. */
  readonly data: Uint8Array;
}

export interface ClassicTag {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  /** In the order in which they were asked for. */
  readonly sectors: readonly ClassicSector[];
}

/** What is about to be written, before anything is. */
export interface ClassicWritePlan {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  readonly sector: number;
  /** First block, counted from 0 in its sector. */
  readonly block: number;
  /** What the blocks hold, and what they are to hold. */
  readonly before: Uint8Array;
  readonly data: Uint8Array;
}

export interface WriteClassicTagOptions extends TagSessionOptions, ClassicKey {
  /** 0 to 15, of a tag with 4 kB to 39. */
  readonly sector: number;
  /** First block, counted from 0 in its sector. The first block of the tag and the last one of a sector are never written. */
  readonly block: number;
  /** 16 bytes a block. */
  readonly data: Uint8Array;
  /** Asked when the tag is there and was read, while it must stay at the reader: nothing is written unless the answer is `true`. */
  readonly confirm: (plan: ClassicWritePlan) => boolean | Promise<boolean>;
}

const loginOptionNames = { ...sessionOptionNames, key: true, keyType: true } as const;

const READ = 0x30;
const WRITE = 0xa0;
const BLOCK_BYTES = 16;
const KEY_BYTES = 6;
const SECTORS = 40;
/** Sectors of four blocks; those behind them have sixteen [NXP]. */
const SMALL_SECTORS = 32;
const blocksOf = (sector: number): number => (sector < SMALL_SECTORS ? 4 : 16);

/**
 * Waits for a tag and reads sectors of it.
 * @throws {ReaderError} `bad-option` before anything is sent; `rejected`, for a wrong key too; `bad-message` for an answer of another length; and
 * as `readTag`.
 */
export async function readClassicTag(access: ReaderAccess, options: ReadClassicTagOptions): Promise<ClassicTag> {
  refuseUnknown(options, { ...loginOptionNames, sectors: true });
  const { sectors, signal } = options;
  if (!Array.isArray(sectors) || sectors.length === 0) throw badOption('sectors', 'sectors must be a list.');
  const wanted = [...(sectors as readonly number[])];
  for (const sector of wanted) assertSector(sector, 'sectors');
  return withKey(options, (login) =>
    withTag(access, options, async (uid) => {
      const found: ClassicSector[] = [];
      for (const [at, sector] of wanted.entries()) {
        const range = { sector, first: 0, last: blocksOf(sector) - 1 };
        const isLast = at === wanted.length - 1;
        found.push({ sector, data: await read(access, range, login, isLast, { signal }) });
      }
      return { uid, sectors: found };
    }),
  );
}

/**
 * Waits for a tag, reads the blocks, asks `confirm`, writes them and reads them back. Once written to, it cannot be aborted.
 * @returns The unique id in hexadecimal.
 * @throws {ReaderError} before anything is written: `bad-option`; `aborted`, also with `tag-not-confirmed`; `not-completed` with `tag-gone`; and as
 * {@link readClassicTag}. Later `not-completed` with `tag-blocks-differ`, or what ended it with `tag-cut-blocks`. What `confirm`
 * throws is thrown as it is.
 */
export async function writeClassicTag(access: ReaderAccess, options: WriteClassicTagOptions): Promise<string> {
  refuseUnknown(options, { ...loginOptionNames, sector: true, block: true, data: true, confirm: true });
  const { sector, block, confirm, signal } = options;
  const data = checkedData(options);
  const range = { sector, first: block, last: block + data.length / BLOCK_BYTES - 1 };
  return withKey(options, (login) =>
    withTag(access, options, async (uid) => {
      const before = await read(access, range, login, false, { signal });
      await agreed(access, () => confirm({ uid, sector, block, before, data: data.slice() }), options);
      let written: Uint8Array;
      try {
        await send(access, WRITE, range, login, data, false, {});
        written = await read(access, range, login, true, {});
      } catch (cause) {
        if (!(cause instanceof ReaderError)) throw cause;
        const { code, status } = cause;
        const detail = tagDetailed('tag-cut-blocks', { sector: String(sector) });
        throw new ReaderError(code, { ...detail, cause, ...(status ? { status } : {}) });
      }
      if (written.some((byte, at) => byte !== data[at]))
        throw new ReaderError('not-completed', tagDetailed('tag-blocks-differ', { sector: String(sector) }));
      return uid;
    }),
  );
}

interface Range {
  readonly sector: number;
  readonly first: number;
  readonly last: number;
}

/** A copy, so that what was agreed to is what is written. @throws {ReaderError} `bad-option`. */
function checkedData({ sector, block, data, confirm }: WriteClassicTagOptions): Uint8Array {
  if (typeof confirm !== 'function') throw badOption('confirm', 'confirm must be a function.');
  assertSector(sector, 'sector');
  const trailer = blocksOf(sector) - 1;
  const first = sector === 0 ? 1 : 0;
  if (!Number.isInteger(block) || block < first || block >= trailer)
    throw badOption('block', `block must be ${String(first)} to ${String(trailer - 1)}.`);
  const most = (trailer - block) * BLOCK_BYTES;
  const isFit = isBytes(data) && data.length > 0 && data.length % BLOCK_BYTES === 0 && data.length <= most;
  if (!isFit) throw badOption('data', `data must be 16 bytes a block, at most ${String(most)}.`);
  return data.slice();
}

function assertSector(sector: number, name: 'sector' | 'sectors'): void {
  if (!Number.isInteger(sector) || sector < 0 || sector >= SECTORS) throw badOption(name, 'a sector must be 0 to 39.');
}

/** Type and key as the commands have them, for as long as they are needed. @throws {ReaderError} `bad-option`, without the key. */
async function withKey<T>({ key, keyType = 'A' }: ClassicKey, use: (login: Uint8Array) => Promise<T>): Promise<T> {
  if (!['A', 'B'].includes(keyType)) throw badOption('keyType', 'keyType must be A or B.');
  const bytes = keyBytes(key);
  if (bytes?.length !== KEY_BYTES) throw badOption('key', 'key must be six bytes.');
  const login = Uint8Array.of(keyType === 'A' ? 0 : 1, ...bytes);
  if (typeof key === 'string') bytes.fill(0);
  try {
    return await use(login);
  } finally {
    login.fill(0);
  }
}

function keyBytes(key: Uint8Array | string): Uint8Array | undefined {
  try {
    return typeof key === 'string' ? parseHex(key) : isBytes(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

async function read(
  access: ReaderAccess,
  range: Range,
  login: Uint8Array,
  isLast: boolean,
  abort: OperationOptions,
): Promise<Uint8Array> {
  const response = await send(access, READ, range, login, new Uint8Array(0), isLast, abort);
  const length = (range.last - range.first + 1) * BLOCK_BYTES;
  const raw = findNode(response.payload, '82')?.value;
  // As it stands, or in the objects in which those of type 2 come.
  const data = raw?.length === length ? raw : answerOfTag(response);
  if (data?.length === length) return data;
  const values = { sector: String(range.sector), length: String(length) };
  throw new ReaderError('bad-message', tagDetailed('tag-sector', values));
}

async function send(
  access: ReaderAccess,
  code: number,
  { sector, first, last }: Range,
  login: Uint8Array,
  data: Uint8Array,
  isLast: boolean,
  abort: OperationOptions,
): ReturnType<typeof accepted> {
  const command = Uint8Array.of(code, sector, first, last, ...login, ...data);
  const request = commands.passThroughClassic({ command, last: isLast });
  // The request has bytes of its own.
  command.fill(0);
  return accepted(access, request, abort);
}
