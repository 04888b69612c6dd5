/**
 * Detail codes of response status: group, subgroup and status as six hexadecimal digits. A code that is not here is unknown,
 * not wrong. The source of each is PJ; a row that another one confirms says so.
 */
import type { NameOf } from './row.js';

/** Rows (`row.ts`); their codes are group, subgroup and status. */
export const statusDetails = [
  '000000 success',
  '2 operation failed', // 000002
  '10 clock setting failed', // 000010
  'alarm setting failed', // 000011
  'key generation failed', // 000012
  'tamper setting locked', // 000013
  'tamper setting needs reset', // 000014
  'tamper not cleared', // 000015
  'device tampered', // 000016
  'tamper module failed', // 000017
  'soft-ap-password-failed=the password of the soft access point could not be set', // 000018
  '10101 message-failure=the message could not be handled', // 010101
  'bad message', // 010102
  '9 device offline', // 010109
  '10 PIN key not mapped', // 010110
  '3 feature not available', // 010113
  '20000 reserved-020000=reserved code', // 020000
  '100 reserved-020100=reserved code', // 020100
  'request-failure=the request could not be handled', // 020101
  'bad parameter', // 020102
  'response too large', // 020103
  '7 firmware failure', // 020107
  '0A image failure', // 02010A
  '19 no such key', // 020119
  'not-secured=the request is not secured', // 02011A
  'passcode-failed=passcode validation failed', // 02011B
  'device locked', // 02011C
  '200 reserved-020200=reserved code', // 020200
  '304 no-transaction=no transaction in progress', // 020304: PJ, MG p101
  'cannot-cancel=the transaction cannot be cancelled now', // 020305: PJ, MG p101
  '8 transaction-in-progress=transaction already in progress', // 020308
  '0C signature-not-allowed=a signature is not allowed now', // 02030C
  'wrong transaction state', // 02030D
  'wrong PIN state', // 02030E
  'PIN entry in progress', // 02030F
  '11 barcode read in progress', // 020311
  'pass-through not active', // 020312
  '4 ui-settings-in-progress=user interface settings in progress', // 020314
  'buzzer in progress', // 020315
  'battery-too-low=battery at 5 percent or less', // 020316
  '413 no barcode reader', // 020413
  '52D Self-test: key corrupted', // 02052D
  'Self-test: system key bitmap corrupted', // 02052E
  'Self-test: system key missing', // 02052F
  '30 Self-test: system key not loaded', // 020530
  '7 Self-test: key relocated', // 020537
  'self-test-bitmaps-differ=Self-test: scanned and saved bitmaps differ', // 020538
] as const;

/** Their stable codes. */
export type StatusDetailCode = NameOf<(typeof statusDetails)[number]>;

/** Details of group 02, subgroup 05, from status 01 on, in the same form; each code and text begins with TR-31. An empty one is not listed. */
export const tr31Details: readonly string[] = [
  'invalid parameter', // 01
  'invalid AES length', // 02
  'not 16-byte aligned', // 03
  'invalid message length', // 04
  'invalid optional header count', // 05
  'data type conversion error', // 06
  'invalid KCV algorithm', // 07
  'invalid KCV length', // 08
  'invalid optional header id', // 09
  'invalid header id', // 0A
  'invalid algorithm', // 0B
  'invalid key usage', // 0C
  'invalid header length', // 0D
  'invalid derivation version', // 0E
  'invalid mode of use', // 0F
  'engine not installed', // 10
  'invalid cryptographic operation', // 11
  'MAC verification failed', // 12
  'key data decryption error', // 13
  'MAC computation failed', // 14
  'invalid MAC length', // 15
  'key derivation error', // 16
  'buffer too small', // 17
  'invalid storage KPM', // 18
  'invalid storage secure RAM', // 19
  'invalid option key id', // 1A
  'unsupported option key id', // 1B
  'invalid key id relationship', // 1C
  'protection key not loaded', // 1D
  'invalid custom data tag', // 1E
  'invalid KCV', // 1F
  'invalid data', // 20
  'invalid DUKPT key derivation', // 21
  'invalid exportability', // 22
  'invalid key class', // 23
  'invalid device serial number', // 24
  'invalid challenge', // 25
  'key cannot be deleted', // 26
  'key not present', // 27
  'unsupported keyset id', // 28
  'KPM error', // 29
  'secure RAM error', // 2A
  'duplicated key', // 2B
  'invalid key usage rule', // 2C
  '', // 2D
  '', // 2E
  '', // 2F
  '', // 30
  'invalid key storage limit', // 31
  'duplicated key set', // 32
  'key restriction', // 33
  'weaker transport key', // 34
  'repeated key agreement', // 35
  'security not activated', // 36
];
