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
 * Objects of card data that are shown, by the most bytes that their format allows; longer ones are hidden. KSNs and the serial
 * number of the reader are no card data, and support needs them. Formats: EMV Book 3, annex A; [DP ARQC, DM p26, p74].
 * It is a map because an object would want each tag as the one string that it knows it by: to find that takes longer.
 */
const SHOWN: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1:
      '5F36 ' + // transaction currency exponent
      '9C ' + // transaction type
      '9F53 ' + // transaction category code
      '9F39 ' + // POS entry mode
      '9F27 ' + // cryptogram information data
      '9F35 ' + // terminal type
      'DFDF1A ' + // transaction status
      'DFDF1B ' + // additional transaction information
      'DFDF30 ' + // status of track 1
      'DFDF32 ' + // status of track 2
      'DFDF34 ' + // status of track 3
      'DFDF40 ' + // signature required
      'DFDF52 ' + // card type
      'DFDF53 ' + // fallback indicator
      'DF71 ' + // PIN block format
      'DFDF42 ' + // encryption type
      'DFDF51 ' + // encryption type
      'DFDF55 ' + // encryption type
      'DFDF57 ' + // encryption type
      'DFDFDF39 ' + // encryption type
      'DFDF58', // padding of the encrypted data
    2:
      '5F2A ' + // transaction currency code
      '9F15 ' + // merchant category code
      '82 ' + // application interchange profile
      '9B ' + // transaction status information
      '9F36 ' + // application transaction counter
      '8A ' + // authorization response code
      '9F07 ' + // application usage control
      '9F6C ' + // card transaction qualifiers
      '9F1A', // terminal country code
    3:
      '9A ' + // transaction date
      '9F21 ' + // transaction time
      '9F34 ' + // CVM results
      '9F33', // terminal capabilities
    4: '9F66', // terminal transaction qualifiers
    5:
      '95 ' + // terminal verification results
      '9F0D ' + // issuer action code
      '9F0E ' + // issuer action code
      '9F0F ' + // issuer action code
      '9F40', // additional terminal capabilities
    6:
      '9F02 ' + // amount, authorized
      '9F03 ' + // amount, other
      'DF2A ' + // amount
      'DF5D ' + // tip
      'DF5E', // tax
    16:
      '4F ' + // AID of the card
      '84 ' + // dedicated file name
      '9F06 ' + // AID of the terminal
      '50 ' + // application label
      '9F12 ' + // application preferred name
      'DFDF25', // serial number of the reader
  }).flatMap(([most, tags]) => tags.split(' ').map((tag) => [tag, Number(most)])),
);

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
export const isShownInCardData = (tag: string): boolean => SHOWN.has(tag) || KEY_SERIAL_NUMBERS.has(tag);

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
    else if (value.length > (SHOWN.get(tag) ?? -1) || (isContextSpecific(tag) && !isEmv)) mask(value);
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
