/**
 * Command 1004, Resume Transaction: the host's answer for a card whose reader waits for it (full EMV).
 */
import type { MmsRequest } from '../message.js';
import { RESUME_TRANSACTION } from '../tables/numbers.js';
import { decodeTlv, encodeTlv, type TlvInput, type TlvNode } from '../tlv.js';
import { badValue, bytesField, object, request, textField, type BytesField, type RequestFields } from './fields.js';

export interface ResumeTransactionOptions extends RequestFields {
  /** Serial number of the reader as the ARQC gave it (DFDF25): its bytes, or its text. */
  readonly serialNumber: Uint8Array | string;
  /** Authorisation response code (8A): two letters or digits, such as `00` for approved. */
  readonly responseCode: string;
  /** Objects of the issuer for the card: 91, 71 and 72. Others, such as an 8A that gateways put before them, are left out. */
  readonly issuerData?: BytesField;
}

/** Value of 81: the answer of the host to a reader that waits for an ARPC [DP 1004]. */
export const HOST_ANSWER = 0x00;

/** Characters of the longest serial number. */
export const LONGEST_SERIAL = 32;

/** Authentication data and scripts of the issuer (EMV Book 3, annex A). */
const issuerTags: ReadonlySet<string> = new Set(['91', '71', '72']);

/**
 * Answers a reader that waits for the host's decision [DP-draft 1004, SAMPLE]: never in Quick Chip.
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function resumeTransaction(options: ResumeTransactionOptions): MmsRequest {
  const { serialNumber, responseCode, issuerData } = options;
  if (!/^[0-9A-Za-z]{2}$/.test(responseCode)) throw badValue('responseCode', 'must be two letters or digits');
  const serial =
    typeof serialNumber === 'string' ? textField(serialNumber, 'serialNumber', LONGEST_SERIAL) : serialNumber;
  if (serial.length === 0) throw badValue('serialNumber', 'must not be empty');
  const answer: TlvInput = {
    tag: 'FF74',
    children: [
      { tag: 'DFDF25', value: serial },
      {
        tag: 'FA',
        children: [{ tag: '70', children: [object('8A', ...ascii(responseCode)), ...issuerObjects(issuerData)] }],
      },
    ],
  };
  return request(RESUME_TRANSACTION, [object('81', HOST_ANSWER), { tag: '84', value: encodeTlv([answer]) }], options);
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

function issuerObjects(data: BytesField | undefined): TlvInput[] {
  if (data === undefined || data.length === 0) return [];
  return listOf(bytesField(data, 'issuerData')).flatMap(({ tag, value }) =>
    issuerTags.has(tag) ? [{ tag, value }] : [],
  );
}

function listOf(bytes: Uint8Array): readonly TlvNode[] {
  try {
    return decodeTlv(bytes);
  } catch {
    throw badValue('issuerData', 'must be objects in BER-TLV');
  }
}
