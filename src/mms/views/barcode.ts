/**
 * A barcode that a reader has read: in a transaction (0101), by command 1804 (1805), or idle (1001) [PJ, MG p112, p155, p167].
 * It decrypts nothing, and it does not know what barcodes mean.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { decodeTlv, searchNode, type TlvNode } from '../tlv.js';
import { DEVICE_INFORMATION, OPERATION_COMPLETE } from '../tables/numbers.js';

/** What the reader says of a barcode that it read while idle [MG p167]. */
export type BarcodeType = 'unknown' | 'magtek' | 'emv';

export interface BarcodeData {
  /** The barcode as it was read, DF74. Absent where the reader has encrypted it. */
  readonly data?: Uint8Array;
  /**
   * `data` as text: decoded as UTF-8 if valid, otherwise as Latin-1, with control characters kept, such as the separators of GS1
   * (1D) and of driving licences (1E). Absent where a zero says that the data are binary, and where they are longer than any barcode.
   * Text of a stranger: it is shown as text and never followed.
   */
  readonly text?: string;
  /** Given with barcodes that were read while idle only. */
  readonly type?: BarcodeType;
  /** Where the reader has encrypted it: the encrypted object FC, its key serial number and its encryption type. */
  readonly encrypted?: { readonly data: Uint8Array; readonly ksn: string; readonly encryption: string };
}

/** Third byte of the detail code of an idle read [MG p167]. */
const types: readonly BarcodeType[] = ['unknown', 'magtek', 'emv'];

/** The barcode; undefined where the message carries none. */
export function readBarcodeData(message: MmsMessage): BarcodeData | undefined {
  if (message.kind !== 'notification') return undefined;
  // The detail code of a finished 1804 is not published: there the payload decides.
  const mayCarry =
    message.id === OPERATION_COMPLETE || ['barcode-data', 'user-event-barcode-read'].includes(message.name);
  if (!mayCarry) return undefined;
  const nodes = withInnerObjects(message.payload);
  const type = message.id === DEVICE_INFORMATION ? types[message.detail[2] as number] : undefined;
  const data = searchNode(nodes, 'DF74')?.value;
  if (data) {
    const text = textOf(data);
    return { data, ...(text === undefined ? {} : { text }), ...(type ? { type } : {}) };
  }
  const encrypted = searchNode(nodes, 'DFDF59')?.value;
  if (!encrypted) return undefined;
  const hexOf = (tag: string): string => toHex(searchNode(nodes, tag)?.value ?? new Uint8Array(0));
  return {
    encrypted: { data: encrypted, ksn: hexOf('DFDF50'), encryption: hexOf('DFDF51') },
    ...(type ? { type } : {}),
  };
}

/** More than any barcode holds as text: a QR code has at most 7,089 digits. */
export const MOST_TEXT = 8_192;

function textOf(data: Uint8Array): string | undefined {
  if (data.length === 0 || data.length > MOST_TEXT || data.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    // The decoder that is called latin1 is that of Windows-1252.
    return String.fromCharCode(...data);
  }
}

/** The objects of a payload; those of an inner tag 84 in its place, which data of 0101 stand in [MG p155]. */
function withInnerObjects(payload: readonly TlvNode[]): readonly TlvNode[] {
  const inner = payload.find(({ tag }) => tag === '84');
  if (!inner) return payload;
  try {
    return decodeTlv(inner.value);
  } catch {
    return payload;
  }
}
