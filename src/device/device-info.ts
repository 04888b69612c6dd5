/**
 * Device information: serial number, firmware, and other properties that a published source confirms. It reads only, and asks
 * for nothing secret.
 */
import { getProperty } from '../mms/commands/property.js';
import { toHex } from '../mms/hex.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { badInput } from '../connection/bad-input.js';
import { ReaderError } from '../connection/reader-error.js';
import { accepted, type OperationOptions, type ReaderAccess } from './reader-access.js';

export interface DeviceInfo {
  /** The first seven hexadecimal digits of property 2.2.1.1.1.1 [PJ]. */
  readonly serialNumber: string;
  /** Property 2.2.1.1.1.2 in hexadecimal; its layout is not published. Absent where the reader does not have it. */
  readonly capabilities?: string;
  /** How many WebSocket clients may be connected; absent where the reader does not say. */
  readonly connectionLimit?: number;
  /** Everything that the reader answered, in order. */
  readonly properties: readonly PropertyAnswer[];
}

const SERIAL_NUMBER = '2.2.1.1.1.1';
const CAPABILITIES = '2.2.1.1.1.2';
const CONNECTION_LIMIT = '1.2.2.1.1.A';

/** What is asked for, in the order in which it is shown. No network names, topics or passwords. */
const ASKED = [
  SERIAL_NUMBER,
  CAPABILITIES,
  '2.1.2.1.1.2',
  '2.1.2.2.2.2',
  '2.1.2.5.3.1',
  '2.1.2.7.1.1',
  '1.2.2.1.1.8',
  '2.1.2.5.6.3',
  '1.2.2.1.1.11',
  CONNECTION_LIMIT,
  '1.2.2.2.1.2',
  '1.2.1.1.1.1',
  '1.2.3.1.2.1',
  '1.2.5.2.1.1',
  '1.2.7.1.2.1',
  '2.3.1.1.1.1',
  '2.3.1.1.1.2',
  '2.3.1.2.1.1',
] as const;

/**
 * Asks the reader what it is, one property after the other. Those that it does not have are left out.
 * @throws {ReaderError} `rejected` where it refuses to tell its serial number; `bad-message` where an answer cannot be read; and
 * what `request` throws.
 */
export async function getDeviceInfo(access: ReaderAccess, options: OperationOptions = {}): Promise<DeviceInfo> {
  const properties: PropertyAnswer[] = [];
  for (const oid of ASKED) {
    const property = await readProperty(access, oid, options);
    if (property) properties.push(property);
  }
  const valueOf = (oid: string): Uint8Array | undefined => properties.find((property) => property.oid === oid)?.value;
  const capabilities = valueOf(CAPABILITIES);
  const connectionLimit = valueOf(CONNECTION_LIMIT)?.[0];
  return {
    serialNumber: properties.find(({ oid }) => oid === SERIAL_NUMBER)?.text ?? '',
    ...(capabilities ? { capabilities: toHex(capabilities) } : {}),
    ...(connectionLimit === undefined ? {} : { connectionLimit }),
    properties,
  };
}

async function readProperty(
  access: ReaderAccess,
  oid: string,
  options: OperationOptions,
): Promise<PropertyAnswer | undefined> {
  let response;
  try {
    response = await accepted(access, getProperty({ oid }), options);
  } catch (cause) {
    const isMissing = cause instanceof ReaderError && cause.code === 'rejected' && oid !== SERIAL_NUMBER;
    if (isMissing) return undefined;
    throw cause;
  }
  try {
    return readPropertyAnswers(response).find((property) => property.oid === oid);
  } catch (cause) {
    throw badInput(cause);
  }
}
