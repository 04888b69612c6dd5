/**
 * Detail codes of response status: group, subgroup and status as six hexadecimal digits. A code that is not here is unknown,
 * not wrong. The source of each is PJ; a row that another one confirms says so.
 */
import type { NameOf } from './row.js';

/** Rows (`row.ts`); a number that is not here is that of the row before and one. */
export const statusDetails = [
  '000000 success',
  '000002 operation failed',
  '000010 clock setting failed',
  'alarm setting failed', // 11
  'key generation failed', // 12
  'tamper setting locked', // 13
  'tamper setting needs reset', // 14
  'tamper-not-cleared=the tamper status could not be cleared', // 15
  'device tampered', // 16
  'tamper module failed', // 17
  'soft-ap-password-failed=the password of the soft access point could not be set', // 18
  '010101 message-failure=the message could not be handled',
  'bad-message=the message is not constructed properly', // 02
  '010109 device offline',
  '010110 PIN key not mapped',
  '010113 feature not available',
  '020000 reserved-020000=reserved code',
  '020100 reserved-020100=reserved code',
  'request-failure=the request could not be handled', // 01
  'bad parameter', // 02
  'response too large', // 03
  '020107 firmware failure',
  '02010A image failure',
  '020119 no such key',
  'not-secured=the request is not secured', // 1A
  'passcode-failed=passcode validation failed', // 1B
  'device locked', // 1C
  '020200 reserved-020200=reserved code',
  '020304 no-transaction=no transaction in progress', // PJ, MG p101
  'cannot-cancel=the transaction cannot be cancelled now', // 05: PJ, MG p101
  '020308 transaction-in-progress=transaction already in progress',
  '02030C signature-not-allowed=a signature is not allowed now',
  'wrong transaction state', // 0D
  'wrong-pin-state=wrong state of PIN entry', // 0E
  'PIN entry in progress', // 0F
  '020311 barcode read in progress',
  'pass-through not active', // 12
  '020314 ui-settings-in-progress=user interface settings in progress',
  'buzzer in progress', // 15
  'battery-too-low=battery at 5 percent or less', // 16
  '020413 no barcode reader',
  '02052D Self-test: key corrupted',
  'Self-test: system key bitmap corrupted', // 2E
  'Self-test: system key missing', // 2F
  'Self-test: system key not loaded', // 30
  '020537 Self-test: key relocated',
  'self-test-bitmaps-differ=Self-test: scanned and saved bitmaps differ', // 38
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
