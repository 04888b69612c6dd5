/**
 * Properties that a reader answers (D101, D111), with their values for people where a source says how they are written.
 * It hides nothing: for what is shown it is to be given redacted messages.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { readProperties, type PropertyValue } from '../oid.js';
import { propertyInfo } from '../tables/properties.js';
import { GET_PROPERTY, SET_PROPERTY } from '../tables/numbers.js';

export interface PropertyAnswer extends PropertyValue {
  /** As in the table of properties; empty where no source names it. */
  readonly name: string;
  /** The value in words, as text or as an address; in hexadecimal where no source says more. */
  readonly text: string;
}

const SERIAL_NUMBER = '2.2.1.1.1.1';
/** Hexadecimal digits of a serial number; the last digit of its four bytes is not used [PJ]. */
const SERIAL_DIGITS = 7;

const BEEPER_VOLUME = '1.2.3.2.1.1';
const RESET_NOTIFICATIONS = '1.2.7.1.1.1';

const USER_EVENTS = '1.2.7.1.2.1';
/** Bits of the first byte, lowest first [PJ, MG p235; touch release D]. */
const userEvents = [
  'contactless presented',
  'contactless removed',
  'card inserted',
  'card removed',
  'card swiped',
  'touch pressed',
  'touch released',
  'barcode read',
] as const;

const OFF_ON = { '00': 'off', '01': 'on' } as const;

/** Values of few bytes that stand for words: section 9 of the protocol reference, sources in `properties.ts`. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1.1.1.1.2.1': OFF_ON,
  '1.2.1.1.1.1': OFF_ON,
  '1.2.1.1.1.2': { '00': 'disabled', '03': 'enabled' },
  '1.2.2.1.1.3': { '00': 'PSK', '01': 'EAP-PEAP' },
  '1.2.2.1.1.5': { '00000000': 'static', '00000001': 'DHCP' },
  '1.2.2.1.1.11': { '00': 'MQTT', '02': 'WebSocket server' },
  '1.2.2.2.1.2': { '00': 'HID', '01': 'iAP', '02': 'automatic iAP' },
  '1.2.3.1.2.1': {
    '00': 'stripe reader at the top',
    '01': 'stripe reader at the right',
    '02': 'stripe reader at the left',
    '03': 'stripe reader at the bottom',
  },
  '1.2.5.2.1.1': { '00': 'unlocked', '01': 'locked' },
};

/**
 * What a successful answer to D101 or D111 holds, several properties where a whole branch was asked for [MG p120]; none for
 * other messages.
 * @throws {MmsError} where the answer is not well-formed.
 */
export function readPropertyAnswers(message: MmsMessage): readonly PropertyAnswer[] {
  const isAnswer = message.kind === 'response' && (message.id === GET_PROPERTY || message.id === SET_PROPERTY);
  if (!isAnswer || !message.status.ok) return [];
  return readProperties(message.payload).map(({ oid, value }) => ({
    oid,
    value,
    name: propertyInfo(oid)?.name ?? '',
    text: readPropertyValue(oid, value),
  }));
}

/** The value of a property for people. Never throws: what is not as its property promises is shown in hexadecimal. */
export function readPropertyValue(oid: string, value: Uint8Array): string {
  const hex = toHex(value);
  if (oid === SERIAL_NUMBER && value.length === 4) return hex.slice(0, SERIAL_DIGITS);
  if (oid === BEEPER_VOLUME && value.length === 1) return `${String(value[0])} %`;
  if (oid === RESET_NOTIFICATIONS && value.length === 1) return resetNotifications(value[0] as number);
  if (oid === USER_EVENTS && value.length > 0) {
    const events = userEvents.filter((_, bit) => ((value[0] as number) >> bit) & 1);
    return events.length === 0 ? 'none' : events.join(', ');
  }
  switch (propertyInfo(oid)?.type) {
    case 'text':
    case 'alphanumeric':
      return printable(value) ?? hex;
    case 'ipv4':
      return value.length === 4 ? value.join('.') : hex;
    default:
      return words[oid]?.[hex] ?? hex;
  }
}

/** How often the reader says that it was reset, until it is acknowledged [DP 1.2.7]. */
const resetNotifications = (value: number): string =>
  value === 0 ? 'never' : value === 0xff ? 'once' : `every ${String(value)} s`;

/** Text without the zeros that may follow it; undefined where it is not printable text. */
function printable(value: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(value).replace(/\0+$/, '');
  return /^[^\p{C}]+$/u.test(text) && !text.includes('\ufffd') ? text : undefined;
}
