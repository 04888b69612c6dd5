/**
 * The command that shows a text of the reader. Apart from those that few pages use, because a sale shows its outcome with it.
 */
import type { MmsRequest } from '../message.js';
import { numberBytes, object, request, secondsObject, type RequestFields } from './fields.js';

export interface DisplayMessageOptions extends RequestFields {
  /** Number of the text in the reader, such as 0x03 for “APPROVED”. */
  readonly message: number;
  /** Seconds to show it, at most 255; 0 until something else is shown. Default 0. */
  readonly timeout?: number;
}

/**
 * Command 1803: shows one of the reader's texts. With a time limit notification 1805 tells the end [S, DP 1803].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const displayMessage = (options: DisplayMessageOptions): MmsRequest =>
  request(
    0x1803,
    [
      secondsObject('81', options.timeout ?? 0, 'timeout', 0),
      object('82', ...numberBytes(options.message, 'message', 0, 255)),
    ],
    options,
  );
