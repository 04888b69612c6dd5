/**
 * Texts of codes: transaction types, kinds of card and terminal, entry modes, cryptograms, response codes.
 * It does not know messages.
 */
import { cryptogramTypeOf, type CryptogramType } from './cryptogram.js';

/** Codes of one byte, by tag. */
export const codes: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  // Transaction type (ISO 8583:1987)
  '9C': { 0x00: 'purchase', 0x01: 'cash', 0x09: 'purchase with cashback', 0x20: 'refund' },
  // Terminal type (Book 4, annex A1)
  '9F35': {
    0x11: 'of a bank, attended, online only',
    0x12: 'of a bank, attended, offline with online capability',
    0x13: 'of a bank, attended, offline only',
    0x14: 'of a bank, unattended, online only',
    0x15: 'of a bank, unattended, offline with online capability',
    0x16: 'of a bank, unattended, offline only',
    0x21: 'of a merchant, attended, online only',
    0x22: 'of a merchant, attended, offline with online capability',
    0x23: 'of a merchant, attended, offline only',
    0x24: 'of a merchant, unattended, online only',
    0x25: 'of a merchant, unattended, offline with online capability',
    0x26: 'of a merchant, unattended, offline only',
    0x34: 'of the cardholder, online only',
    0x35: 'of the cardholder, offline with online capability',
    0x36: 'of the cardholder, offline only',
  },
  // POS entry mode (the first two digits of ISO 8583:1987, data element 22, as the card schemes use them)
  '9F39': {
    0x00: 'unknown',
    0x01: 'entered by hand',
    0x02: 'stripe',
    0x03: 'barcode',
    0x05: 'contact chip',
    0x07: 'contactless chip',
    0x10: 'card on file',
    0x80: 'stripe because the chip failed',
    0x81: 'electronic commerce',
    0x90: 'stripe, whole track',
    0x91: 'contactless stripe',
    0x95: 'contact chip, card verification value may be unreliable',
  },
  // Status, card type and fallback of the reader [DP ARQC, MF, DM p72]
  DFDF1A: { 0x00: 'accept', 0x01: 'decline', 0x02: 'error' },
  DFDF52: {
    0x00: 'other',
    0x01: 'stripe, financial',
    0x02: 'stripe, AAMVA',
    0x03: 'entered by hand',
    0x04: 'unknown',
    0x05: 'contact chip',
    0x06: 'contactless EMV',
    0x07: 'stripe, financial, of a card with a chip',
    0x08: 'contactless stripe',
  },
  DFDF53: { 0x00: 'no fallback', 0x01: 'technical fallback', 0x81: 'fallback to the stripe' },
};

/** What each kind of cryptogram says. */
const cryptograms: Readonly<Record<CryptogramType, string>> = {
  AAC: 'declined',
  TC: 'approved offline',
  ARQC: 'the host is asked',
};

/** Reason or advice in the lower bits of 9F27, beside the kind. */
export const ADVICE = 0x08;
const reasons = ['', 'service not allowed', 'PIN try limit exceeded', 'issuer authentication failed'] as const;

/** Cryptogram information data, 9F27; undefined where there are none. */
export function readCryptogram([byte]: Uint8Array): string | undefined {
  if (byte === undefined) return undefined;
  const type = cryptogramTypeOf(byte);
  const reason = byte & 0x07;
  return [
    type === undefined ? 'reserved' : `${type}: ${cryptograms[type]}`,
    (byte & ADVICE) === 0 ? '' : 'advice required',
    reasons[reason] ?? `reason ${String(reason)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Authorization response codes that a terminal makes itself (Book 4, annex A6), and the most common ones of a host (ISO 8583). */
const responses: Readonly<Record<string, string>> = {
  '00': 'approved',
  '05': 'declined',
  Y1: 'offline approved',
  Y3: 'unable to go online, offline approved',
  Z1: 'offline declined',
  Z3: 'unable to go online, offline declined',
};

/** Authorization response code, 8A; undefined for others. */
export function readResponseCode(value: Uint8Array): string | undefined {
  const code = String.fromCharCode(...value);
  const words = responses[code];
  return words === undefined ? undefined : `“${code}” ${words}`;
}
