/** The notifications that complete a command, and the seconds that this may take. */
import type { MmsNotification, MmsRequest } from '../../mms/message.js';
import { findTlv } from '../../mms/tlv.js';

interface Completion {
  /** Numbers of the notifications that complete it. */
  readonly notifications: readonly number[];
  /** First byte of its detail code, where several commands share the notification: the module [DP 1805]. */
  readonly module?: number;
  /** Payload tag of the request that holds its time limit in seconds. */
  readonly limitTag?: string;
}

/** Commands whose outcome comes later, from section 3 of the protocol reference, with the sources of each row. */
const completions: Readonly<Record<number, Completion>> = {
  0x1001: { notifications: [0x0105], limitTag: '82' }, // MG p94
  0x1801: { notifications: [0x1805], module: 0x01, limitTag: '81' }, // PJ
  0x1803: { notifications: [0x1805], limitTag: '81' }, // DP 1803
  0x1804: { notifications: [0x1805], limitTag: '82' }, // MG p112
  0x1805: { notifications: [0x1805], module: 0x05 }, // MG p113, PJ
  0x1840: { notifications: [0x1805], module: 0x06, limitTag: '82' }, // DP 1840, PJ
  0x2001: { notifications: [0x0205], limitTag: '81' }, // PJ
  0x2002: { notifications: [0x0205], limitTag: '81' }, // PJ
  0xd801: { notifications: [0x0905, 0x0906, 0x0907] }, // PJ
  0xd901: { notifications: [0x0905, 0x0906] }, // PJ
};

/** Seconds that a completion may take beyond the time limit of its command [D]. */
const GRACE = 30;
/** Seconds for a completion whose command has no time limit [D]. */
const WITHOUT_LIMIT = 60;

/** Whether a notification completes a request. */
export function completes(notification: MmsNotification, request: MmsRequest): boolean {
  const completion = completions[request.id];
  return (
    completion?.notifications.includes(notification.id) === true &&
    (completion.module === undefined || completion.module === notification.detail[0])
  );
}

/** Seconds to wait for the completion of a request; undefined where its command has none. */
export function completionTimeout(request: MmsRequest): number | undefined {
  const completion = completions[request.id];
  if (completion === undefined) return undefined;
  const limit = completion.limitTag === undefined ? undefined : findTlv(request.payload, completion.limitTag)?.value[0];
  return limit === undefined || limit === 0 ? WITHOUT_LIMIT : limit + GRACE;
}
