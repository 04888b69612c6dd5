/**
 * The properties of a reader element as pages give them, which may be anything: what cannot be used is found before a connection
 * is made. It does not know connections; whether an address leads anywhere shows when it is opened.
 */
import type { ReaderError } from '../../connection/reader-error.js';
import type { Transport } from '../../transports/transport.js';
import { asText, badOption } from '../shared/bad-option.js';

/** What is checked. Null and undefined are not wrong: they are not known yet. */
export interface ReaderProperties {
  readonly url: unknown;
  readonly device: unknown;
  readonly allowHosts: unknown;
  readonly keepAlive: unknown;
  readonly frames: unknown;
  readonly reconnect: unknown;
  readonly requestTimeout: unknown;
  readonly journalSize: unknown;
  readonly transport: unknown;
  readonly credentials: unknown;
  readonly topics: unknown;
  readonly authorize: unknown;
  readonly reverse: unknown;
  readonly sink: unknown;
}

type Check = readonly [
  property: keyof ReaderProperties,
  is: (value: unknown) => boolean,
  attribute: string,
  what: string,
];

const isText = (value: unknown): boolean => typeof value === 'string';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isSeconds = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string);

/** Whether it is a transport, or the name of one; which names there are shows when it is opened. */
const isTransport = (value: unknown): boolean =>
  isText(value) ||
  (typeof value === 'object' &&
    (['open', 'send', 'close'] as const).every((name) => isFunction((value as Partial<Transport>)[name])));

/** Whether it is an object of plain values, which can be compared with another. */
function isPlain(value: unknown): boolean {
  try {
    return typeof value === 'object' && typeof JSON.stringify(value) === 'string';
  } catch {
    return false;
  }
}

const checks: readonly Check[] = [
  ['url', (value) => isText(value) || value instanceof URL, 'url', 'must be text'],
  ['allowHosts', isText, 'allow-hosts', 'must be text'],
  ['keepAlive', isSeconds, 'keep-alive', 'must be a number of seconds, 0 or more'],
  ['device', isText, 'device', 'must be text'],
  ['frames', isOneOf('hex', 'binary'), 'frames', 'must be hex or binary'],
  ['reconnect', isOneOf('auto', 'off'), 'reconnect', 'must be auto or off'],
  [
    'requestTimeout',
    (value) => typeof value === 'number' && value > 0 && value < Infinity,
    'request-timeout',
    'must be a number of seconds above 0',
  ],
  [
    'journalSize',
    (value) => Number.isSafeInteger(value) && (value as number) > 0,
    'journal-size',
    'must be a whole number above 0',
  ],
  ['transport', isTransport, 'transport', 'must be a name or have the methods open, send and close'],
  ['credentials', isPlain, 'credentials', 'must be an object with texts'],
  ['topics', isPlain, 'topics', 'must be an object with texts'],
  ['authorize', isFunction, 'authorize', 'must be a function'],
  ['reverse', isFunction, 'reverse', 'must be a function'],
  ['sink', isFunction, 'sink', 'must be a function'],
];

/** The first of them that cannot be used; undefined where there is none. */
export function wrongReaderOption(reader: ReaderProperties): ReaderError | undefined {
  for (const [property, is, attribute, what] of checks) {
    const value = reader[property] ?? undefined;
    if (value !== undefined && !is(value)) return badOption(attribute, what);
  }
  return undefined;
}

/** The text of an address, which some pages have as a URL object. */
export const addressOf = (url: unknown): string => (url instanceof URL ? url.href : asText(url));

/** A way to nowhere, that says why. */
export const refusing = (error: ReaderError): Transport => ({
  open: () => Promise.reject(error),
  send: () => undefined,
  close: () => undefined,
});
