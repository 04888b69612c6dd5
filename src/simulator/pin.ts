/**
 * PIN blocks (ISO 9564-1: format 0 with triple DES, format 4 with AES) and the message that carries them.
 * It does not know sessions.
 */
import { xor } from '../mms/dukpt/block-cipher.js';
import { parseHex, toHex } from '../mms/hex.js';
import type { TlvInput } from '../mms/tlv.js';
import type { TransactionKey } from './encryption.js';
import type { SeededRandom } from './random.js';
import { PIN_ENCRYPTION_TYPE, PIN_FORMAT_4 } from './unconfirmed.js';

/** What kind of PIN the host asks for. */
export interface PinTerms {
  readonly longest: number;
  readonly shortest: number;
  /** Digits of the account that the host gave; empty where the card has it. */
  readonly account: string;
  /** A card is presented with it (command 2002). */
  readonly isOfCard: boolean;
}

/** Byte of the format of a block [PJ]. */
const PIN_FORMAT_0 = 0x00;

/** Format 0 in clear: length and digits, filled up with F, mixed with the account's last twelve digits before the check digit. */
export function pinBlock(pin: string, account: string): Uint8Array {
  const digits = `0${pin.length.toString(16)}${pin}`.padEnd(16, 'F');
  return xor(parseHex(digits), parseHex(`0000${account.slice(0, -1).slice(-12).padStart(12, '0')}`));
}

/** Format 4, encrypted: the digits and eight bytes of chance, encrypted, mixed with the account, and encrypted again. */
function pinBlock4(pin: string, account: string, chance: Uint8Array, key: TransactionKey): Uint8Array {
  const digits = parseHex(`4${pin.length.toString(16)}${pin}`.padEnd(16, 'A') + toHex(chance));
  const number = account.padStart(12, '0');
  const part = parseHex(`${String(number.length - 12)}${number}`.padEnd(32, '0'));
  return key.encryptPinBlock(xor(key.encryptPinBlock(digits), part));
}

/** The object of an entered PIN: format, block, key serial number and encryption type [PJ]. */
export function pinObject(pin: string, account: string, key: TransactionKey, random: SeededRandom): TlvInput {
  const isFormat0 = key.blockBytes === 8;
  return {
    tag: 'F5',
    children: [
      { tag: 'DF71', value: Uint8Array.of(isFormat0 ? PIN_FORMAT_0 : PIN_FORMAT_4) },
      {
        tag: '99',
        value: isFormat0 ? key.encryptPinBlock(pinBlock(pin, account)) : pinBlock4(pin, account, random.bytes(8), key),
      },
      { tag: 'DFDF41', value: key.ksn },
      { tag: 'DFDF42', value: Uint8Array.of(PIN_ENCRYPTION_TYPE) },
    ],
  };
}
