/**
 * Decrypts an ARQC under a base key that a host holds: only ever a test key, because whoever decrypts card numbers has every duty
 * of PCI DSS. The MAC is not looked at: which one readers make is not published.
 */
import { decodeAmount } from '../../mms/emv/amount.js';
import { currencyByNumeric } from '../../mms/emv/currency.js';
import { aesWorkingKey, AES_KSN_BYTES } from '../../mms/dukpt/aes.js';
import { decryptCbc } from '../../mms/dukpt/block-cipher.js';
import { tripleDesWorkingKey, TRIPLE_DES_KSN_BYTES } from '../../mms/dukpt/triple-des.js';
import type { WorkingKey } from '../../mms/dukpt/working-key.js';
import { parseHex, toHex } from '../../mms/hex.js';
import { passesLuhn } from '../../mms/luhn.js';
import { decodeTlv, searchNode, type TlvNode } from '../../mms/tlv.js';
import { readBlob } from '../../mms/views/card-data.js';
import { aes, tripleDes } from './node-ciphers.js';

/** What was inside. */
export interface DecryptedCard {
  readonly pan: string;
  /** 9F02 in the currency of 5F2A, as decimal text. Under Quick Chip it is not what is charged. */
  readonly amount?: string;
}

/** DFDF57 of data that were encrypted with the PIN variant; the data variant is 80 [EMV Acceptance Integration Guide]. */
const PIN_VARIANT = 0x81;

/**
 * @param bdk Base derivation key: 16 bytes for triple DES, 16, 24 or 32 for AES; the length of the key serial number says which.
 * @throws {Error} where the ARQC is not whole, or was encrypted under another key.
 */
export function decryptArqc(bdk: Uint8Array, arqc: string): DecryptedCard {
  const { tlv } = readBlob(parseHex(arqc));
  const data = valueOf(tlv, 'DFDF59');
  const ksn = valueOf(tlv, 'DFDF56');
  if (!data || !ksn) throw new Error('The ARQC has no encrypted data.');
  const clear = decrypt(workingKey(bdk, ksn), data, valueOf(tlv, 'DFDF57')?.[0]);
  const padding = valueOf(tlv, 'DFDF58')?.[0] ?? 0;
  return read(clear.subarray(0, Math.max(0, clear.length - padding)));
}

function workingKey(bdk: Uint8Array, ksn: Uint8Array): WorkingKey {
  if (ksn.length === TRIPLE_DES_KSN_BYTES) return tripleDesWorkingKey(tripleDes, bdk.subarray(0, 16), ksn);
  if (ksn.length === AES_KSN_BYTES) return aesWorkingKey(aes, bdk, ksn);
  throw new Error(`A key serial number of ${String(ksn.length)} bytes belongs to no known kind of DUKPT.`);
}

function decrypt(key: WorkingKey, data: Uint8Array, encryption: number | undefined): Uint8Array {
  if (encryption !== PIN_VARIANT) return key.decryptData(data);
  const byPinKey = {
    blockBytes: key.blockBytes,
    encryptBlock: (block: Uint8Array) => key.encryptPinBlock(block),
    decryptBlock: (block: Uint8Array) => key.decryptPinBlock(block),
  };
  return decryptCbc(byPinKey, data);
}

const valueOf = (nodes: readonly TlvNode[], tag: string): Uint8Array | undefined => searchNode(nodes, tag)?.value;

/** Objects that hold the card number: of a chip 5A and 57, of a stripe tracks 1 and 2 [DM p26]. */
const numbers = ['5A', '57', 'DFDF37', 'DFDF39'];

function read(clear: Uint8Array): DecryptedCard {
  let nodes: readonly TlvNode[];
  try {
    nodes = decodeTlv(clear);
  } catch {
    throw new Error('The ARQC was encrypted under another key.');
  }
  const pan = numbers.map((tag) => panOf(valueOf(nodes, tag))).find((found) => found !== undefined);
  if (pan === undefined || !passesLuhn(pan)) throw new Error('The ARQC was encrypted under another key.');
  const amount = amountOf(valueOf(nodes, '9F02'), valueOf(nodes, '5F2A'));
  return { pan, ...(amount === undefined ? {} : { amount }) };
}

/** Packed digits up to a letter, or a track as text. */
function panOf(value: Uint8Array | undefined): string | undefined {
  if (!value) return undefined;
  const track = /^(?:;|%?B)(\d{12,19})[=^]/.exec(String.fromCharCode(...value))?.[1];
  return track ?? /^(\d{12,19})(?:[DF]|$)/.exec(toHex(value))?.[1];
}

function amountOf(amount: Uint8Array | undefined, code: Uint8Array | undefined): string | undefined {
  const currency = code && currencyByNumeric(toHex(code).slice(-3));
  return amount && currency ? decodeAmount(amount, currency) : undefined;
}
