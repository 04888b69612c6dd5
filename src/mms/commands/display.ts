/**
 * Commands for images on the screen, and for the buzzer.
 */
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';
import { badValue, bytesField, numberBytes, object, request, secondsObject, type RequestFields } from './fields.js';

export interface ShowImageOptions extends RequestFields {
  /** Slot that the image was loaded into, 1 to 4. */
  readonly slot: number;
}

/**
 * Command 1821: shows an image that was loaded before [PJ].
 * @throws {MmsError} `bad-value` for other slots.
 */
export const showImage = (options: ShowImageOptions): MmsRequest =>
  request(0x1821, [object('81', ...numberBytes(options.slot, 'slot', 1, 4)), object('83', 0)], options);

export interface ShowBitmapOptions extends RequestFields {
  /** A BMP file. */
  readonly bitmap: Uint8Array;
  /** Seconds to show it, at most 255. Default 0. */
  readonly timeout?: number;
  /** Colour around it, six hexadecimal digits RRGGBB. */
  readonly background?: string;
  /** First and second value of its position, 0 to 255 each. */
  readonly position?: readonly [number, number];
}

/**
 * Command 1823: shows a bitmap that is sent along [PJ].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function showBitmap(options: ShowBitmapOptions): MmsRequest {
  const { bitmap, timeout = 0, background, position } = options;
  const payload: TlvInput[] = [secondsObject('81', timeout, 'timeout', 0)];
  if (background !== undefined) payload.push({ tag: '82', value: bytesField(background, 'background', 3) });
  if (position !== undefined) {
    payload.push(
      object('83', ...numberBytes(position[0], 'position', 0, 255)),
      object('84', ...numberBytes(position[1], 'position', 0, 255)),
    );
  }
  payload.push({ tag: '85', value: bytesField(bitmap, 'bitmap') });
  return request(0x1823, payload, options);
}

/** One tone of the buzzer. */
export interface Tone {
  /** Hertz, 50 to 4000; below 50 it is silent. */
  readonly frequency: number;
  /** Milliseconds, 1 to 65535. */
  readonly duration: number;
}

export interface BuzzerOptions extends RequestFields {
  /** One to ten tones, played in order. */
  readonly tones: readonly Tone[];
}

export const MOST_TONES = 10;

/**
 * Command 1805: plays tones. Notification 1805 with detail 05040100 tells the end [MG p113, PJ].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function buzzer(options: BuzzerOptions): MmsRequest {
  const { tones } = options;
  if (tones.length < 1 || tones.length > MOST_TONES) throw badValue('tones', `must be 1 to ${String(MOST_TONES)}`);
  const value = tones.flatMap(({ frequency, duration }) => [
    ...numberBytes(frequency, 'frequency', 0, 4000, 2),
    ...numberBytes(duration, 'duration', 1, 0xffff, 2),
  ]);
  return request(0x1805, [object('81', ...value)], options);
}
