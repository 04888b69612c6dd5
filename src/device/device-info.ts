/**
 * Device information: serial number, firmware, and other properties that a published source confirms. It reads only, and asks
 * for nothing secret.
 */
import { getProperty } from '../mms/commands/property.js';
import { keyInformation } from '../mms/commands/security.js';
import { toHex } from '../mms/hex.js';
import {
  BATTERY_LEVEL,
  BEEPER_VOLUME,
  BLUETOOTH_FIRMWARE,
  LOCK_STATE,
  MAIN_FIRMWARE,
  SERIAL_NUMBER,
  WLAN_FIRMWARE,
} from '../mms/tables/oids.js';
import { readKeyStatus, type KeyStatus } from '../mms/views/key-status.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { refuseUnknown } from '../connection/bad-option.js';
import { badInput } from '../connection/bad-input.js';
import { ReaderError } from '../connection/reader-error.js';
import { accepted, type OperationOptions, type ReaderAccess } from './reader-access.js';

/** A part for wireless connections that the reader has. */
export type WirelessPart = 'Wi-Fi' | 'Bluetooth';

export interface DeviceInfo {
  /** Its product on USB, or the part of its path at a broker; `unknown` where the carrier does not say. */
  readonly model: string;
  /** The first seven hexadecimal digits of property 2.2.1.1.1.1 [PJ]. */
  readonly serialNumber: string;
  /** Property 2.2.1.1.1.2 in hexadecimal; its layout is not published. Absent where the reader does not have it. */
  readonly capabilities?: string;
  /** Id of the main firmware; absent where the reader does not tell it. */
  readonly firmware?: string;
  /** Percent; absent where the reader does not tell it. */
  readonly batteryLevel?: number;
  /** Of its beeper, in percent; absent where the reader does not tell it. */
  readonly volume?: number;
  /** Whether it is locked, so that it refuses nearly every command; absent where the reader does not tell it. */
  readonly locked?: boolean;
  /** Which keys it holds; absent where the reader does not tell it, or says what no source explains. */
  readonly keys?: KeyStatus;
  /** The wireless parts that tell their firmware. What else the reader can do is in `capabilities`, whose layout is not published. */
  readonly wireless: readonly WirelessPart[];
  /** How many WebSocket clients may be connected; absent where the reader does not say. */
  readonly connectionLimit?: number;
  /** Everything that the reader answered, in order. */
  readonly properties: readonly PropertyAnswer[];
}

const CAPABILITIES = '2.2.1.1.1.2';
const CONNECTION_LIMIT = '1.2.2.1.1.A';

/** What is asked for, in the order in which it is shown. No network names, topics or passwords. */
const ASKED = [
  SERIAL_NUMBER,
  CAPABILITIES,
  '2.1.2.1.1.2',
  MAIN_FIRMWARE,
  WLAN_FIRMWARE,
  BLUETOOTH_FIRMWARE,
  '1.2.2.1.1.8',
  '2.1.2.5.6.3',
  '1.2.2.1.1.11',
  CONNECTION_LIMIT,
  '1.2.2.2.1.2',
  '1.2.1.1.1.1',
  '1.2.3.1.2.1',
  BEEPER_VOLUME,
  LOCK_STATE,
  '1.2.7.1.2.1',
  '2.3.1.1.1.1',
  '2.3.1.1.1.2',
  '2.3.1.2.1.1',
  BATTERY_LEVEL,
] as const;

/**
 * Asks the reader what it is, one property after the other. Those that it does not have are left out.
 * @throws {ReaderError} `rejected` where it refuses to tell its serial number; `bad-message` where an answer cannot be read; and
 * what `request` throws.
 */
export async function getDeviceInfo(access: ReaderAccess, options: OperationOptions = {}): Promise<DeviceInfo> {
  refuseUnknown(options, { signal: true });
  const properties: PropertyAnswer[] = [];
  for (const oid of ASKED) {
    const property = await readProperty(access, oid, options);
    if (property) properties.push(property);
  }
  const keys = await readKeys(access, options);
  const valueOf = (oid: string): Uint8Array | undefined => properties.find((property) => property.oid === oid)?.value;
  const textOf = (oid: string): string | undefined => properties.find((property) => property.oid === oid)?.text;
  const capabilities = valueOf(CAPABILITIES);
  return {
    model: access.model,
    serialNumber: textOf(SERIAL_NUMBER) ?? '',
    ...known('firmware', textOf(MAIN_FIRMWARE)),
    ...known('batteryLevel', valueOf(BATTERY_LEVEL)?.[0]),
    ...known('volume', valueOf(BEEPER_VOLUME)?.[0]),
    ...known('locked', lockedBy(valueOf(LOCK_STATE)?.[0])),
    ...known('keys', keys),
    wireless: [
      ...(valueOf(WLAN_FIRMWARE) ? (['Wi-Fi'] as const) : []),
      ...(valueOf(BLUETOOTH_FIRMWARE) ? (['Bluetooth'] as const) : []),
    ],
    ...known('capabilities', capabilities && toHex(capabilities)),
    ...known('connectionLimit', valueOf(CONNECTION_LIMIT)?.[0]),
    properties,
  };
}

/** A field, where its value is known. */
const known = <Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };

/** 00 unlocked, 01 locked [DP 1.2.5]; nothing else is explained. */
const lockedBy = (state: number | undefined): boolean | undefined =>
  state === 0 || state === 1 ? state === 1 : undefined;

/** Which keys it holds; a reader that refuses to tell is asked no further. */
async function readKeys({ request }: ReaderAccess, { signal }: OperationOptions): Promise<KeyStatus | undefined> {
  const response = await request(keyInformation(), { signal });
  try {
    return readKeyStatus(response);
  } catch (cause) {
    throw badInput(cause);
  }
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
