/**
 * The lock of a reader (EF06) [DP device-lock]: locked, it refuses nearly every command. How its passcode is changed (EF07) is not
 * published. The passcode is neither kept nor shown, and the journal hides it.
 */
import { setDeviceLock as lockCommand } from '../mms/commands/security.js';
import { MmsError } from '../mms/error.js';
import { isBytes } from '../mms/is-bytes.js';
import type { MmsRequest } from '../mms/message.js';
import { LOCK_STATE } from '../mms/tables/oids.js';
import { badOption, refuseUnknown } from '../connection/bad-option.js';
import { rareDetailed } from '../connection/rare-details.js';
import { ReaderError } from '../connection/reader-error.js';
import { assertSame, propertyOf, serialOf } from './same-reader.js';
import { accepted, type OperationOptions, type ReaderAccess } from './reader-access.js';

export interface DeviceLockOptions extends OperationOptions {
  /** Whether the reader is to be locked. */
  readonly locked: boolean;
  /** That of the reader: 4 to 63 bytes, or as many ASCII characters. */
  readonly passcode: string | Uint8Array;
  /** The reader that is meant, as `getDeviceInfo` gives it: no other one is locked. Default: the one that is connected. */
  readonly serialNumber?: string;
}

/**
 * Locks the reader or opens it again, and asks it for its state.
 * @returns Whether it is locked now, as it says itself; what was asked for where it does not say.
 * @throws {ReaderError} `bad-option` for a passcode that cannot be one, or where `locked` is neither true nor false, and `other-reader`: nothing was sent that changes anything;
 * `rejected`, for a wrong passcode too; what `request` throws, with `lock-not-verified` where the reader has accepted the command and its
 * state was not heard.
 */
export async function setDeviceLock(access: ReaderAccess, options: DeviceLockOptions): Promise<boolean> {
  refuseUnknown(options, { signal: true, locked: true, passcode: true, serialNumber: true });
  const { locked, passcode, serialNumber, signal } = options;
  const request = lockRequest(locked, passcode);
  access.assertIdle();
  if (serialNumber !== undefined) assertSame(serialNumber, await serialOf(access, { signal }));
  // A sale may have begun meanwhile.
  access.assertIdle();
  await accepted(access, request, { signal });
  return (await stateAfter(access, { signal })) ?? locked;
}

/** The state of the lock once a command for it was accepted, which is not the same as carried out: what keeps it from being heard says so. */
async function stateAfter(access: ReaderAccess, abort: OperationOptions): Promise<boolean | undefined> {
  try {
    const [state] = (await propertyOf(access, LOCK_STATE, abort))?.value ?? [];
    return state === undefined ? undefined : state !== 0;
  } catch (cause) {
    if (!(cause instanceof ReaderError)) throw cause;
    const code = cause.code === 'not-connected' ? 'connection-lost' : cause.code;
    throw new ReaderError(code, { ...rareDetailed('lock-not-verified'), cause });
  }
}

function lockRequest(locked: boolean, passcode: string | Uint8Array): MmsRequest {
  // From JavaScript anything may come: what is only taken for true must not lock a reader.
  if (typeof locked !== 'boolean') throw badOption('locked', 'locked must be true or false.');
  const isText = typeof passcode === 'string';
  if (!isText && !isBytes(passcode)) throw badOption('passcode', 'passcode must be text or bytes.');
  try {
    if (isText && !/^[\x20-\x7e]*$/.test(passcode)) throw new MmsError('bad-value', 0, 'passcode must be ASCII text');
    return lockCommand({ locked, passcode: isText ? new TextEncoder().encode(passcode) : passcode });
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    throw badOption('passcode', `${cause.message}.`);
  }
}
