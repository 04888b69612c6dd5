/** The notifications that complete a command, and the seconds that this may take. */
import type { MmsMessage, MmsNotification, MmsRequest } from './message.js';
import {
  BUZZER,
  CARD_EMULATION,
  COMMIT_FIRMWARE,
  DISPLAY_MESSAGE,
  FIRMWARE_FAILED,
  FIRMWARE_UP_TO_DATE,
  FIRMWARE_UPDATED,
  LOAD_FIRMWARE,
  OPERATION_COMPLETE,
  PIN_COMPLETE,
  READ_BARCODE,
  REQUEST_CARD_PIN,
  REQUEST_PIN,
  REQUEST_SIGNATURE,
  START_TRANSACTION,
  TRANSACTION_COMPLETE,
} from './tables/numbers.js';
import { findNode } from './tlv.js';
import { isTouchButton } from './views/touch.js';

interface Completion {
  /** Numbers of the notifications that complete it. */
  readonly notifications: readonly number[];
  /** First byte of its detail code, where several commands share the notification: the module [DP 1805]. */
  readonly module?: number;
  /** Payload tag of the request that holds its time limit in seconds. */
  readonly limitTag?: string;
}

/** Commands that complete later, with the sources of each row. */
const completions: Readonly<Record<number, Completion>> = {
  [START_TRANSACTION]: { notifications: [TRANSACTION_COMPLETE], limitTag: '82' }, // MG p94
  [REQUEST_SIGNATURE]: { notifications: [OPERATION_COMPLETE], module: 0x01, limitTag: '81' }, // PJ
  [DISPLAY_MESSAGE]: { notifications: [OPERATION_COMPLETE], limitTag: '81' }, // DP 1803
  [READ_BARCODE]: { notifications: [OPERATION_COMPLETE], limitTag: '82' }, // MG p112
  [BUZZER]: { notifications: [OPERATION_COMPLETE], module: 0x05 }, // MG p113, PJ
  [CARD_EMULATION]: { notifications: [OPERATION_COMPLETE], module: 0x06, limitTag: '82' }, // DP 1840, PJ
  [REQUEST_PIN]: { notifications: [PIN_COMPLETE], limitTag: '81' }, // PJ
  [REQUEST_CARD_PIN]: { notifications: [PIN_COMPLETE], limitTag: '81' }, // PJ
  [LOAD_FIRMWARE]: { notifications: [FIRMWARE_UPDATED, FIRMWARE_FAILED, FIRMWARE_UP_TO_DATE] }, // PJ
  [COMMIT_FIRMWARE]: { notifications: [FIRMWARE_UPDATED, FIRMWARE_FAILED] }, // PJ
};

/** Seconds that a completion may take beyond the time limit of its command [D]. */
export const GRACE = 30;
/** Seconds for a completion whose command has no time limit [D]. */
export const WITHOUT_LIMIT = 60;

/**
 * Whether a message is the notification that completes a request. A pressed touch button arrives as the same notification and
 * from the same module as a signature, and completes nothing.
 */
export function completes(message: MmsMessage, request: MmsRequest): message is MmsNotification {
  const completion = completions[request.id];
  return (
    message.kind === 'notification' &&
    completion?.notifications.includes(message.id) === true &&
    (completion.module === undefined || completion.module === message.detail[0]) &&
    !isTouchButton(message)
  );
}

/** Seconds to wait for the completion of a request; undefined where its command has none. */
export function completionTimeout(request: MmsRequest): number | undefined {
  const completion = completions[request.id];
  if (completion === undefined) return undefined;
  const limit =
    completion.limitTag === undefined ? undefined : findNode(request.payload, completion.limitTag)?.value[0];
  return limit === undefined || limit === 0 ? WITHOUT_LIMIT : limit + GRACE;
}
