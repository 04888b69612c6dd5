/**
 * One line for people about a message. It shows no card data, whatever the message is.
 * It does not know the journal or elements.
 */
import { decodeAmount } from './emv/amount.js';
import { currencyByNumeric } from './emv/currency.js';
import { hexOfId, spacedHex, toHex } from './hex.js';
import type { MmsFile, MmsMessage, MmsNotification, MmsRequest, MmsResponse } from './message.js';
import { readProperties } from './oid.js';
import { redactText } from './redact.js';
import { commandTitle } from './tables/command-titles.js';
import { displayString } from './tables/display-strings.js';
import { propertyNames } from './tables/property-names.js';
import { decodeTlv, findNode, searchNode, type TlvNode } from './tlv.js';
import { readCardContainer } from './views/card-container.js';
import { readDisplayText } from './views/display-text.js';
import { DISPLAY_MESSAGE, GET_PROPERTY, REPORT_SELECTION, SET_PROPERTY, START_TRANSACTION } from './tables/numbers.js';

/** A message in one English line. Never throws: what cannot be read is named without its contents. */
export function describe(message: MmsMessage): string {
  try {
    switch (message.kind) {
      case 'request':
        return `${titleOf(message.id)}${parametersOf(message)} (ref ${String(message.reference)})`;
      case 'response':
        return describeResponse(message);
      case 'notification':
        return describeNotification(message);
      case 'file':
        return describeFile(message);
    }
  } catch {
    return `${message.kind === 'notification' ? message.text : titleOf(message.id)}, with contents that cannot be read`;
  }
}

const titleOf = (id: number): string => commandTitle(id) ?? `Unknown command ${hexOfId(id)}`;

function describeResponse({ id, reference, status, payload }: MmsResponse): string {
  const ref = `ref ${String(reference)}`;
  if (!status.ok) {
    const reason = status.code === 'unknown' ? status.text : `${status.text} (${spacedHex(status.detail)})`;
    return `${titleOf(id)} ${status.summary === 0x81 ? 'failed' : 'rejected'}: ${reason} (${ref})`;
  }
  const how = status.running ? 'accepted, running' : 'done';
  const warning = status.warning ? ` with warnings: ${status.text}` : '';
  const property = id === GET_PROPERTY || id === SET_PROPERTY ? propertyText(payload) : '';
  return `${titleOf(id)} ${how}${warning}${property} (${ref})`;
}

function describeNotification(message: MmsNotification): string {
  const data = readCardContainer(message);
  if (data) {
    const { serialNumber, tlv } = data;
    const encryptedLength = searchNode(tlv, 'DFDF59')?.value.length ?? 0;
    const serial = serialNumber === '' ? '' : `, serial ${serialNumber}`;
    return `${message.text}${serial}, ${String(encryptedLength)} bytes encrypted`;
  }
  const text = readDisplayText(message);
  return text === undefined || redactText(text) !== text ? message.text : `Display text “${text.trim()}”`;
}

const describeFile = ({ fileId, contents, direction }: MmsFile): string =>
  `File ${fileId} ${direction === 'to-reader' ? 'to' : 'from'} the reader, ${String(contents.length)} bytes`;

/** What is worth saying of a request's parameters, with a space before it. */
function parametersOf({ id, payload }: MmsRequest): string {
  const parameter = findNode(payload, '82')?.value[0];
  if (id === START_TRANSACTION) return startText(payload);
  if (id === DISPLAY_MESSAGE) {
    const text = displayString(parameter ?? 0x14);
    return text === undefined ? ` ${toHex(Uint8Array.of(parameter as number))}` : ` “${text}”`;
  }
  if (id === REPORT_SELECTION) return ` ${String(parameter ?? '')}`;
  return id === GET_PROPERTY || id === SET_PROPERTY ? propertyText(payload) : '';
}

/** The readers that a start may use, behind their tags. */
const READERS = ['82 insert', '83 tap', '81 swipe', '84 manual', '85 barcode'] as const;

function startText(payload: readonly TlvNode[]): string {
  const list = decodeTlv(findNode(payload, '86')?.value ?? new Uint8Array(0));
  const amount = findNode(list, '9F02')?.value;
  const numeric = findNode(list, '5F2A')?.value;
  const currency = numeric && currencyByNumeric(toHex(numeric).slice(1));
  const readers = findNode(payload, 'A3')?.children ?? [];
  const ways = READERS.filter((row) => findNode(readers, row.slice(0, 2))?.value.some((byte) => byte !== 0)).map(
    (row) => row.slice(3),
  );
  const limit = findNode(payload, '82')?.value[0];
  const parts = [
    // Without its currency nobody knows where the decimal point stands.
    amount ? (currency ? `${decodeAmount(amount, currency)} ${currency.alpha}` : digitsOf(amount)) : '',
    ways.join(' '),
    limit === undefined ? '' : `${String(limit)} s`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

/** The digits of an amount, checked to be one. */
const digitsOf = (amount: Uint8Array): string => decodeAmount(amount, { exponent: 0 }).padStart(2 * amount.length, '0');

/** Identifier and name of the properties that are asked for, set or answered; their values are not shown. */
function propertyText(payload: readonly TlvNode[]): string {
  const names = readProperties(payload).map(({ oid }) => `${oid} ${propertyNames[oid] ?? ''}`.trim());
  return names.length === 0 ? '' : ` ${names.join(', ')}`;
}
