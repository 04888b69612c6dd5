/**
 * Hides the sensitive values of each kind of message, in place. It knows which commands and notifications carry them; how
 * values are searched is in `content.ts`.
 */
import type { MmsMessage } from '../message.js';
import type { TlvNode } from '../tlv.js';
import { hideCardData, hideCardDataObject, hideEmvList, hideFile, hideStray } from './card-data.js';
import { hideTextAfterZeros } from './content.js';
import { mask, maskAll } from './mask.js';
import { hidePropertyValues } from './property.js';
import { isTip } from './tip.js';
import { isContainerTag } from '../tables/tag-classes.js';
import {
  DEVICE_INFORMATION,
  GET_PROPERTY,
  KEY_INFORMATION,
  OPERATION_COMPLETE,
  PASS_THROUGH_MIFARE_CLASSIC,
  PASS_THROUGH_MIFARE_PLUS,
  PASS_THROUGH_TYPE_2,
  REQUEST_CARD_PIN,
  REQUEST_CERTIFICATE,
  REQUEST_PIN,
  RESUME_TRANSACTION,
  SET_PROPERTY,
  SET_PROPERTY_SECURED,
  START_TRANSACTION,
} from '../tables/numbers.js';

/** Hides what a payload shows. */
type Rule = (payload: readonly TlvNode[]) => void;

/** The rule of a command, for its requests and responses. */
function ruleOfCommand(id: number): Rule {
  if (id === START_TRANSACTION) return hideTransactionStart;
  if (id === RESUME_TRANSACTION) return hideCarrier; // the issuer's answer; its parameters are not published
  if (id === PASS_THROUGH_TYPE_2) return hidePassThrough;
  if (id === REQUEST_PIN || id === REQUEST_CARD_PIN) return hidePinRequest;
  if (id === GET_PROPERTY || id === SET_PROPERTY) return hideProperties;
  if (id === REQUEST_CERTIFICATE || id === KEY_INFORMATION) return hideLong;
  const isSecret =
    id >= FIRST_SECURITY_COMMAND ||
    id === SET_PROPERTY_SECURED || // properties in a form that is not published
    (id >= PASS_THROUGH_MIFARE_CLASSIC && id <= PASS_THROUGH_MIFARE_PLUS); // parameters that are not published
  return isSecret ? maskAll : hideOthers;
}

/** Commands from here on carry keys and secured commands [MG p142, PJ]. */
export const FIRST_SECURITY_COMMAND = 0xee00;

/** Hides everything sensitive in a message whose bytes may be changed. */
export function hideMessage(message: MmsMessage): void {
  const { additional, reserved, opaque, payload, rest } = message;
  const rule = ruleOf(message);
  rule(payload);
  // Objects without a place of their own hold what they hold in payloads.
  (rule === hideCarrier || rule === maskAll ? rule : hideOthers)(rest);
  if (opaque !== undefined) {
    if (rule === hideOthers) hideTextAfterZeros(opaque);
    else mask(opaque);
  }
  if (message.kind === 'file') hideFile(message.contents);
  for (const value of [additional, reserved]) {
    if (value === undefined) continue;
    if (rule === hideOthers || value.length <= FILE_ID_LENGTH) hideStray('', value);
    else mask(value);
  }
}

/** Tag 83 of notification 1805 is a file id [PJ]. */
export const FILE_ID_LENGTH = 4;

/** Whether all values in a message's payload are hidden. */
export const hidesAll = (message: MmsMessage): boolean => ruleOf(message) === maskAll;

/** The rule of a message's payload: that of its number, and of the number in the payload where they differ. */
function ruleOf(message: MmsMessage): Rule {
  const { id, payloadId = id } = message;
  const rule = ruleOfNumber(message, id);
  const other = ruleOfNumber(message, payloadId);
  if (rule === other || other === hideOthers) return rule;
  return rule === hideOthers ? other : maskAll;
}

function ruleOfNumber(message: MmsMessage, id: number): Rule {
  switch (message.kind) {
    case 'request':
    case 'response':
      return ruleOfCommand(id);
    case 'notification': {
      // Sources 01 and 02, the first byte of the number, concern cards and PINs [MG p39, PJ]; 0107 is an idle read [MG p167].
      const [module, event] = message.detail;
      const isBarcode = id === DEVICE_INFORMATION && module === 1 && event === 7;
      return id >> 8 === 1 || id >> 8 === 2 || id === OPERATION_COMPLETE || isBarcode ? hideCarrier : hideOthers;
    }
    case 'file':
      return maskAll;
  }
}

/** Payloads that carry card data: objects around them, and the containers themselves. */
function hideCarrier(payload: readonly TlvNode[]): void {
  for (const node of payload) {
    if (node.tag === '84') hideCardDataObject(node.value);
    else hideCardData([node], false);
  }
}

/** Payloads that are shown, but for objects that belong to card data and for what card data are found in. */
export function hideOthers(payload: readonly TlvNode[]): void {
  for (const node of payload) {
    if (isContainerTag(node.tag)) hideCardData([node], true);
    else if (node.children) hideOthers(node.children);
    else hideStray(node.tag, node.value);
  }
}

export const TIP_AND_TAX = 'A4';

/** 1001: tag 86 is a list of EMV objects, A4/81 the buttons for a tip [S, PJ]. */
function hideTransactionStart(payload: readonly TlvNode[]): void {
  for (const node of payload) {
    if (node.tag === '86') hideEmvList(node.value);
    else if (node.tag === TIP_AND_TAX)
      hideOthers((node.children as readonly TlvNode[]).filter(({ value }) => !isTip(value)));
    else hideOthers([node]);
  }
}

/** Commands with numbers of two bytes that say what is asked for: only what is longer is hidden. */
function hideLong(payload: readonly TlvNode[]): void {
  maskAll(payload.filter(({ children, value }) => children !== undefined || value.length > 2));
}

/** D101 and D111: tag 89 holds values [MG p120]. */
function hideProperties(payload: readonly TlvNode[]): void {
  hidePropertyValues(payload);
  hideOthers(payload.filter(({ tag }) => tag !== '89'));
}

/** 1100: of what is sent to a tag the first byte, its command, is shown; the rest may be a password or key [NXP]. */
function hidePassThrough(payload: readonly TlvNode[]): void {
  for (const node of payload) {
    if (node.tag === '81') mask(node.value.subarray(1));
    else if (node.children !== undefined || node.value.length > 1) maskAll([node]);
  }
}

/** 2001 and 2002: tag A1 holds the account number, with its length in 81; the other parameters are short [S, PJ]. */
function hidePinRequest(payload: readonly TlvNode[]): void {
  for (const { tag, value, children } of payload) {
    if (children === undefined) {
      if (value.length > 2) mask(value);
    } else if (tag === 'A1') {
      maskAll(children.filter((node) => node.tag !== '81' || node.value.length > 1));
    } else {
      hidePinRequest(children);
    }
  }
}
