/**
 * Properties of many readers: read, laid beside each other, and set, a few readers at a time. It does not know how a reader is reached:
 * each is opened for as long as it is needed, and nothing is sent to one that is in a sale. Nothing is ever sent twice.
 */
import { commands } from '../mms/commands/index.js';
import { MmsError } from '../mms/error.js';
import { toHex } from '../mms/hex.js';
import type { MmsResponse } from '../mms/message.js';
import { canonicalOid } from '../mms/oid.js';
import { SERIAL_NUMBER } from '../mms/tables/oids.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { compareProperties, type PropertyDifference } from '../mms/views/property-comparison.js';
import { propertyEntry, type PropertyEntries, type PropertyEntry } from '../mms/views/property-entry.js';
import { ReaderError, type ReaderErrorCode } from '../connection/reader-error.js';
import { csvOf } from './csv.js';
import type { ReaderAccess } from './reader-access.js';
import { assertSame } from './same-reader.js';

/** A reader that is open for a while. */
export interface ReaderSession extends Pick<ReaderAccess, 'request'> {
  /** Whether it was heard that a sale runs there. */
  readonly isSelling: () => boolean;
  readonly close: () => void;
}

/**
 * Opens one reader: `in-sale` where it is known that a sale runs there.
 * @throws {ReaderError} where it cannot be reached
 */
export type OpenReader = (path: string, signal: AbortSignal | undefined) => Promise<ReaderSession | 'in-sale'>;

export interface FleetPropertiesOptions {
  readonly open: OpenReader;
  /** How many readers are open at once. Default 4. */
  readonly atOnce?: number;
  /** Ends it after what is under way; what was not begun is reported as `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each reader. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Why nothing, or nothing more, was asked of a reader. `in-sale`: a sale runs there. `cancelled`: the signal. */
export type LeftOut = 'in-sale' | 'not-reached' | 'cancelled';

/** What one reader has. */
export interface FleetReading {
  readonly path: string;
  /** `read`: it was asked for all of them. */
  readonly outcome: 'read' | LeftOut;
  /** Why it was not reached. */
  readonly code?: ReaderErrorCode;
  /** Absent where the reader does not tell it, or was not asked. */
  readonly serialNumber?: string;
  /** By identifier. What the reader does not have, or was not asked for, is absent. */
  readonly properties: PropertyEntries;
}

/**
 * Reads a list of properties of each reader. What goes wrong at a reader is in the readings, which are in the order of the paths.
 * @throws {MmsError} `bad-value` for an identifier that is none, before any reader is opened
 */
export async function readFleetProperties(
  paths: readonly string[],
  oids: readonly string[],
  options: FleetPropertiesOptions,
): Promise<FleetReading[]> {
  const questions = oids.map(canonicalOid).map((oid) => ({ oid, request: commands.getProperty({ oid }) }));
  return forEach(paths, options, async (path) => {
    const properties: Record<string, PropertyEntry> = {};
    let serialNumber: string | undefined;
    const end = await atReader(path, options, async (session) => {
      const who = await askWho(session, options);
      if ('outcome' in who) return who;
      ({ serialNumber } = who);
      for (const { oid, request } of questions) {
        const why = whyNot(session, options);
        if (why) return { outcome: why };
        const response = await session.request(request);
        if (isBusy(response)) return { outcome: 'in-sale' };
        const value = valueIn(response, oid);
        if (value) properties[oid] = propertyEntry(oid, value);
      }
      return { outcome: 'read' };
    });
    return { path, ...end, ...(serialNumber === undefined ? {} : { serialNumber }), properties };
  });
}

/** A property that is not the same at all readers. */
export interface FleetDifference extends Pick<PropertyDifference, 'oid' | 'name' | 'isSetting'> {
  /** What each reader that was read has, by its path; undefined where it does not have the property. */
  readonly values: ReadonlyMap<string, PropertyEntry | undefined>;
}

/** What differs among the readers that were read. Values that must not be shown are never compared. */
export function compareFleet(readings: readonly FleetReading[]): FleetDifference[] {
  const read = readings.filter(({ outcome }) => outcome === 'read');
  const [first, ...others] = read;
  if (!first) return [];
  const found = new Map<string, PropertyDifference>();
  for (const { properties } of others)
    for (const difference of compareProperties(first.properties, properties).differences)
      found.set(difference.oid, difference);
  return [...found.values()].map(({ oid, name, isSetting }) => ({
    oid,
    name,
    isSetting,
    values: new Map(read.map(({ path, properties }) => [path, properties[oid]])),
  }));
}

/** A property and its new value. */
export interface FleetSetting {
  readonly oid: string;
  readonly value: Uint8Array;
}

/** A reader that is to be set. */
export interface FleetTarget {
  readonly path: string;
  /** The reader that is meant, as it was read: where another one answers, it is not set. Default: the one that is there. */
  readonly serialNumber?: string | undefined;
  /** What it had when that was decided: where it has something else now, it is not set. */
  readonly expected?: PropertyEntries | undefined;
}

/** What became of one setting at one reader. */
export interface FleetSetResult {
  readonly path: string;
  readonly oid: string;
  /**
   * `done`: the reader has taken it. `same`: it had that value already, and nothing was sent. `refused`: by the reader, see `status`.
   * `changed-meanwhile`: it has another value than expected, and nothing was sent. `unknown`: it was sent and not answered, read it
   * again. In all other cases nothing was sent, and `not-reached` has the code `other-reader` where another one than was meant answers.
   */
  readonly outcome: 'done' | 'same' | 'refused' | 'changed-meanwhile' | 'unknown' | LeftOut;
  /** What it had before, as far as that may be shown. */
  readonly before?: PropertyEntry;
  /** Name of the status with which the reader refused, such as `device-locked`. */
  readonly status?: string;
  /** What went wrong on the way. */
  readonly code?: ReaderErrorCode;
}

/**
 * Sets properties of many readers. Each is read first; each value is sent once, only to the reader that was asked first, and no more after
 * one that was not answered. There is a result for each setting at each reader, in the order in which they were given, whatever went wrong there.
 * @throws {MmsError} `bad-value` for an identifier that is none, an empty value, and a reader or a property that is there twice, before
 * any reader is opened
 */
export async function setFleetProperties(
  targets: readonly FleetTarget[],
  given: readonly FleetSetting[],
  options: FleetPropertiesOptions,
): Promise<FleetSetResult[]> {
  const settings = given.map(({ oid, value }) => ({ oid: canonicalOid(oid), value }));
  assertOnce(targets.map(({ path }) => path));
  assertOnce(settings.map(({ oid }) => oid));
  // All of them can be sent: nobody is set half because of a mistake in the last one.
  for (const { oid, value } of settings) commands.setProperty({ oid, value });
  const reports = await forEach(targets, options, async (target) => {
    const { path } = target;
    const results: FleetSetResult[] = [];
    const end = await atReader(path, options, async (session) => {
      const who = await askWho(session, options);
      if ('outcome' in who) return who;
      if (target.serialNumber !== undefined) assertSame(target.serialNumber, who.serialNumber);
      for (const setting of settings) {
        const why = whyNot(session, options);
        if (why) return { outcome: why };
        const result = await setOne(session, setting, { ...target, ...who });
        if (result.outcome === 'in-sale') return { outcome: 'in-sale' };
        results.push({ path, oid: setting.oid, ...result });
        // Whether it is there at all is not known any more.
        if (result.outcome === 'unknown')
          return { outcome: 'not-reached', ...(result.code ? { code: result.code } : {}) };
      }
      return { outcome: 'read' };
    });
    const rest = settings.slice(results.length);
    return [...results, ...rest.map(({ oid }) => ({ path, oid, ...(end as End<LeftOut>) }))];
  });
  return reports.flat();
}

function assertOnce(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new MmsError('bad-value', 0, `“${twice}” is there twice`);
}

type OneResult = Omit<FleetSetResult, 'path' | 'oid'>;

async function setOne(
  { request }: ReaderSession,
  { oid, value }: FleetSetting,
  { expected, serialNumber }: FleetTarget,
): Promise<OneResult> {
  const now = await request(commands.getProperty({ oid }));
  if (isBusy(now)) return { outcome: 'in-sale' };
  if (!now.status.ok) return { outcome: 'refused', status: now.status.code };
  const old = valueIn(now, oid);
  const before = old && propertyEntry(oid, old);
  const known = before ? { before } : {};
  if (old && toHex(old) === toHex(value)) return { outcome: 'same', ...known };
  if (expected && !isAsExpected(expected[oid], before)) return { outcome: 'changed-meanwhile', ...known };
  const who = await request(commands.getProperty({ oid: SERIAL_NUMBER }));
  if (isBusy(who)) return { outcome: 'in-sale' };
  // A path is a place: somebody may have put another reader there since the value was read.
  assertSame(serialNumber, serialIn(who));
  let answer: MmsResponse;
  try {
    // It is not aborted: what was sent must be known.
    answer = await request(commands.setProperty({ oid, value }));
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    // Only this says that it never went out.
    if (error.code === 'not-connected') throw error;
    return { outcome: 'unknown', code: error.code, ...known };
  }
  if (isBusy(answer)) return { outcome: 'in-sale' };
  const { ok, code } = answer.status;
  return ok ? { outcome: 'done', ...known } : { outcome: 'refused', status: code, ...known };
}

/** A value that must not be shown is taken for what was expected: nobody could compare it. */
const isAsExpected = (expected: PropertyEntry | undefined, found: PropertyEntry | undefined): boolean =>
  hexOf(expected) === hexOf(found);

const hexOf = (entry: PropertyEntry | undefined): string =>
  entry === undefined ? 'absent' : 'hidden' in entry ? 'hidden' : entry.hex;

/** The report of settings as a table for other programs. */
export const setReportCsv = (results: readonly FleetSetResult[]): string =>
  csvOf([
    ['path', 'property', 'outcome', 'before', 'status', 'error'],
    ...results.map(({ path, oid, outcome, before, status = '', code = '' }) => [
      path,
      oid,
      outcome,
      shownEntry(before),
      status,
      code,
    ]),
  ]);

/** What was read as a table for other programs: a column for each property. */
export const readingsCsv = (readings: readonly FleetReading[], oids: readonly string[]): string =>
  csvOf([
    ['path', 'outcome', 'error', ...oids],
    ...readings.map(({ path, outcome, code = '', properties }) => [
      path,
      outcome,
      code,
      ...oids.map((oid) => shownEntry(properties[oid])),
    ]),
  ]);

/** A value in words, as far as it may be shown; empty where there is none. */
export function shownEntry(entry: PropertyEntry | undefined): string {
  if (!entry) return '';
  if ('hidden' in entry) return '(hidden)';
  return entry.kind === 'flags' ? entry.value.join(' + ') : String(entry.value);
}

interface End<Outcome extends string> {
  readonly outcome: Outcome;
  readonly code?: ReaderErrorCode;
}

/** Opens a reader, works with it and closes it. */
async function atReader(
  path: string,
  { open, signal }: FleetPropertiesOptions,
  work: (session: ReaderSession) => Promise<End<'read' | LeftOut>>,
): Promise<End<'read' | LeftOut>> {
  if (signal?.aborted) return { outcome: 'cancelled' };
  let session: ReaderSession | undefined;
  try {
    const opened = await open(path, signal);
    if (opened === 'in-sale') return { outcome: 'in-sale' };
    session = opened;
    return await work(session);
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    return signal?.aborted ? { outcome: 'cancelled' } : { outcome: 'not-reached', code: error.code };
  } finally {
    session?.close();
  }
}

function whyNot(session: ReaderSession, { signal }: FleetPropertiesOptions): LeftOut | undefined {
  if (signal?.aborted) return 'cancelled';
  return session.isSelling() ? 'in-sale' : undefined;
}

/** Which reader answers, or why it is asked nothing more. */
async function askWho(
  session: ReaderSession,
  options: FleetPropertiesOptions,
): Promise<End<LeftOut> | { readonly serialNumber: string | undefined }> {
  const why = whyNot(session, options);
  if (why) return { outcome: why };
  const response = await session.request(commands.getProperty({ oid: SERIAL_NUMBER }));
  return isBusy(response) ? { outcome: 'in-sale' } : { serialNumber: serialIn(response) };
}

const isBusy = ({ status }: MmsResponse): boolean => status.code === 'transaction-in-progress';

/** The serial number; undefined where the reader does not tell it. */
const serialIn = (response: MmsResponse): string | undefined => answerIn(response, SERIAL_NUMBER)?.text;

const valueIn = (response: MmsResponse, oid: string): Uint8Array | undefined => answerIn(response, oid)?.value;

/** What was answered; undefined where there is nothing, or nothing that can be read. */
function answerIn(response: MmsResponse, oid: string): PropertyAnswer | undefined {
  try {
    return readPropertyAnswers(response).find((answer) => answer.oid === oid);
  } catch (error) {
    if (error instanceof MmsError) return undefined;
    throw error;
  }
}

/** Works through a list, several at once, and gives the results in its order. */
async function forEach<Item, Result>(
  items: readonly Item[],
  { atOnce = 4, onProgress }: FleetPropertiesOptions,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await work(next[1]);
      onProgress?.({ done: ++done, total: items.length });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, items.length)) }, worker));
  return results;
}
