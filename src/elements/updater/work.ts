/**
 * The work of an updater at a reader: firmware that is put into use, or a file that is kept under an id. Both are looked at first,
 * with the reader that is to have it, and name that reader when they are carried out.
 * It does not know what is shown of it.
 */
import { assertContents, assertFileId } from '../../client/operations/file-limits.js';
import type { FileProgress } from '../../client/operations/files.js';
import type { FirmwareStep } from '../../client/operations/firmware.js';
import type { ReaderClient } from '../../client/reader-client.js';
import type { UpdateCompleteDetail } from '../../events/update-complete.js';
import type { FirmwareKind } from '../../mms/views/firmware.js';

/** What is shown before anything is changed. */
export interface Check {
  readonly kind: FirmwareKind | 'file';
  /** Of the file at the reader; empty for firmware. */
  readonly fileId: string;
  readonly serialNumber?: string;
  /** As the carrier says it; absent where it does not. */
  readonly model?: string;
  readonly version?: string;
  readonly batteryLevel?: number;
}

const FIRMWARE_STEPS = ['checking', 'loading', 'committing', 'restarting', 'verifying'] as const;
const FILE_STEPS = ['announcing', 'sending', 'comparing'] as const;

export type Step = (typeof FIRMWARE_STEPS)[number] | (typeof FILE_STEPS)[number];

/** Until one of these is over, firmware can be given up, and the reader goes on with what it had. */
const beforeCommit: ReadonlySet<Step> = new Set(['checking', 'loading']);

export const stepsOf = ({ kind }: Check): readonly Step[] => (kind === 'file' ? FILE_STEPS : FIRMWARE_STEPS);

/** Whether it can be given up in this step. A file is kept or not: until it is whole, the reader has what it had. */
export const canGiveUp = ({ kind }: Check, step: Step): boolean => kind === 'file' || beforeCommit.has(step);

/** @throws {ReaderError} as `checkFirmware` and `getDeviceInfo` of the client; `bad-file`. */
export async function look(
  client: ReaderClient,
  bytes: Uint8Array,
  fileId: string,
  signal: AbortSignal,
): Promise<Check> {
  if (fileId === '') return { fileId, ...(await client.checkFirmware(bytes, { signal })), ...modelOf(client) };
  assertFileId(fileId);
  assertContents(bytes);
  const { serialNumber } = await client.getDeviceInfo({ signal });
  return { fileId, kind: 'file', serialNumber, ...modelOf(client) };
}

const modelOf = ({ model }: ReaderClient): Pick<Check, 'model'> => (model === 'unknown' ? {} : { model });

export interface CarryOutOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
}

/** @throws {ReaderError} as `updateFirmware` and `sendFile` of the client; `other-reader` for another reader than was looked at. */
export async function carryOut(
  client: ReaderClient,
  bytes: Uint8Array,
  { kind, fileId, serialNumber }: Check,
  { signal, onStep }: CarryOutOptions,
): Promise<UpdateCompleteDetail> {
  const named = serialNumber === undefined ? {} : { serialNumber };
  if (kind === 'file') {
    const onProgress = ({ step }: FileProgress): void => onStep(step === 'checking' ? 'comparing' : step);
    await client.sendFile(fileId, bytes, { ...named, signal, onProgress });
    return { outcome: 'updated', kind, ...named };
  }
  const onProgress = (step: FirmwareStep): void => onStep(step);
  const { isNew, ...update } = await client.updateFirmware(bytes, { ...named, signal, onProgress });
  return { outcome: isNew ? 'updated' : 'unchanged', ...named, ...update };
}
