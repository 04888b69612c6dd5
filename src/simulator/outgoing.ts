/**
 * Messages as a reader writes them: responses, notifications and files.
 * It does not know when they are sent, or to whom.
 */
import { encodeMessage, longLengthObject } from '../mms/encode.js';
import { parseHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { encodeTlv, type TlvInput } from '../mms/tlv.js';
import { wholeBlocks, type TransactionKey } from './encryption.js';
import { ENCRYPTION_TYPE, TEXT_PREFIX } from './unconfirmed.js';

export const SUCCESS = '000000';

/** The answer to a request; without a payload unless one is given. */
export const response = (
  { reference, id }: MmsRequest,
  summary: number,
  detail: string,
  payload?: readonly TlvInput[],
): Uint8Array =>
  encodeMessage(
    {
      kind: 'response',
      reference,
      id,
      status: { summary, detail },
      payload: payload ?? [],
      ...(payload ? { payloadId: id } : {}),
    },
    // Readers write the long form here, and code that skips fixed offsets relies on it [MG p235, PJ].
    { longPayloadLength: payload !== undefined },
  );

/** A notification, with an object as payload where there is one. */
export const notification = (id: number, detail: string, payload?: readonly TlvInput[]): Uint8Array =>
  encodeMessage(
    {
      kind: 'notification',
      id,
      detail: parseHex(detail),
      payload: payload ?? [],
      ...(payload ? { payloadId: id } : {}),
    },
    { longPayloadLength: payload !== undefined },
  );

/** Notification 0101 with data: an inner tag 84 whose length has the long form as well [MG p155, PJ]. */
export const dataNotification = (detail: string, data: Uint8Array): Uint8Array =>
  encodeMessage(
    {
      kind: 'notification',
      id: 0x0101,
      detail: parseHex(detail),
      payloadId: 0x0101,
      payload: [],
      opaque: longLengthObject(0x84, data),
    },
    { longPayloadLength: true },
  );

/** The objects of a barcode in clear [MG p155, PJ]. */
export const barcodePayload = (text: string): readonly TlvInput[] => [
  { tag: 'FC', children: [{ tag: 'DF74', value: new TextEncoder().encode(text) }] },
];

/** The same, encrypted: its clear text is the object in clear [MG p155, PJ]. */
export const encryptedBarcodePayload = (text: string, key: TransactionKey): readonly TlvInput[] => [
  { tag: 'DFDF59', value: key.encryptData(wholeBlocks(encodeTlv(barcodePayload(text)), key.blockBytes)) },
  { tag: 'DFDF50', value: key.ksn },
  { tag: 'DFDF51', value: Uint8Array.of(ENCRYPTION_TYPE) },
];

/** Notification 1803: a text for the host to show, after bytes whose meaning is not published [PJ]. */
export const textNotification = (detail: string, text: string): Uint8Array =>
  encodeMessage(
    {
      kind: 'notification',
      id: 0x1803,
      detail: parseHex(detail),
      payloadId: 0x1803,
      payload: [],
      opaque: Uint8Array.of(...parseHex(TEXT_PREFIX), ...new TextEncoder().encode(text)),
    },
    { longPayloadLength: true },
  );

/** Notification 1803: a choice for the host to offer, its title first; the byte before the seconds has two published meanings. */
export const selectionNotification = (detail: string, seconds: number, items: readonly string[]): Uint8Array =>
  notification(0x1803, detail, [
    { tag: '81', value: Uint8Array.of(0) },
    { tag: '82', value: Uint8Array.of(0) },
    {
      tag: '83',
      value: Uint8Array.of(1, seconds, ...new TextEncoder().encode(items.map((item) => `${item}\0`).join(''))),
    },
  ]);

/** Notification 1805 with the id of a file to fetch in tag 83 [PJ]. */
export const fileNotification = (detail: string, fileId: string): Uint8Array =>
  encodeMessage({
    kind: 'notification',
    id: 0x1805,
    detail: parseHex(detail),
    payload: [],
    additional: parseHex(fileId),
  });

/** A file on its way to the host, under the reference of the request for it. */
export const fileMessage = ({ reference, id }: MmsRequest, fileId: string, contents: Uint8Array): Uint8Array =>
  encodeMessage({ kind: 'file', reference, id, fileId, contents });
