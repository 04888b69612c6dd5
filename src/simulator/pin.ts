/**
 * PIN blocks (ISO 9564-1, format 0) and the message that carries them.
 * It does not know keys or sessions.
 */
import { parseHex } from '../mms/hex.js';
import type { TlvInput } from '../mms/tlv.js';
import type { KeyOfTheMoment } from './encryption.js';
import { PIN_ENCRYPTION_TYPE } from './made-up.js';

/** What kind of PIN the host asks for. */
export interface PinTerms {
  readonly longest: number;
  readonly shortest: number;
  /** Digits of the account that the host gave; empty where the card has it. */
  readonly account: string;
  /** A card is presented with it (command 2002). */
  readonly isOfCard: boolean;
}

/** The clear block: length and digits, filled up with F, mixed with the account's last twelve digits before the check digit. */
export function pinBlock(pin: string, account: string): Uint8Array {
  const digits = `0${pin.length.toString(16)}${pin}`.padEnd(16, 'F');
  const part = parseHex(`0000${account.slice(0, -1).slice(-12).padStart(12, '0')}`);
  return parseHex(digits).map((byte, at) => byte ^ (part[at] ?? 0));
}

/** The object of an entered PIN: format, block, key serial number and encryption type [PJ]. */
export function pinObject(pin: string, account: string, key: KeyOfTheMoment): TlvInput {
  return {
    tag: 'F5',
    children: [
      { tag: 'DF71', value: Uint8Array.of(0x00) },
      { tag: '99', value: key.encryptPinBlock(pinBlock(pin, account)) },
      { tag: 'DFDF41', value: key.ksn },
      { tag: 'DFDF42', value: Uint8Array.of(PIN_ENCRYPTION_TYPE) },
    ],
  };
}
