/**
 * Commands that read and write properties, which are the settings and the state of a reader.
 * It does not know which properties there are.
 */
import { parseHex } from '../hex.js';
import type { MmsRequest } from '../message.js';
import { encodeOid } from '../oid.js';
import type { TlvInput } from '../tlv.js';
import { bytesField, request, type BytesField, type RequestFields } from './fields.js';

export interface GetPropertyOptions extends RequestFields {
  /** Nodes in hexadecimal with points between them: `1.2.2.1.1.A`. */
  readonly oid: string;
  /** How the object identifier is written. Readers take both and answer in the same. Default `simple`. */
  readonly form?: 'simple' | 'long';
  /** Whether the vendor's company id is sent too; readers take it for granted. Default false. */
  readonly company?: boolean;
}

export interface SetPropertyOptions extends GetPropertyOptions {
  /** The new value, at least one byte. */
  readonly value: BytesField;
}

/** 1.3.6.1.4.1.15113, the private enterprise number of the vendor [S, DP D111]. */
const COMPANY_ID = parseHex('2B06010401F609');

/**
 * Command D101: reads a property, or all below a branch [S, PJ, MG p120].
 * @throws {MmsError} `bad-value` where `oid` is not an object identifier.
 */
export const getProperty = (options: GetPropertyOptions): MmsRequest => request(0xd101, target(options), options);

/**
 * Command D111: writes a property, into flash memory: not to be done in a loop. Some settings need a reset to take effect
 * [S, PJ, DP D111].
 * @throws {MmsError} `bad-value` where `oid` is not an object identifier or the value is empty, which would read it.
 */
export const setProperty = (options: SetPropertyOptions): MmsRequest =>
  request(0xd111, target(options, bytesField(options.value, 'value')), options);

function target({ oid, form = 'simple', company = false }: GetPropertyOptions, value?: Uint8Array): TlvInput[] {
  return [...(company ? [{ tag: '81', value: COMPANY_ID }] : []), ...encodeOid(oid, value, form)];
}
