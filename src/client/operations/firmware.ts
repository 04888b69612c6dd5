/**
 * New firmware for the reader: what the file is for is read from the file itself, the battery is looked at, the image is loaded
 * (D801) and put into use (D901), the restart is waited for and the version compared [MG p128, DP D801, DP D901, PJ].
 *
 * What a cut means: while the image is loaded, nothing has changed. From D901 on nobody can say until the reader is asked for its
 * version again. Nothing is ever sent a second time.
 */
import { commands } from '../../mms/commands/index.js';
import { toHex } from '../../mms/hex.js';
import type { MmsNotification } from '../../mms/message.js';
import { FIRMWARE_UPDATED, FIRMWARE_UP_TO_DATE } from '../../mms/tables/numbers.js';
import { BATTERY_LEVEL, BLUETOOTH_FIRMWARE, MAIN_FIRMWARE, WLAN_FIRMWARE } from '../../mms/tables/oids.js';
import { readFirmwareKind, type FirmwareKind } from '../../mms/views/firmware.js';
import { isOpen } from '../../connection/connection-state.js';
import { refuseUnknown } from '../../connection/bad-option.js';
import { rareDetailed } from '../../connection/rare-details.js';
import { ReaderError, type ReaderErrorOptions } from '../../connection/reader-error.js';
import { sha256 } from './checksum.js';
import { assertFree, whileUpdating } from './running-update.js';
import { assertContents } from './file-limits.js';
import { assertSame, propertyOf, serialOf } from '../../device/same-reader.js';
import { completed, type OperationOptions, type ReaderAccess } from '../../device/reader-access.js';

export type FirmwareStep = 'checking' | 'loading' | 'committing' | 'restarting' | 'verifying';

export interface UpdateFirmwareOptions extends OperationOptions {
  /** Called when a step begins. From `committing` on it can no longer be aborted. */
  readonly onProgress?: (step: FirmwareStep) => void;
  /** The reader that is meant, as `getDeviceInfo` gives it: no other one is updated. Default: the one that is connected. */
  readonly serialNumber?: string;
}

/** What is known before anything is changed. */
export interface FirmwareCheck {
  readonly kind: FirmwareKind;
  /** Absent where the reader does not tell it. */
  readonly serialNumber?: string;
  /** Of the part that the file is for; absent where the reader does not tell it. */
  readonly version?: string;
  /** Percent; absent where the reader does not tell it. */
  readonly batteryLevel?: number;
}

export interface FirmwareUpdate {
  readonly kind: FirmwareKind;
  /** False where the reader said that it has this firmware already. */
  readonly isNew: boolean;
  /** As the reader tells it; absent where it does not. */
  readonly versionBefore?: string;
  readonly versionAfter?: string;
}

/** Property with the version of a part [PJ]. */
const VERSIONS: Readonly<Record<FirmwareKind, string>> = {
  'boot-loader': '2.1.2.1.1.2',
  main: MAIN_FIRMWARE,
  'wi-fi': WLAN_FIRMWARE,
  bluetooth: BLUETOOTH_FIRMWARE,
};

/** Percent of the battery (edition 2, SAMPLE); the reader refuses at 5 and less [MG p128]. */
const BATTERY_LEAST = 5;

/** Seconds for the reader to work on an image [D], and bytes a second that even Bluetooth carries [D]. */
const WORK_SECONDS = 60;
const SLOWEST = 4_000;
/** Seconds until a reader that restarts is gone, and until it is back [D]. */
const GOING_SECONDS = 30;
const RETURN_SECONDS = 180;

/**
 * Looks at a firmware file and at the reader that is to have it, and changes nothing.
 *
 * @param file As its maker gives it.
 * @throws {ReaderError} `bad-file`; `not-completed` with `battery-low`; what `request` throws.
 */
export async function checkFirmware(
  access: ReaderAccess,
  file: Uint8Array,
  options: OperationOptions = {},
): Promise<FirmwareCheck> {
  refuseUnknown(options, { signal: true });
  const { kind } = aboutFile(file);
  access.assertIdle();
  return checkReader(access, kind, options);
}

/**
 * Replaces firmware and resolves when the reader is back with it.
 *
 * @param image As its maker gives it; it must not change any more.
 * @throws {ReaderError} before anything is sent: `bad-file`, also with `update-running` while this client carries out another one;
 * `not-completed` with `battery-low`; `other-reader`. Later `rejected`; `not-completed` with `firmware-not-loaded`,
 * `firmware-not-used` or `firmware-not-verified`; `connection-lost` or `timeout` with `firmware-cut-loading`,
 * `firmware-cut-committing`, `reader-not-back` or `firmware-not-verified`, whose `help` says what state the reader is in;
 * `other-reader` where another one is there after the restart; `aborted`.
 */
export async function updateFirmware(
  access: ReaderAccess,
  image: Uint8Array,
  options: UpdateFirmwareOptions = {},
): Promise<FirmwareUpdate> {
  refuseUnknown(options, { signal: true, onProgress: true, serialNumber: true });
  const about = aboutFile(image);
  // And again before each step that changes something.
  assertFree(access);
  return whileUpdating(access, () => carryOut(access, image, about, options));
}

async function carryOut(
  access: ReaderAccess,
  image: Uint8Array,
  { kind, imageType }: AboutFile,
  { onProgress, serialNumber, signal }: UpdateFirmwareOptions,
): Promise<FirmwareUpdate> {
  onProgress?.('checking');
  const hash = await sha256(image);
  const { version: versionBefore, serialNumber: serial } = await checkReader(access, kind, { signal });
  if (serialNumber !== undefined) assertSame(serialNumber, serial);
  access.assertIdle();
  onProgress?.('loading');
  const load = commands.loadFirmware({ imageType, sha256: hash, image });
  const seconds = WORK_SECONDS + image.length / SLOWEST;
  const loaded = await during(
    'firmware-cut-loading',
    completed(access, load, {
      signal,
      seconds,
      missing: rareDetailed('firmware-cut-loading'),
      isMeant: ({ detail }) => detail[2] !== OF_COMMIT,
    }),
  );
  const before = versionBefore === undefined ? {} : { versionBefore };
  if (loaded.id === FIRMWARE_UP_TO_DATE)
    return { kind, isNew: false, ...before, ...(versionBefore === undefined ? {} : { versionAfter: versionBefore }) };
  if (!isGood(loaded)) throw failure('firmware-not-loaded', loaded);
  if (signal?.aborted === true) throw givenUp(signal.reason);
  access.assertIdle();
  onProgress?.('committing');
  const restart = watchRestart(access);
  try {
    const commit = commands.commitFirmware({ imageType, sha256: hash });
    const used = await during(
      'firmware-cut-committing',
      completed(access, commit, {
        missing: rareDetailed('firmware-cut-committing'),
        // The end of a load that was given up before may come late: it is no end of this.
        isMeant: ({ detail }) => detail[2] !== OF_LOAD,
      }),
    );
    if (!isGood(used)) throw failure('firmware-not-used', used);
    onProgress?.('restarting');
    await restart.over;
  } finally {
    restart.stop();
  }
  onProgress?.('verifying');
  const versionAfter = await during('firmware-not-verified', verified(access, kind, serial));
  if (versionBefore !== undefined && versionAfter === undefined) throw notVerified();
  return { kind, isNew: true, ...before, ...(versionAfter === undefined ? {} : { versionAfter }) };
}

interface AboutFile {
  readonly kind: FirmwareKind;
  readonly imageType: number;
}

/** @throws {ReaderError} `bad-file`. */
function aboutFile(file: Uint8Array): AboutFile {
  assertContents(file);
  const about = readFirmwareKind(file);
  if (about) return about;
  throw new ReaderError('bad-file', rareDetailed('firmware-unknown'));
}

async function checkReader(access: ReaderAccess, kind: FirmwareKind, abort: OperationOptions): Promise<FirmwareCheck> {
  const serialNumber = await serialOf(access, abort);
  const batteryLevel = await batteryOf(access, abort);
  const version = await versionOf(access, kind, abort);
  return {
    kind,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(batteryLevel === undefined ? {} : { batteryLevel }),
    ...(version === undefined ? {} : { version }),
  };
}

/** The version after the restart. What another reader has says nothing about this one. */
async function verified(
  access: ReaderAccess,
  kind: FirmwareKind,
  serial: string | undefined,
): Promise<string | undefined> {
  if (serial !== undefined) {
    const found = await serialOf(access, {});
    // Not another one: it does not say which it is.
    if (found === undefined) throw notVerified();
    assertSame(serial, found);
  }
  return versionOf(access, kind, {});
}

/** Third byte of the details of 0905 and 0906: which step they tell of [PJ, edition 2]. */
const OF_LOAD = 0x09;
const OF_COMMIT = 0x0a;

/** Notification 0905, unless the last byte of its detail says that the step failed (edition 2). */
const isGood = ({ id, detail }: MmsNotification): boolean => id === FIRMWARE_UPDATED && detail[3] !== 0x04;

const failure = (code: 'firmware-not-loaded' | 'firmware-not-used', { detail }: MmsNotification): ReaderError =>
  new ReaderError('not-completed', rareDetailed(code, { code: toHex(detail) }));

const notVerified = (): ReaderError => new ReaderError('not-completed', rareDetailed('firmware-not-verified'));

type Cut = 'firmware-cut-loading' | 'firmware-cut-committing' | 'firmware-not-verified';

/** What a lost connection, or giving up, means in a step. */
async function during<T>(step: Cut, ended: Promise<T>): Promise<T> {
  try {
    return await ended;
  } catch (cause) {
    if (cause instanceof ReaderError && cause.code === 'aborted') throw givenUp(cause);
    if (!(cause instanceof ReaderError) || !['connection-lost', 'not-connected', 'timeout'].includes(cause.code))
      throw cause;
    // Not even sent: the reader has the image and does not use it.
    const isUnsent = cause.code === 'not-connected' && step === 'firmware-cut-committing';
    const code = isUnsent ? 'firmware-cut-loading' : step;
    throw new ReaderError(cause.code === 'timeout' ? 'timeout' : 'connection-lost', { ...rareDetailed(code), cause });
  }
}

/** Only while the image is loaded: later it cannot be given up. */
const givenUp = (cause: unknown): ReaderError =>
  new ReaderError('aborted', { ...rareDetailed('firmware-given-up'), cause });

/** @throws {ReaderError} where it is too low. */
async function batteryOf(access: ReaderAccess, abort: OperationOptions): Promise<number | undefined> {
  const [level, ...more] = (await propertyOf(access, BATTERY_LEVEL, abort))?.value ?? [];
  if (level === undefined || more.length > 0) return undefined;
  if (level > BATTERY_LEAST) return level;
  throw new ReaderError('not-completed', rareDetailed('battery-low', { percent: String(level) }));
}

async function versionOf(
  access: ReaderAccess,
  kind: FirmwareKind,
  abort: OperationOptions,
): Promise<string | undefined> {
  return (await propertyOf(access, VERSIONS[kind], abort))?.text;
}

/** A restart that is about to come: over when the connection is open again. Where its end is never seen, it is not waited for. */
function watchRestart({ environment, subscribe }: ReaderAccess): { readonly over: Promise<void>; stop(): void } {
  let isGone = false;
  let timer: unknown;
  const stops: (() => void)[] = [];
  const over = new Promise<void>((resolve, reject) => {
    const notBack = (code: 'timeout' | 'connection-lost', cause?: ReaderErrorOptions['cause']): void => {
      reject(new ReaderError(code, { ...rareDetailed('reader-not-back'), cause }));
    };
    timer = environment.setTimeout(() => {
      // Behind a broker or a bridge the connection outlives the restart.
      if (!isGone) return resolve();
      timer = environment.setTimeout(() => notBack('timeout'), RETURN_SECONDS * 1000);
    }, GOING_SECONDS * 1000);
    stops.push(
      subscribe('state', ({ state, error }) => {
        if (!isOpen(state)) isGone = true;
        if (isGone && isOpen(state)) resolve();
        if (state === 'closed' || state === 'failed') notBack('connection-lost', error);
      }),
    );
  });
  over.catch(() => undefined);
  return {
    over,
    stop: () => {
      environment.clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
