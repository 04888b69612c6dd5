/**
 * Commands that concern keys, certificates and the lock of a reader, as far as their parameters are published.
 */
import type { MmsRequest } from '../message.js';
import {
  badValue,
  bytesField,
  choice,
  flagObject,
  object,
  request,
  type BytesField,
  type RequestFields,
} from './fields.js';

/** Command EF02: makes the key that a certificate request is made for [PJ]. */
export const generateKey = (options: RequestFields = {}): MmsRequest => request(0xef02, [], options);

/** Command EF03: makes a certificate request, which {@link getFile} reads as file 04000000 [PJ]. */
export const requestCertificate = (options: RequestFields = {}): MmsRequest =>
  request(0xef03, [object('81', 0)], options);

/** What {@link keyInformation} asks for: the only number that is published [PJ]. */
const WHICH_KEYS = [0x10, 0x01] as const;

/** Command EF11: asks which keys the reader holds; the value of A2/82 in the answer begins with P for production, T for test [PJ]. */
export const keyInformation = (options: RequestFields = {}): MmsRequest =>
  request(0xef11, [object('81', ...WHICH_KEYS)], options);

export interface SetDeviceLockOptions extends RequestFields {
  /** Whether the reader is to be locked: locked, it refuses nearly every command. */
  readonly locked: boolean;
  /** 4 to 63 bytes. */
  readonly passcode: Uint8Array;
  /** Whether the passcode is given as it is, or as its SHA-256 of fixed or variable form. Default `clear`. */
  readonly form?: 'clear' | 'fixed-sha-256' | 'variable-sha-256';
}

const FORMS = { clear: 0, 'fixed-sha-256': 1, 'variable-sha-256': 2 } as const;
export const SHORTEST_PASSCODE = 4;
export const LONGEST_PASSCODE = 63;

/**
 * Command EF06: locks the reader or opens it again; property 1.2.5.2.1.1 tells the state [DP device-lock].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent. It does not repeat the passcode.
 */
export function setDeviceLock(options: SetDeviceLockOptions): MmsRequest {
  const { locked, passcode, form = 'clear' } = options;
  if (passcode.length < SHORTEST_PASSCODE || passcode.length > LONGEST_PASSCODE) {
    throw badValue('passcode', `must be ${String(SHORTEST_PASSCODE)} to ${String(LONGEST_PASSCODE)} bytes`);
  }
  return request(
    0xef06,
    [flagObject('81', locked), object('82', choice(FORMS, form, 'form')), { tag: '83', value: passcode }],
    options,
  );
}

export interface EchoOptions extends RequestFields {
  /** What the reader is to send back. */
  readonly data: BytesField;
}

/**
 * Command DF01: sends bytes back, as it seems by its public use [D].
 * @throws {MmsError} `bad-value` where `data` are empty or no hexadecimal text.
 */
export const echo = (options: EchoOptions): MmsRequest =>
  request(0xdf01, [{ tag: '81', value: bytesField(options.data, 'data') }], options);
