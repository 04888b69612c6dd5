/** Names the detail code of a notification. It does not read payloads. */
import { spacedHex, toHex } from './hex.js';
import { notifications, type NotificationKind, type PayloadLayoutId } from './tables/notifications.js';

export interface NotificationName {
  /** Stable kebab-case name; that of the notification itself where the detail is not listed, `unknown` where neither is. */
  readonly name: string;
  /** For people, in English. */
  readonly text: string;
  /** How the payload is laid out, where a source says it. */
  readonly layout?: PayloadLayoutId;
}

/** The name of a notification by its number and its four detail bytes: exact, then with the last byte or two as data. */
export function nameNotification(id: number, detail: Uint8Array): NotificationName {
  const code = toHex(detail);
  const kind = (notifications as Readonly<Record<number, NotificationKind>>)[id];
  if (!kind)
    return {
      name: 'unknown',
      text: `Unknown notification ${toHex(Uint8Array.of(id >> 8, id & 0xff))} (${spacedHex(code)})`,
    };
  const { details = {} } = kind;
  const row = details[code] ?? details[`${code.slice(0, 6)}--`] ?? details[`${code.slice(0, 4)}----`];
  if (!row) {
    const { name, text, layout } = kind;
    return { name, text: `${text} (${spacedHex(code)})`, ...(layout ? { layout } : {}) };
  }
  const [name, text, layout = kind.layout] = row;
  return { name, text: text.replace('{n}', String(detail[3])), ...(layout ? { layout } : {}) };
}
