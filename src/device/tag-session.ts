/**
 * A session with an NFC tag: the reader waits for one, commands are passed through to it, and the reader is given back, so that
 * the next session can begin at once [S, PJ, DP 1100]. It does not know what is said to a tag.
 */
import { commands } from '../mms/commands/index.js';
import { toHex } from '../mms/hex.js';
import { GRACE } from '../mms/completions.js';
import type { MmsMessage, MmsResponse } from '../mms/message.js';
import { TRANSACTION_COMPLETE, TRANSACTION_INFORMATION } from '../mms/tables/numbers.js';
import { decodeTlv, findNode, searchNode } from '../mms/tlv.js';
import { readUid } from '../mms/views/uid.js';
import { badInput } from '../connection/bad-input.js';
import { rareDetailed } from '../connection/rare-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { accepted, awaitMessage, type OperationOptions, type ReaderAccess } from './reader-access.js';

export interface TagSessionOptions extends OperationOptions {
  /** Seconds to wait for a tag, 1 to 255. Default 60. */
  readonly timeout?: number;
}

export const sessionOptionNames = { signal: true, timeout: true } as const;

export const DEFAULT_TAG_TIMEOUT = 60;

/** Seconds for the reader to end its session after the last command, and to answer a start that was given up. */
const END_SECONDS = 2;

/** Clients that have a session. */
const busy = new WeakSet<object>();

/** Where the reference number of a message is, which the client gives it [MG p33]. */
const REFERENCE_AT = 5;

/**
 * Waits for a tag and lets `use` talk to it, whose last command must have the flag that it is the last. Where `use` fails, the
 * reader is told to cancel. Either way the end of the session is waited for.
 *
 * A payment card that is held to the reader instead is refused.
 * @throws {ReaderError} `transaction-in-progress` during a sale or another session of this client; `rejected`; `not-completed` where no tag
 * came, or another card; `timeout`, `aborted`, `connection-lost`; and what `use` throws.
 */
export async function withTag<T>(
  access: ReaderAccess,
  options: TagSessionOptions,
  use: (uid: string) => Promise<T>,
): Promise<T> {
  const { owner } = access;
  access.assertIdle();
  if (busy.has(owner)) throw new ReaderError('transaction-in-progress');
  busy.add(owner);
  try {
    return await runSession(access, options, use);
  } finally {
    busy.delete(owner);
  }
}

async function runSession<T>(
  access: ReaderAccess,
  { timeout = DEFAULT_TAG_TIMEOUT, signal }: TagSessionOptions,
  use: (uid: string) => Promise<T>,
): Promise<T> {
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
  const session = { isRunning: false, reference: -1, isAnswered: false, isEnded: false };
  const isAnswer = (message: MmsMessage): message is MmsResponse =>
    message.kind === 'response' && message.id === start.id && message.reference === session.reference;
  const found = awaitMessage(
    access,
    (message) => {
      session.isAnswered ||= isAnswer(message);
      const event = tagOrEnd(message);
      // Before the answer it can only be the late end of another session.
      return event?.kind === 'end' && !session.isAnswered ? undefined : event;
    },
    { signal, seconds: timeout + GRACE },
  );
  // From when the start goes out: given up after that, the reader may be waiting for a tag already.
  const unsubscribe = access.subscribe('message', ({ message }) => {
    if (message.kind === 'request' && isSameButReference(message.bytes, start.bytes)) {
      session.isRunning = true;
      session.reference = message.reference;
    }
    session.isEnded ||= session.isAnswered && isSessionEnd(message) === true;
  });
  try {
    await accepted(access, start, { signal }).catch((cause: unknown) => {
      if (cause instanceof ReaderError && cause.code === 'rejected') session.isRunning = false;
      throw cause;
    });
    session.isAnswered = true;
    const event = await found.arrived;
    if (event.kind === 'end') session.isRunning = false;
    if (event.kind !== 'tag') {
      throw new ReaderError('not-completed', rareDetailed(event.kind === 'end' ? 'no-tag' : 'card-not-tag'));
    }
    const result = await use(event.uid);
    session.isRunning = false;
    if (!session.isEnded) await sessionEnd(access, signal);
    return result;
  } catch (cause) {
    // The reader is given back: its session would hold it until the time limit. One that has ended is not: the next may be another's.
    const isOpenQuestion = session.isRunning && !session.isAnswered && !isLost(cause);
    if (isOpenQuestion) session.isRunning = !(await isRefused(access, isAnswer));
    if (session.isRunning && !session.isEnded) await cancelSession(access);
    throw cause;
  } finally {
    unsubscribe();
    found.stop();
  }
}

/** True for the message with which a session is over; for {@link awaitMessage}. */
export const isSessionEnd = (message: MmsMessage): true | undefined =>
  (message.kind === 'notification' && message.id === TRANSACTION_COMPLETE) || undefined;

/**
 * Waits until the reader says that its session is over: until then it refuses the next one. A reader that does not say so is not
 * waited for any longer, and what was done stays done.
 */
async function sessionEnd(access: ReaderAccess, signal?: AbortSignal): Promise<void> {
  const end = awaitMessage(access, isSessionEnd, { seconds: END_SECONDS, signal });
  await end.arrived.catch(() => undefined);
  end.stop();
}

/**
 * Whether the reader refuses a start that was given up before its answer: then what runs there is somebody else's, and is left alone.
 * False where it does not say.
 */
async function isRefused(
  access: ReaderAccess,
  isAnswer: (message: MmsMessage) => message is MmsResponse,
): Promise<boolean> {
  const answer = awaitMessage(access, (message) => (isAnswer(message) ? message : undefined), { seconds: END_SECONDS });
  try {
    return !(await answer.arrived).status.ok;
  } catch {
    return false;
  } finally {
    answer.stop();
  }
}

/** Whether no answer can come any more. */
const isLost = (cause: unknown): boolean =>
  cause instanceof ReaderError && (cause.code === 'connection-lost' || cause.code === 'not-connected');

const isSameButReference = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => at === REFERENCE_AT || byte === other[at]);

/** What goes wrong here must not hide why the session is given up. */
async function cancelSession(access: ReaderAccess): Promise<void> {
  const end = awaitMessage(access, isSessionEnd, { seconds: END_SECONDS });
  try {
    await accepted(access, commands.cancelTransaction());
    await end.arrived;
  } catch {
    // Nothing runs any more, or nobody answers.
  } finally {
    end.stop();
  }
}

type TagEvent = { readonly kind: 'tag'; readonly uid: string } | { readonly kind: 'end' | 'card' };

/** A tag with its unique id, a card that is none, or the end of the session. */
function tagOrEnd(message: MmsMessage): TagEvent | undefined {
  if (message.kind !== 'notification') return undefined;
  if (isSessionEnd(message)) return { kind: 'end' };
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

/**
 * Tag 82 of the answer to a command that was passed through holds FC with DF7A in it, as the vendor's demo reads it [PJ].
 * Undefined where there is no such thing.
 */
export function answerOfTag({ payload }: MmsResponse): Uint8Array | undefined {
  const value = findNode(payload, '82')?.value;
  if (!value) return undefined;
  try {
    return searchNode(decodeTlv(value), 'DF7A')?.value;
  } catch (cause) {
    throw badInput(cause);
  }
}
