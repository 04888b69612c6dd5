/**
 * Commands for NFC: talking to a tag, and being one.
 */
import type { MmsRequest } from '../message.js';
import {
  bytesField,
  flagObject,
  object,
  request,
  secondsObject,
  textField,
  type BytesField,
  type RequestFields,
} from './fields.js';

export interface PassThroughOptions extends RequestFields {
  /** What is sent to the tag, such as `3000`: READ from page 0. */
  readonly command: BytesField;
  /** Whether the reader encrypts the tag's answer. Default false. */
  readonly encrypt?: boolean;
  /** Whether this is the last command: the reader beeps and lets the tag go. Default false. */
  readonly last?: boolean;
}

/**
 * Command 1100: sends a command to the NTAG or MIFARE Ultralight tag that a transaction with NFC has found; the response
 * carries the tag's answer [S, PJ, DP 1100].
 * @throws {MmsError} `bad-value` for an empty command or one that is not hexadecimal text.
 */
export const passThrough = (options: PassThroughOptions): MmsRequest => tagCommand(0x1100, options);

function tagCommand(id: number, options: PassThroughOptions): MmsRequest {
  const { command, encrypt = false, last = false } = options;
  return request(
    id,
    [{ tag: '81', value: bytesField(command, 'command') }, flagObject('82', encrypt), object('83', last ? 0xff : 0)],
    options,
  );
}

/**
 * Command 1101: sends a command to a MIFARE Classic, or to a MIFARE Plus at security level 1; the parameters are those of 1100
 * [DP 1101, SAMPLE].
 * @throws {MmsError} `bad-value` for an empty command or one that is not hexadecimal text.
 */
export const passThroughClassic = (options: PassThroughOptions): MmsRequest => tagCommand(0x1101, options);

/**
 * Command 1102: sends a command (APDU) to a MIFARE DESFire. At most 30 seconds may lie between two commands. The response carries
 * status words in 81, 6400 where the card cannot answer, and data in 82 [DP 1102].
 * @throws {MmsError} `bad-value` for an empty command or one that is not hexadecimal text.
 */
export const passThroughDesfire = (options: PassThroughOptions): MmsRequest =>
  request(
    0x1102,
    [
      { tag: '81', value: bytesField(options.command, 'command') },
      flagObject('82', options.encrypt ?? false),
      flagObject('83', options.last ?? false),
    ],
    options,
  );

export interface StartCardEmulationOptions extends RequestFields {
  /** What phones get that are held to the reader: at most 254 ASCII characters. */
  readonly url: string;
  /** Seconds, at most 255; 0 for no limit. Default 0. */
  readonly timeout?: number;
  readonly stop?: false;
}

export interface StopCardEmulationOptions extends RequestFields {
  readonly stop: true;
}

/** @see {@link cardEmulation} */
export type CardEmulationOptions = StartCardEmulationOptions | StopCardEmulationOptions;

export const LONGEST_URL = 254;

/**
 * Command 1840: lets the reader act as a tag with a URL, or stops that. Notification 1805 with detail 06050100 tells the end
 * [PJ, DP 1840].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function cardEmulation(options: CardEmulationOptions): MmsRequest {
  if (options.stop === true) return request(0x1840, [object('81', 0)], options);
  const { url, timeout = 0 } = options;
  return request(
    0x1840,
    [
      object('81', 1),
      secondsObject('82', timeout, 'timeout', 0),
      { tag: '83', value: textField(url, 'url', LONGEST_URL) },
    ],
    options,
  );
}
