/**
 * The memory of an NFC tag of type 2 (NTAG, MIFARE Ultralight), read through the reader page by page [S, PJ, DP 1100; NXP].
 * It does not know what the memory holds.
 */
import { commands } from '../mms/commands/index.js';
import { toHex } from '../mms/hex.js';
import type { MmsMessage, MmsResponse } from '../mms/message.js';
import { decodeTlv, findTlv, searchTlv } from '../mms/tlv.js';
import { readNdef, type NdefRecord } from '../mms/views/ndef.js';
import { readUid } from '../mms/views/uid.js';
import { badInput } from '../connection/bad-input.js';
import { rareDetailed } from '../connection/rare-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { GRACE } from '../mms/completions.js';
import { accepted, awaitMessage, type OperationOptions, type ReaderAccess } from './reader-access.js';
import { TRANSACTION_COMPLETE, TRANSACTION_INFORMATION } from '../mms/tables/numbers.js';

export interface TagOptions extends OperationOptions {
  /** Seconds to wait for a tag, 1 to 255. Default 60. */
  readonly timeout?: number;
  /** Told after each step, with bytes that are read and bytes that there are. */
  readonly onProgress?: (progress: { readonly read: number; readonly total: number }) => void;
}

export interface TagMemory {
  /** Unique id in hexadecimal. It identifies the tag: do not store it. */
  readonly uid: string;
  /** From page 0 on, as far as the tag says that it has memory for data. */
  readonly memory: Uint8Array;
  /** Texts and addresses in it: data of a stranger, never to be followed unasked. */
  readonly records: readonly NdefRecord[];
}

/** READ gives four pages of four bytes [NXP]. */
const READ = 0x30;
const PAGE_BYTES = 4;
const READ_BYTES = 16;
/** Pages in front of the data, and the byte in them that says how many times 8 bytes of data there are. */
const HEADER_BYTES = 16;
const CAPABILITY_AT = 12;
const CAPABILITY = 0xe1;
const SIZE_AT = 14;
const LARGEST_PAGE = 0xff;

const DEFAULT_TIMEOUT = 60;

/** Seconds for the reader to end its session after the last command. */
const END_SECONDS = 2;

/**
 * Waits for a tag and reads it. Takes the reader as a sale does, and must not be called while one runs.
 *
 * A payment card that is held to the reader instead is refused: the reader is told to cancel.
 * @throws {ReaderError} `rejected`; `not-completed` where no tag came, or another card; `bad-message`; `timeout`, `aborted`,
 * `connection-lost`.
 */
export async function readTag(access: ReaderAccess, options: TagOptions = {}): Promise<TagMemory> {
  const { timeout = DEFAULT_TIMEOUT, onProgress, signal } = options;
  const abort = signal === undefined ? {} : { signal };
  // The start of the seed guide's NFC session: an amount must stand in it, and nothing is charged.
  const start = commands.startTransaction({
    amount: '1.00',
    currency: 'USD',
    accept: 'tap',
    nfc: true,
    timeout,
    transactionOptions: 0x0203,
    merchantCategory: '0000',
  });
  const found = awaitMessage(access, tagOrEnd, {
    ...abort,
    seconds: timeout + GRACE,
  });
  const session = { isRunning: false, isEnded: false };
  // From when the start goes out: given up after that, the reader may be waiting for a tag already.
  const unsubscribe = access.subscribe('message', ({ message }) => {
    session.isRunning ||= message.kind === 'request' && message.id === start.id;
    session.isEnded ||= isEnd(message);
  });
  try {
    await accepted(access, start, abort).catch((cause: unknown) => {
      if (cause instanceof ReaderError && cause.code === 'rejected') session.isRunning = false;
      throw cause;
    });
    const event = await found.arrived;
    if (event.kind === 'end') session.isRunning = false;
    if (event.kind !== 'tag') {
      throw new ReaderError('not-completed', rareDetailed(event.kind === 'end' ? 'no-tag' : 'card-not-tag'));
    }
    const memory = await readMemory(access, abort, onProgress);
    session.isRunning = false;
    if (!session.isEnded) await sessionEnd(access, signal);
    return { uid: event.uid, memory, records: recordsOf(memory) };
  } catch (cause) {
    // The reader is given back: its session would hold it until the time limit.
    if (session.isRunning) await access.request(commands.cancelTransaction()).catch(() => undefined);
    throw cause;
  } finally {
    unsubscribe();
    found.stop();
  }
}

const isEnd = (message: MmsMessage): boolean => message.kind === 'notification' && message.id === TRANSACTION_COMPLETE;

/**
 * Waits until the reader says that its session is over: until then it refuses the next one. A reader that does not say so is not
 * waited for any longer, and what was read stays read.
 */
async function sessionEnd(access: ReaderAccess, signal: AbortSignal | undefined): Promise<void> {
  const end = awaitMessage(access, (message) => isEnd(message) || undefined, {
    seconds: END_SECONDS,
    ...(signal ? { signal } : {}),
  });
  await end.arrived.catch(() => undefined);
  end.stop();
}

type TagEvent = { readonly kind: 'tag'; readonly uid: string } | { readonly kind: 'end' | 'card' };

/** A tag with its unique id, a card that is none, or the end of the session. */
function tagOrEnd(message: MmsMessage): TagEvent | undefined {
  if (message.kind !== 'notification') return undefined;
  if (isEnd(message)) return { kind: 'end' };
  if (message.id !== TRANSACTION_INFORMATION) return undefined;
  if (message.name === 'contactless-card-detected') return { kind: 'card' };
  let uid: Uint8Array | undefined;
  try {
    uid = readUid(message);
  } catch {
    // Told by the client as an error; the reader goes on.
    return undefined;
  }
  return uid && { kind: 'tag', uid: toHex(uid) };
}

async function readMemory(
  access: ReaderAccess,
  abort: OperationOptions,
  onProgress: TagOptions['onProgress'],
): Promise<Uint8Array> {
  const header = await readPages(access, 0, false, abort);
  const isForData = header[CAPABILITY_AT] === CAPABILITY;
  const size = isForData ? (header[SIZE_AT] as number) * 8 : 0;
  const total = Math.min(HEADER_BYTES + size, (LARGEST_PAGE + 1) * PAGE_BYTES);
  const memory = new Uint8Array(Math.ceil(total / READ_BYTES) * READ_BYTES);
  memory.set(header);
  onProgress?.({ read: Math.min(HEADER_BYTES, total), total });
  for (let at = HEADER_BYTES; at < total; at += READ_BYTES) {
    memory.set(await readPages(access, at / PAGE_BYTES, at + READ_BYTES >= total, abort), at);
    onProgress?.({ read: Math.min(at + READ_BYTES, total), total });
  }
  // A tag without room for data is read by now, and not told so: its first pages are read once more as the last command.
  if (total <= HEADER_BYTES) await readPages(access, 0, true, abort);
  return memory.subarray(0, total);
}

async function readPages(
  access: ReaderAccess,
  page: number,
  last: boolean,
  abort: OperationOptions,
): Promise<Uint8Array> {
  const response = await accepted(access, commands.passThrough({ command: Uint8Array.of(READ, page), last }), abort);
  const data = answerOf(response);
  if (data?.length !== READ_BYTES) {
    throw new ReaderError('bad-message', rareDetailed('tag-page', { page: String(page) }));
  }
  return data;
}

/** Tag 82 of the answer holds FC with DF7A in it, as the vendor's demo reads it [PJ]. */
function answerOf({ payload }: MmsResponse): Uint8Array | undefined {
  const value = findTlv(payload, '82')?.value;
  if (!value) return undefined;
  try {
    return searchTlv(decodeTlv(value), 'DF7A')?.value;
  } catch (cause) {
    throw badInput(cause);
  }
}

/** A memory without NDEF is not an error: the memory is there in any case. */
function recordsOf(memory: Uint8Array): readonly NdefRecord[] {
  try {
    return readNdef(memory);
  } catch {
    return [];
  }
}
