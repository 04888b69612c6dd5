/**
 * Cardholder verification methods: what was done and how it ended (EMV 4.4 Book 3, annex C3; Book 4, annex A4).
 * It does not know messages.
 */
import { toHex } from '../hex.js';

const methods: Readonly<Record<number, string>> = {
  0x00: 'fail verification',
  0x01: 'plaintext PIN checked by the card',
  0x02: 'enciphered PIN checked online',
  0x03: 'plaintext PIN checked by the card, and signature',
  0x04: 'enciphered PIN checked by the card',
  0x05: 'enciphered PIN checked by the card, and signature',
  0x06: 'face checked by the card',
  0x07: 'face checked online',
  0x08: 'finger checked by the card',
  0x09: 'finger checked online',
  0x0a: 'palm checked by the card',
  0x0b: 'palm checked online',
  0x0c: 'iris checked by the card',
  0x0d: 'iris checked online',
  0x0e: 'voice checked by the card',
  0x0f: 'voice checked online',
  0x1e: 'signature',
  0x1f: 'no verification required',
  0x3f: 'no verification performed',
};

const conditions: Readonly<Record<number, string>> = {
  0x00: 'always',
  0x01: 'if unattended cash',
  0x02: 'if neither cash nor purchase with cashback',
  0x03: 'if the terminal supports it',
  0x04: 'if manual cash',
  0x05: 'if purchase with cashback',
  0x06: 'if in the application currency and under amount X',
  0x07: 'if in the application currency and over amount X',
  0x08: 'if in the application currency and under amount Y',
  0x09: 'if in the application currency and over amount Y',
};

const results: Readonly<Record<number, string>> = { 0x00: 'result unknown', 0x01: 'failed', 0x02: 'successful' };

/** Bits of the first byte that name the method; bit 7 says whether the next one applies when this one fails. */
export const METHOD = 0x3f;
export const APPLY_NEXT = 0x40;

const unknown = (byte: number): string => `unknown ${toHex(Uint8Array.of(byte))}`;

const methodText = (byte: number): string => {
  const next = (byte & APPLY_NEXT) === 0 ? '' : ', else the next method';
  return (methods[byte & METHOD] ?? unknown(byte)) + next;
};

const conditionText = (byte: number): string => conditions[byte] ?? unknown(byte);

/** The three bytes of tag 9F34 as words: method, condition and result; undefined for other lengths. */
export function readCvmResults(value: Uint8Array): readonly [string, string, string] | undefined {
  if (value.length !== 3) return undefined;
  const [method, condition, result] = value as unknown as readonly [number, number, number];
  return [methodText(method), conditionText(condition), results[result] ?? unknown(result)];
}

/** Bytes of the amounts X and Y before the rules of a list. */
export const AMOUNT_BYTES = 4;

export interface CvmList {
  /** Amounts that conditions compare with, in minor units of the application's currency (9F42). */
  readonly x: number;
  readonly y: number;
  /** What the card asks for and when, in the order in which it is tried. */
  readonly rules: readonly { readonly method: string; readonly condition: string }[];
}

/** The CVM list of tag 8E (Book 3, 10.5); undefined where the value is none. */
export function readCvmList(value: Uint8Array): CvmList | undefined {
  if (value.length < 2 * AMOUNT_BYTES || value.length % 2 !== 0) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const rules = Array.from({ length: (value.length - 2 * AMOUNT_BYTES) / 2 }, (_, rule) => {
    const at = 2 * (AMOUNT_BYTES + rule);
    return { method: methodText(view.getUint8(at)), condition: conditionText(view.getUint8(at + 1)) };
  });
  return { x: view.getUint32(0), y: view.getUint32(AMOUNT_BYTES), rules };
}
