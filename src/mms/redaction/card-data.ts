/**
 * Card data: everything is hidden but what is known to be harmless, and what cannot be read is hidden whole.
 * It does not know messages.
 */
import { toHex } from '../hex.js';
import { containsCardNumber, findCardDigits, LONGEST } from '../luhn.js';
import { isContainerTag, isSensitiveTag } from '../tables/tag-classes.js';
import { decodeTlv, header, isTlv, scanHeader, type TlvNode } from '../tlv.js';
import { hideCardNumbers } from './content.js';
import { mask, maskAll } from './mask.js';
import { beginsWith, maskTrack } from './track.js';

/**
 * Objects of card data that are shown, with the most bytes that their format allows; longer ones are hidden. KSNs and the
 * serial number of the reader are no card data, and support needs them. Formats: EMV Book 3, annex A; [DP ARQC, DM p26, p74].
 */
const SHOWN: Readonly<Record<string, number>> = {
  // What was asked of the card and when
  '9F02': 6, // amount, authorized
  '9F03': 6, // amount, other
  DF2A: 6, // amount
  DF5D: 6, // tip
  DF5E: 6, // tax
  '5F2A': 2, // transaction currency code
  '5F36': 1, // transaction currency exponent
  '9A': 3, // transaction date
  '9F21': 3, // transaction time
  '9C': 1, // transaction type
  '9F15': 2, // merchant category code
  '9F53': 1, // transaction category code
  '9F39': 1, // POS entry mode
  // Application, and how the transaction went
  '4F': 16, // AID of the card
  '84': 16, // dedicated file name
  '9F06': 16, // AID of the terminal
  '50': 16, // application label
  '9F12': 16, // application preferred name
  '82': 2, // application interchange profile
  '95': 5, // terminal verification results
  '9B': 2, // transaction status information
  '9F34': 3, // CVM results
  '9F27': 1, // cryptogram information data
  '9F36': 2, // application transaction counter
  '8A': 2, // authorization response code
  '9F07': 2, // application usage control
  '9F0D': 5, // issuer action codes
  '9F0E': 5,
  '9F0F': 5,
  '9F6C': 2, // card transaction qualifiers
  // Terminal
  '9F33': 3, // terminal capabilities
  '9F40': 5, // additional terminal capabilities
  '9F35': 1, // terminal type
  '9F1A': 2, // terminal country code
  '9F66': 4, // terminal transaction qualifiers
  // Reader
  DFDF1A: 1, // transaction status
  DFDF1B: 1, // additional transaction information
  DFDF25: 16, // serial number of the reader
  DFDF30: 1, // status of track 1
  DFDF32: 1, // status of track 2
  DFDF34: 1, // status of track 3
  DFDF40: 1, // signature required
  DFDF52: 1, // card type
  DFDF53: 1, // fallback indicator
  DF71: 1, // PIN block format
  // Encryption
  DFDF42: 1, // encryption types
  DFDF51: 1,
  DFDF55: 1,
  DFDF57: 1,
  DFDFDF39: 1,
  DFDF58: 1, // padding of the encrypted data
};

/** Key serial numbers of the PIN block, of track, barcode and NFC data, of the MAC and of the encrypted data. */
const KEY_SERIAL_NUMBERS: ReadonlySet<string> = new Set('DFDF41 DFDF50 DFDF54 DFDF56 DFDFDF38'.split(' '));
export const LONGEST_KSN = 12;

/** Masked tracks 1 and 2, and track 2 of a chip card. The masked track 3 has no card number at a known place. */
const MASKED_TRACKS: ReadonlySet<string> = new Set(['DFDF31', 'DFDF33', 'DFDF4D']);

/** Application identifiers, and how those of international schemes begin (ISO/IEC 7816-5). */
const APPLICATION_IDENTIFIERS: ReadonlySet<string> = new Set(['4F', '84', '9F06']);
const REGISTRATION = 'A00000';

/** Bytes around the container F9 in notification 0101 [DP ARQC]. */
export const MAC_AND_LENGTH = 6;

/** Whether an object is shown in card data, if it is no longer than its format allows. */
export const isShownInCardData = (tag: string): boolean => tag in SHOWN || KEY_SERIAL_NUMBERS.has(tag);

/** Whether an object is hidden also outside of card data. */
const isSensitive = (tag: string): boolean => isSensitiveTag(tag) && !isShownInCardData(tag);

/** Whether one of the bytes 80 to 9F is the tag: outside of EMV data each command gives these its own meaning. */
const isContextSpecific = (tag: string): boolean => tag.length === 2 && (tag.startsWith('8') || tag.startsWith('9'));

/**
 * Hides what card data show.
 * @param isEmv Whether tags 80 to 9F mean what they do in EMV; always so inside the containers of card data.
 */
export function hideCardData(nodes: readonly TlvNode[], isEmv: boolean): void {
  for (const { tag, value, children } of nodes) {
    if (children !== undefined) hideCardData(children, isEmv || isContainerTag(tag));
    else if (MASKED_TRACKS.has(tag)) maskTrack(value);
    else if (KEY_SERIAL_NUMBERS.has(tag)) hideFalseKsn(value);
    else if (value.length > (SHOWN[tag] ?? -1) || (isContextSpecific(tag) && !isEmv)) mask(value);
    else if (APPLICATION_IDENTIFIERS.has(tag)) hideInIdentifier(value);
    else hideCardNumbers(value);
  }
}

/** Hides what a primitive value outside of card data shows of a card. */
export function hideStray(tag: string, value: Uint8Array): void {
  if (MASKED_TRACKS.has(tag)) maskTrack(value);
  else if (KEY_SERIAL_NUMBERS.has(tag)) hideFalseKsn(value);
  else if (isSensitive(tag) || holdsCardData(value)) mask(value);
  // Digits that were hidden may have become tags of card data.
  else if (hideInObjects(value) && holdsCardData(value)) mask(value);
}

/** How many lists inside each other are looked into. */
export const MOST_LISTS = 3;

/**
 * Hides card numbers in a value and, where it is a list of objects, in each of them for itself: the length of an object may be a
 * digit as text, and together with it a number would be another one.
 * @returns Whether there was any.
 */
export function hideInObjects(value: Uint8Array, lists = MOST_LISTS): boolean {
  const nodes = lists > 0 ? tryDecode(value) : undefined;
  const inObjects = nodes?.map((node) => hideInObjects(node.value, lists - 1)).includes(true) ?? false;
  return hideCardNumbers(value) || inObjects;
}

/**
 * Hides what the primitive object shows that notification 0101 carries: two bytes of length, F9, padding and MAC
 * [DP ARQC, DM p26]; padding and MAC too. Of other lists of objects, as the UID of an NFC tag stands in, all values go.
 */
export function hideCardDataObject(value: Uint8Array): void {
  const start = value[0] === 0xf9 ? 0 : 2;
  const end = endOfObject(value, start);
  const cardData = value[start] === 0xf9 ? tryDecode(value.subarray(start, end)) : undefined;
  if (cardData !== undefined) {
    hideCardData(cardData, true);
    mask(value.subarray(end));
    return;
  }
  const others = tryDecode(value);
  if (others === undefined) {
    mask(value);
  } else {
    maskAll(others);
    // Digits that only look like a list would show as its tags and lengths.
    if (hideCardNumbers(value)) mask(value);
  }
}

/** Where the object that begins at `start` ends; the end of the bytes where it is not whole. */
const endOfObject = (bytes: Uint8Array, start: number): number =>
  scanHeader(bytes, start, bytes.length) === 0 ? header.end : bytes.length;

/** Hides what a list of EMV objects in a primitive value shows. */
export function hideEmvList(value: Uint8Array): void {
  const nodes = tryDecode(value);
  if (nodes === undefined) mask(value);
  else hideCardData(nodes, true);
}

/** Hides a file but for its type: `MGTKAP10`, C1 with the file id, further objects [PJ]. */
export function hideFile(contents: Uint8Array): void {
  const magic = 'MGTKAP10';
  const nodes = beginsWith(contents, magic) ? tryDecode(contents.subarray(magic.length)) : undefined;
  if (nodes === undefined) mask(contents);
  else maskAll(nodes.filter(({ tag, value }) => tag !== 'C1' || value.length !== 4));
}

/**
 * A key serial number is shown whole: with some of its digits hidden it would be another one (ANSI X9.24). What is longer than one,
 * or a card number and nothing else, is hidden whole.
 */
function hideFalseKsn(value: Uint8Array): void {
  const digits = /^0*([0-9]*)[DF]*$/.exec(toHex(value))?.[1] ?? '';
  const isCardNumber = digits.length <= LONGEST && containsCardNumber(digits);
  if (value.length > LONGEST_KSN || isCardNumber || findCardDigits(value)) mask(value);
}

/** Zeros at the beginning of an identifier, as in A0 00 00 00 03 10 10, would make card numbers of what follows. */
function hideInIdentifier(value: Uint8Array): void {
  hideCardNumbers(toHex(value).startsWith(REGISTRATION) ? value.subarray(REGISTRATION.length / 2) : value);
}

/** Whether a primitive value is card data as readers send them, or a list of objects that has some in it. */
function holdsCardData(value: Uint8Array): boolean {
  if (value.length > MAC_AND_LENGTH && (value[0] === 0xf9 || value[2] === 0xf9)) return true;
  return tryDecode(value)?.some(isCardDataNode) ?? false;
}

/** Whether an object is card data, or has some in it. */
export const isCardDataNode = ({ tag, children }: TlvNode): boolean =>
  isContainerTag(tag) || isSensitive(tag) || (children?.some(isCardDataNode) ?? false);

const tryDecode = (value: Uint8Array): TlvNode[] | undefined => (isTlv(value) ? decodeTlv(value) : undefined);
