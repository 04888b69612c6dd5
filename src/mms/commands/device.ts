/**
 * Commands that concern the reader itself.
 */
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';
import { badValue, choice, flagObject, object, request, type RequestFields } from './fields.js';

/** Command 1F01: restarts the reader. It answers first; then the connection drops [S, MG p114]. */
export const resetDevice = (options: RequestFields = {}): MmsRequest => request(0x1f01, [], options);

/** Command 1F04: ends the Bluetooth LE connection within about half a second [DP 1F04]. */
export const terminateBle = (options: RequestFields = {}): MmsRequest => request(0x1f04, [], options);

/** Command 1F05: forgets all Bluetooth LE pairings; hosts must pair again [DP 1F05]. */
export const eraseBleBonds = (options: RequestFields = {}): MmsRequest => request(0x1f05, [], options);

export interface SetSubscriptionsOptions extends RequestFields {
  /** Whether the notifications are to be sent or not. The reader's default is true. */
  readonly subscribe?: boolean;
  /** Whether `notifications` or all are meant. */
  readonly scope?: 'listed' | 'all';
  /** Notification numbers, such as 0x0101. */
  readonly notifications?: readonly number[];
}

const SCOPES = { listed: 0, all: 1 } as const;

/**
 * Command 1F02: which notifications the interface in use gets, until the next reset; without options all [MG p115, DP 1F02].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function setSubscriptions(options: SetSubscriptionsOptions = {}): MmsRequest {
  const { subscribe, scope, notifications } = options;
  const payload: TlvInput[] = [];
  if (subscribe !== undefined) payload.push(flagObject('81', subscribe));
  if (scope !== undefined) payload.push(object('82', choice(SCOPES, scope, 'scope')));
  if (notifications !== undefined) {
    if (!notifications.every((id) => Number.isInteger(id) && id >= 0 && id <= 0xffff)) {
      throw badValue('notifications', 'must be numbers from 0 to 65535');
    }
    payload.push({ tag: '83', value: Uint8Array.from(notifications.flatMap((id) => [id >> 8, id & 0xff])) });
  }
  return request(0x1f02, payload, options);
}
