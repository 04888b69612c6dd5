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
import { readFirmwareKind, type FirmwareKind } from '../../mms/views/firmware.js';
import { readPropertyAnswers, type PropertyAnswer } from '../../mms/views/property.js';
import { isOpen } from '../../connection/connection-state.js';
import { ReaderError, type ReaderErrorOptions } from '../../connection/reader-error.js';
import { sha256 } from './checksum.js';
import { assertContents } from './files.js';
import { completed, type OperationOptions, type ReaderAccess } from './reader-access.js';

export type FirmwareStep = 'checking' | 'loading' | 'committing' | 'restarting' | 'verifying';

export interface UpdateFirmwareOptions extends OperationOptions {
  /** Called when a step begins. From `committing` on it can no longer be aborted. */
  readonly onProgress?: (step: FirmwareStep) => void;
}

export interface FirmwareUpdate {
  readonly kind: FirmwareKind;
  /** False where the reader said that it has this firmware already. */
  readonly isNew: boolean;
  /** As the reader tells it; absent where it does not. */
  readonly versionBefore?: string;
  readonly versionAfter?: string;
}

/** Property with the version of a part [PJ]; that of Bluetooth is not published. */
const VERSIONS: Readonly<Partial<Record<FirmwareKind, string>>> = {
  'boot-loader': '2.1.2.1.1.2',
  main: '2.1.2.2.2.2',
  'wi-fi': '2.1.2.5.3.1',
};

/** Level of the battery in percent (edition 2, SAMPLE); the reader refuses at 5 and less [MG p128]. */
const BATTERY = '2.3.1.2.1.4';
const BATTERY_LEAST = 5;

const UPDATED = 0x0905;
const UP_TO_DATE = 0x0907;

/** Seconds for the reader to work on an image [D], and bytes a second that even Bluetooth carries [D]. */
const WORK_SECONDS = 60;
const SLOWEST = 4_000;
/** Seconds until a reader that restarts is gone, and until it is back [D]. */
const GOING_SECONDS = 30;
const RETURN_SECONDS = 180;

/**
 * Replaces firmware and resolves when the reader is back with it.
 *
 * @param file As its maker gives it.
 * @throws {ReaderError} before anything is sent: `bad-file`, `not-completed` with `battery-low`. Later `rejected`;
 * `not-completed` with `firmware-not-loaded` or `firmware-not-used`; `connection-lost` or `timeout` with
 * `firmware-cut-loading`, `firmware-cut-committing` or `reader-not-back`, whose `help` says what state the reader is in;
 * `aborted`.
 */
export async function updateFirmware(
  access: ReaderAccess,
  file: Uint8Array,
  { onProgress, signal }: UpdateFirmwareOptions = {},
): Promise<FirmwareUpdate> {
  const abort = signal === undefined ? {} : { signal };
  const image = file.slice();
  assertContents(image);
  const about = readFirmwareKind(image);
  if (!about)
    throw new ReaderError('bad-file', {
      detail: 'It is not a firmware file of a known kind.',
      because: { code: 'firmware-unknown' },
    });
  const { kind, imageType } = about;
  onProgress?.('checking');
  const hash = await sha256(image);
  await assertBattery(access, abort);
  const versionBefore = await versionOf(access, kind, abort);
  onProgress?.('loading');
  const load = commands.loadFirmware({ imageType, sha256: hash, image });
  const seconds = WORK_SECONDS + image.length / SLOWEST;
  const loaded = await during('firmware-cut-loading', completed(access, load, { ...abort, seconds, missing: LOADING }));
  const before = versionBefore === undefined ? {} : { versionBefore };
  if (loaded.id === UP_TO_DATE)
    return { kind, isNew: false, ...before, ...(versionBefore === undefined ? {} : { versionAfter: versionBefore }) };
  if (!isGood(loaded)) throw failure('firmware-not-loaded', 'The reader did not take the firmware', loaded);
  signal?.throwIfAborted();
  onProgress?.('committing');
  const restart = watchRestart(access);
  try {
    const commit = commands.commitFirmware({ imageType, sha256: hash });
    const used = await during('firmware-cut-committing', completed(access, commit, { missing: COMMITTING }));
    if (!isGood(used)) throw failure('firmware-not-used', 'The reader could not put the firmware into use', used);
    onProgress?.('restarting');
    await restart.over;
  } finally {
    restart.stop();
  }
  onProgress?.('verifying');
  const versionAfter = await versionOf(access, kind, {});
  return { kind, isNew: true, ...before, ...(versionAfter === undefined ? {} : { versionAfter }) };
}

const LOADING = {
  detail: 'The reader did not say whether it has the firmware.',
  because: { code: 'firmware-cut-loading' },
} as const;
const COMMITTING = {
  detail: 'The reader did not say whether it uses the firmware.',
  because: { code: 'firmware-cut-committing' },
} as const;

/** Notification 0905, unless the last byte of its detail says that the step failed (edition 2). */
const isGood = ({ id, detail }: MmsNotification): boolean => id === UPDATED && detail[3] !== 0x04;

function failure(
  code: 'firmware-not-loaded' | 'firmware-not-used',
  what: string,
  { detail }: MmsNotification,
): ReaderError {
  const number = toHex(detail);
  return new ReaderError('not-completed', {
    detail: `${what} (code ${number}).`,
    because: { code, values: { code: number } },
  });
}

/** What a lost connection means in a step. */
async function during<T>(step: 'firmware-cut-loading' | 'firmware-cut-committing', ended: Promise<T>): Promise<T> {
  try {
    return await ended;
  } catch (cause) {
    if (!(cause instanceof ReaderError) || !['connection-lost', 'not-connected', 'timeout'].includes(cause.code))
      throw cause;
    // Not even sent: the reader has the image and does not use it.
    const code = cause.code === 'not-connected' ? 'firmware-cut-loading' : step;
    const what = code === 'firmware-cut-loading' ? 'was being loaded' : 'was being put into use';
    const detail = `The connection ended while the firmware ${what}.`;
    throw new ReaderError(cause.code === 'timeout' ? 'timeout' : 'connection-lost', {
      detail: cause.code === 'timeout' ? cause.detail : detail,
      because: { code },
      cause,
    });
  }
}

async function assertBattery(access: ReaderAccess, abort: OperationOptions): Promise<void> {
  const [level, ...more] = (await propertyOf(access, BATTERY, abort))?.value ?? [];
  if (level === undefined || more.length > 0 || level > BATTERY_LEAST) return;
  const percent = String(level);
  throw new ReaderError('not-completed', {
    detail: `The battery is at ${percent} percent.`,
    because: { code: 'battery-low', values: { percent } },
  });
}

async function versionOf(
  access: ReaderAccess,
  kind: FirmwareKind,
  abort: OperationOptions,
): Promise<string | undefined> {
  const oid = VERSIONS[kind];
  return oid === undefined ? undefined : (await propertyOf(access, oid, abort))?.text;
}

/** Undefined where the reader does not have it. */
async function propertyOf(
  access: ReaderAccess,
  oid: string,
  abort: OperationOptions,
): Promise<PropertyAnswer | undefined> {
  const response = await access.request(commands.getProperty({ oid }), abort);
  return response.status.ok ? readPropertyAnswers(response).find((property) => property.oid === oid) : undefined;
}

/** A restart that is about to come: over when the connection is open again. Where its end is never seen, it is not waited for. */
function watchRestart({ environment, subscribe }: ReaderAccess): { readonly over: Promise<void>; stop(): void } {
  let isGone = false;
  let timer: unknown;
  const stops: (() => void)[] = [];
  const over = new Promise<void>((resolve, reject) => {
    const notBack = (code: 'timeout' | 'connection-lost', cause?: ReaderErrorOptions['cause']): void => {
      const detail = 'The reader is not back after its restart.';
      reject(new ReaderError(code, { detail, because: { code: 'reader-not-back' }, cause }));
    };
    timer = environment.setTimeout(() => {
      // Behind a broker or a bridge the connection outlives the restart.
      if (!isGone) {
        resolve();
        return;
      }
      timer = environment.setTimeout(() => {
        notBack('timeout');
      }, RETURN_SECONDS * 1000);
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
