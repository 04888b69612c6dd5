/**
 * The properties of a reader as one JSON document: to keep, and to compare with those of another reader. Network names, addresses
 * and passwords are neither asked for nor in it; what else must not be shown is marked as hidden.
 * It does not know pages or files on a disk.
 */
import { commands } from '../mms/commands/index.js';
import { parseHex } from '../mms/hex.js';
import type { MmsResponse } from '../mms/message.js';
import { isHiddenProperty } from '../mms/redaction/property.js';
import { MAIN_FIRMWARE, SERIAL_NUMBER } from '../mms/tables/oids.js';
import { propertyNames } from '../mms/tables/property-names.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { propertyEntry, type PropertyEntries, type PropertyEntry } from '../mms/views/property-entry.js';
import { redactWords } from '../mms/redact.js';
import { badInput } from '../connection/bad-input.js';
import { rejected } from '../connection/reader-error.js';
import type { OperationOptions, ReaderAccess } from './reader-access.js';

export interface PropertyFile {
  readonly format: 'magtek-elements properties';
  /** Of the form of the file: one with another version is refused. */
  readonly version: 1;
  /** When it was read, ISO 8601. */
  readonly made: string;
  /** Seven hexadecimal digits. */
  readonly serialNumber: string;
  /** As far as it is known, else `unknown`. */
  readonly model: string;
  /** Id of the main firmware; empty where the reader does not tell it. */
  readonly firmware: string;
  /** By identifier. What the reader does not have is absent. */
  readonly properties: PropertyEntries;
}

export interface ExportPropertiesOptions extends OperationOptions {
  /** When it is read, ISO 8601: `new Date().toISOString()`. */
  readonly made: string;
  /** Called before each question, with how many were answered. */
  readonly onProgress?: (progress: { readonly read: number; readonly total: number }) => void;
}

const FORMAT = 'magtek-elements properties';
const VERSION = 1;

/** All that are named and may be shown; the serial number first. */
const ASKED: readonly string[] = [
  SERIAL_NUMBER,
  ...Object.keys(propertyNames).filter((oid) => oid !== SERIAL_NUMBER && !isHiddenProperty(oid)),
];

/** Refusals that say nothing about one property: the reader would refuse the others too. */
const REFUSES_ALL: ReadonlySet<string> = new Set(['device-locked', 'device-tampered', 'device-offline']);

/**
 * Reads the properties that a published source names, one after the other, and changes nothing.
 * @param source A client, or what else sends requests to a reader.
 * @throws {ReaderError} `rejected` where the reader refuses its serial number or everything, as a locked one does; `bad-message`
 * where an answer cannot be read; and what `request` throws.
 */
export async function exportProperties(
  source: Pick<ReaderAccess, 'model' | 'request'>,
  { made, onProgress, signal }: ExportPropertiesOptions,
): Promise<PropertyFile> {
  const properties: Record<string, PropertyEntry> = {};
  const texts = new Map<string, string>();
  const total = ASKED.length;
  for (const [read, oid] of ASKED.entries()) {
    onProgress?.({ read, total });
    const response = await source.request(commands.getProperty({ oid }), { signal });
    const { status } = response;
    if (!status.ok && (oid === SERIAL_NUMBER || REFUSES_ALL.has(status.code))) throw rejected(status);
    const answer = answerOf(response, oid);
    if (!answer) continue;
    properties[oid] = propertyEntry(oid, answer.value);
    texts.set(oid, redactWords(answer.text));
  }
  onProgress?.({ read: total, total });
  return {
    format: FORMAT,
    version: VERSION,
    made,
    serialNumber: texts.get(SERIAL_NUMBER) ?? '',
    model: source.model,
    firmware: texts.get(MAIN_FIRMWARE) ?? '',
    properties,
  };
}

/** Why a text is not a file of properties. */
export type PropertyFileProblem = 'not-json' | 'other-format' | 'other-version' | 'bad-entry';

export class PropertyFileError extends Error {
  readonly problem: PropertyFileProblem;
  /** What is wrong: a field, or the identifier of a property. */
  readonly field: string;

  constructor(problem: PropertyFileProblem, field: string, message: string) {
    super(message);
    this.name = 'PropertyFileError';
    this.problem = problem;
    this.field = field;
  }
}

/** As identifiers are written, without leading zeros: else a file could have a secret under another name. */
const OID = /^(?:0|[1-9A-F][0-9A-F]?)(?:\.(?:0|[1-9A-F][0-9A-F]?)){2,}$/;

/**
 * A file of properties from its text. Anybody may have changed it: what each value means is read again from its bytes, and what must
 * not be shown is hidden again.
 * @throws {PropertyFileError}
 */
export function importProperties(text: string): PropertyFile {
  const file = parsed(text);
  if (file.format !== FORMAT)
    throw new PropertyFileError('other-format', 'format', `It is not a file of properties (“${FORMAT}”).`);
  if (file.version !== VERSION)
    throw new PropertyFileError('other-version', 'version', `It is not of version ${String(VERSION)}.`);
  const { properties } = file;
  if (!isObject(properties)) throw badEntry('properties');
  const fieldOf = (name: string): string => {
    const value = file[name];
    if (typeof value !== 'string') throw badEntry(name);
    return redactWords(value);
  };
  return {
    format: FORMAT,
    version: VERSION,
    made: fieldOf('made'),
    serialNumber: fieldOf('serialNumber'),
    model: fieldOf('model'),
    firmware: fieldOf('firmware'),
    properties: Object.fromEntries(Object.entries(properties).map(([oid, entry]) => [oid, entryOf(oid, entry)])),
  };
}

function entryOf(oid: string, entry: unknown): PropertyEntry {
  if (!OID.test(oid) || !isObject(entry)) throw badEntry(oid);
  if (entry.hidden === true) return { hidden: true };
  try {
    return propertyEntry(oid, parseHex(entry.hex as string));
  } catch {
    throw badEntry(oid);
  }
}

const badEntry = (field: string): PropertyFileError =>
  new PropertyFileError('bad-entry', redactWords(field), `“${redactWords(field)}” cannot be read.`);

function parsed(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // Said below.
  }
  if (!isObject(value)) throw new PropertyFileError('not-json', '', 'It is not a JSON document.');
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function answerOf(response: MmsResponse, oid: string): PropertyAnswer | undefined {
  try {
    return readPropertyAnswers(response).find((property) => property.oid === oid);
  } catch (cause) {
    throw badInput(cause);
  }
}
