/**
 * Commands that replace the firmware. A wrong image can leave a reader unusable.
 * It does not know images.
 */
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';
import { bytesField, numberBytes, object, request, type BytesField, type RequestFields } from './fields.js';

export interface FirmwareOptions extends RequestFields {
  /** Number of the kind of image, two bytes; the maker of the image knows it. */
  readonly imageType: number;
  /** SHA-256 of the image, 32 bytes. */
  readonly sha256: BytesField;
}

export interface LoadFirmwareOptions extends FirmwareOptions {
  readonly image: Uint8Array;
}

/** Value of tag 81, as the vendor's own code sends it [PJ]. */
export const SHOW_PROGRESS = 3;

const imageObjects = ({ imageType, sha256 }: FirmwareOptions): TlvInput[] => [
  object('85', ...numberBytes(imageType, 'imageType', 0, 0xffff, 2)),
  { tag: '86', value: bytesField(sha256, 'sha256', 32) },
];

/**
 * Command D801: sends an image. Notification 0905, 0906 or 0907 tells the end [PJ].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const loadFirmware = (options: LoadFirmwareOptions): MmsRequest =>
  request(
    0xd801,
    [object('81', SHOW_PROGRESS), ...imageObjects(options), { tag: '87', value: bytesField(options.image, 'image') }],
    options,
  );

/**
 * Command D901: makes the reader use an image that was loaded. Notification 0905 or 0906 tells the end [PJ].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const commitFirmware = (options: FirmwareOptions): MmsRequest =>
  request(0xd901, [object('81', SHOW_PROGRESS), object('82', 0), ...imageObjects(options)], options);
