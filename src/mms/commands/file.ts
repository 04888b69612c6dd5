/**
 * Commands that move files. The files themselves travel in messages of their own.
 */
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';
import {
  bytesField,
  flagObject,
  numberBytes,
  object,
  request,
  textField,
  type BytesField,
  type RequestFields,
} from './fields.js';

export interface FileOptions extends RequestFields {
  /** Type, version, subtype and instance: eight hexadecimal digits, such as `01000000` for a signature. */
  readonly fileId: string;
}

export interface GetFileOptions extends FileOptions {
  /** The reserved progress indicator (tag 87); not sent where absent. */
  readonly progress?: boolean;
}

export interface StartSendFileOptions extends GetFileOptions {
  /** Bytes of the file. */
  readonly length: number;
  /** SHA-256 of the file, 32 bytes. */
  readonly sha256: BytesField;
  /** At most 32 ASCII characters. */
  readonly name: string;
}

/** Checksum type of SHA-256 [MG p134]. */
export const SHA_256 = 4;
export const LONGEST_NAME = 32;

const fileIdObject = ({ fileId }: FileOptions): TlvInput => ({ tag: '81', value: bytesField(fileId, 'fileId', 4) });

const progressObjects = ({ progress }: GetFileOptions): TlvInput[] =>
  progress === undefined ? [] : [flagObject('87', progress)];

/**
 * Command D812: announces a file; when the reader has agreed the host sends it [PJ, MG p134].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function startSendFile(options: StartSendFileOptions): MmsRequest {
  const { length, sha256, name } = options;
  const transfer = [
    object('81', ...numberBytes(length, 'length', 1, 0xffff_ffff, 4)),
    object('82', SHA_256),
    { tag: '83', value: bytesField(sha256, 'sha256', 32) },
  ];
  const description = [{ tag: '81', value: textField(name, 'name', LONGEST_NAME) }];
  return request(
    0xd812,
    [
      fileIdObject(options),
      { tag: 'A2', children: transfer },
      { tag: 'A3', children: description },
      ...progressObjects(options),
    ],
    options,
  );
}

/**
 * Command D821: asks for a file. The response tells its length and SHA-256; then it comes in a message of its own
 * [PJ, MG p134, p136].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export const getFile = (options: GetFileOptions): MmsRequest =>
  request(0xd821, [fileIdObject(options), ...progressObjects(options)], options);

/**
 * Command D825: asks about a file; fails where there is none [PJ, MG p136].
 * @throws {MmsError} `bad-value` where `fileId` is not eight hexadecimal digits.
 */
export const getFileInfo = (options: FileOptions): MmsRequest => request(0xd825, [fileIdObject(options)], options);
