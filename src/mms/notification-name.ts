/** Names the detail code of a notification. It does not read payloads. */
import { hexOfId, spacedHex, toHex } from './hex.js';
import { notifications } from './tables/notifications.js';
import { DISPLAY_REQUEST, OPERATION_COMPLETE } from './tables/numbers.js';

export interface NotificationName {
  /** Stable kebab-case name; that of the notification itself where the detail is not listed, `unknown` where neither is. */
  readonly name: string;
  /** For people, in English. */
  readonly text: string;
}

/** The name of a notification by its number and its four detail bytes: exact, then with the last byte or two as data. */
export function nameNotification(id: number, detail: Uint8Array): NotificationName {
  const number = hexOfId(id);
  const code = toHex(detail);
  const row =
    notifications.get(number + code) ??
    notifications.get(`${number + code.slice(0, 6)}--`) ??
    notifications.get(`${number + code.slice(0, 4)}----`) ??
    // Touch buttons are listed once.
    (id === OPERATION_COMPLETE ? notifications.get(hexOfId(DISPLAY_REQUEST) + code) : undefined);
  if (row) return { name: row[0], text: row[1].replace('{n}', String(detail[3])) };
  const [name, text] = notifications.get(number) ?? ['unknown', `Unknown notification ${number}`];
  return { name, text: `${text} (${spacedHex(code)})` };
}
