/** Makes sure that the reader is the one that was meant: people change cables and addresses between a question and its answer. */
import { getProperty } from '../mms/commands/property.js';
import { SERIAL_NUMBER } from '../mms/tables/oids.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { badInput } from '../connection/bad-input.js';
import { rareDetailed } from '../connection/rare-details.js';
import { ReaderError } from '../connection/reader-error.js';
import type { OperationOptions, ReaderAccess } from './reader-access.js';

/** A property; undefined where the reader does not have it. */
export async function propertyOf(
  access: Pick<ReaderAccess, 'request'>,
  oid: string,
  abort: OperationOptions,
): Promise<PropertyAnswer | undefined> {
  const response = await access.request(getProperty({ oid }), abort);
  if (!response.status.ok) return undefined;
  try {
    return readPropertyAnswers(response).find((property) => property.oid === oid);
  } catch (cause) {
    throw badInput(cause);
  }
}

/** The serial number; undefined where the reader does not tell it. */
export const serialOf = async (
  access: Pick<ReaderAccess, 'request'>,
  abort: OperationOptions,
): Promise<string | undefined> => (await propertyOf(access, SERIAL_NUMBER, abort))?.text;

/** Serial numbers are undefined where a reader does not tell its own. @throws {ReaderError} `other-reader`. */
export function assertSame(was: string | undefined, is: string | undefined): void {
  if (is === was) return;
  throw new ReaderError('other-reader', rareDetailed('firmware-other-reader', { was: was ?? '?', is: is ?? '?' }));
}
