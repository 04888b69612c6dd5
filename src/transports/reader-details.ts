/**
 * The details of a reader as text at a broker: JSON with a version, retained in a topic of ours. What is read there may come from
 * anybody, so all of it is checked; and what is longer than a name, or may hold a card number, goes neither out nor in.
 */
import type { ReaderDetails, SaleEnd } from './broker-options.js';

/** Where the details of a reader are, or those of many where the path is a pattern. Readers without a bridge have none. */
export const detailsTopic = (path: string): string => `${path}${LEVEL}`;

/** The path of the reader whose details are in this topic; undefined for another topic. */
export const pathOfDetails = (topic: string): string | undefined =>
  topic.length > LEVEL.length && topic.endsWith(LEVEL) ? topic.slice(0, -LEVEL.length) : undefined;

const LEVEL = '/Details';

/** Changes where what is written now would be misread by those who know the version before. */
const VERSION = 1;

/** Why details are ignored. `foreign`: no JSON object with a version; `newer`: of a version that is not known here. */
export type DetailsFault = 'foreign' | 'newer' | 'malformed';

/** Characters of the longest text that is read at all. */
const LONGEST = 2_048;
const LONGEST_NAME = 64;
/** Digits of the shortest card number (ISO/IEC 7812-1). */
const CARD_DIGITS = 12;

const ends: Readonly<Record<SaleEnd, true>> = {
  approved: true,
  declined: true,
  deferred: true,
  cancelled: true,
  'timed-out': true,
  failed: true,
  unknown: true,
};

/** Whether a name may be published and shown: printable, short, and without the digits of a card number. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LONGEST_NAME &&
  /^[^\p{C}]+$/u.test(value) &&
  value.replace(/\P{Nd}/gu, '').length < CARD_DIGITS;

const isPercent = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;

/** What is published. A name that may not be is left out. */
export function detailsText({ serial, model, firmware, battery, isLocked, lastSeen, lastSale }: ReaderDetails): string {
  const name = (value: string | undefined): string | undefined => (isName(value) ? value : undefined);
  return JSON.stringify({
    version: VERSION,
    serial: name(serial),
    model: name(model),
    firmware: name(firmware),
    battery: isPercent(battery) ? battery : undefined,
    locked: isLocked,
    lastSeen: lastSeen === undefined ? undefined : timeText(lastSeen),
    lastSale: lastSale && { outcome: lastSale.outcome, at: timeText(lastSale.at) },
  });
}

const timeText = (at: number): string => new Date(at).toISOString();

/** Reads what was published. Members that are not known are ignored: others may add some. Never throws. */
export function readDetailsText(text: string): ReaderDetails | DetailsFault {
  const found = objectIn(text);
  if (!found || typeof found['version'] !== 'number') return 'foreign';
  if (found['version'] !== VERSION) return found['version'] > VERSION ? 'newer' : 'foreign';
  const { serial, model, firmware, battery, locked, lastSeen, lastSale } = found;
  const sale = saleIn(lastSale);
  const seen = timeIn(lastSeen);
  const isWhole =
    [serial, model, firmware].every((value) => value === undefined || isName(value)) &&
    (battery === undefined || isPercent(battery)) &&
    (locked === undefined || typeof locked === 'boolean') &&
    (lastSeen === undefined || seen !== undefined) &&
    (lastSale === undefined || sale !== undefined);
  if (!isWhole) return 'malformed';
  return {
    ...(isName(serial) ? { serial } : {}),
    ...(isName(model) ? { model } : {}),
    ...(isName(firmware) ? { firmware } : {}),
    ...(isPercent(battery) ? { battery } : {}),
    ...(typeof locked === 'boolean' ? { isLocked: locked } : {}),
    ...(seen === undefined ? {} : { lastSeen: seen }),
    ...(sale ? { lastSale: sale } : {}),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function saleIn(value: unknown): ReaderDetails['lastSale'] {
  if (!isObject(value)) return undefined;
  const { outcome } = value;
  const at = timeIn(value['at']);
  if (typeof outcome !== 'string' || !Object.hasOwn(ends, outcome) || at === undefined) return undefined;
  return { outcome: outcome as SaleEnd, at };
}

/** A time as ISO 8601 has it in UTC, which is how it is written. */
function timeIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
