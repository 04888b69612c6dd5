/**
 * Detail codes of response status: group, subgroup and status as six hexadecimal digits. A code that is not here is unknown,
 * not wrong. The source of each is PJ; a row that another one confirms says so.
 */

/** A row: stable code, words for people. */
export const statusDetails = {
  '000000': ['success', 'success'],
  '000002': ['operation-failed', 'requested operation failed'],
  '000010': ['clock-setting-failed', 'the date and time could not be set'],
  '000011': ['alarm-setting-failed', 'the alarm of the clock could not be set'],
  '000012': ['key-generation-failed', 'key generation failed'],
  '000013': ['tamper-setting-locked', 'the tamper setting is locked and cannot be changed'],
  '000014': ['tamper-setting-needs-reset', 'the tamper setting needs a reset to continue'],
  '000015': ['tamper-not-cleared', 'the tamper status could not be cleared'],
  '000016': ['device-tampered', 'the device has been tampered with'],
  '000017': ['tamper-module-failed', 'the tamper module failed'],
  '000018': ['soft-ap-password-failed', 'the password of the soft access point could not be set'],
  '010101': ['message-failure', 'the message could not be handled'],
  '010102': ['bad-message', 'the message is not constructed properly'],
  '010109': ['device-offline', 'the device is offline and cannot process messages'],
  '010110': ['pin-key-not-mapped', 'the PIN key is not mapped'],
  '010113': ['feature-not-available', 'feature not available'],
  '020000': ['reserved-020000', 'reserved code'],
  '020100': ['reserved-020100', 'reserved code'],
  '020101': ['request-failure', 'the request could not be handled'],
  '020102': ['bad-parameter', 'bad message parameter'],
  '020103': ['response-too-large', 'the response payload would be too large'],
  '020107': ['firmware-failure', 'internal firmware failure'],
  '02010A': ['image-failure', 'image failure'],
  '020119': ['no-such-key', 'the key does not exist'],
  '02011A': ['not-secured', 'the request is not secured'],
  '02011B': ['passcode-failed', 'passcode validation failed'],
  '02011C': ['device-locked', 'the device is locked'],
  '020200': ['reserved-020200', 'reserved code'],
  '020304': ['no-transaction', 'no transaction in progress'], // PJ, MG p101
  '020305': ['cannot-cancel', 'the transaction cannot be cancelled now'], // PJ, MG p101
  '020308': ['transaction-in-progress', 'transaction already in progress'],
  '02030C': ['signature-not-allowed', 'a signature is not allowed now'],
  '02030D': ['wrong-transaction-state', 'wrong state of the transaction'],
  '02030E': ['wrong-pin-state', 'wrong state of PIN entry'],
  '02030F': ['pin-entry-in-progress', 'PIN entry in progress'],
  '020311': ['barcode-read-in-progress', 'barcode read in progress'],
  '020312': ['pass-through-not-active', 'pass-through is not active'],
  '020314': ['ui-settings-in-progress', 'user interface settings in progress'],
  '020315': ['buzzer-in-progress', 'buzzer in progress'],
  '020316': ['battery-too-low', 'battery at 5 percent or less'],
  '020413': ['no-barcode-reader', 'no barcode reader hardware'],
  '02052D': ['self-test-key-corrupted', 'Self-test: key corrupted'],
  '02052E': ['self-test-system-key-bitmap-corrupted', 'Self-test: system key bitmap corrupted'],
  '02052F': ['self-test-system-key-missing', 'Self-test: system key missing'],
  '020530': ['self-test-system-key-not-loaded', 'Self-test: system key not loaded'],
  '020537': ['self-test-key-relocated', 'Self-test: key relocated'],
  '020538': ['self-test-bitmaps-differ', 'Self-test: scanned and saved bitmaps differ'],
} as const satisfies Readonly<Record<string, readonly [code: string, text: string]>>;

/**
 * Details of group 02, subgroup 05, from status 01 on: the words, which also make the stable code (`tr31-invalid-parameter`). An empty one
 * is not listed.
 */
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
