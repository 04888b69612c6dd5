/**
 * Files of a reader: which one is ready, and what the answer to a request for it says of it [PJ, MG p134, p136].
 * It does not know what is in files.
 */
import { toHex } from '../hex.js';
import type { MmsMessage } from '../message.js';
import { findNode } from '../tlv.js';
import { GET_FILE, GET_FILE_INFO } from '../tables/numbers.js';

export interface FileProperties {
  /** Type, version, subtype and instance as eight upper-case hexadecimal digits; empty where the answer does not repeat it. */
  readonly fileId: string;
  /** A2/81: bytes of the contents; absent where the reader does not say. */
  readonly length?: number;
  /** A2/83 where A2/82 says that it is a SHA-256, which is the only type that a source lists. */
  readonly sha256?: Uint8Array;
  /** A3/81. */
  readonly name?: string;
}

export const SHA_256 = 4;
export const FILE_ID_BYTES = 4;

/** What a reader says of a file when it is asked for it; undefined for other messages and for refusals. */
export function readFileProperties(message: MmsMessage): FileProperties | undefined {
  const isAnswer = message.kind === 'response' && (message.id === GET_FILE || message.id === GET_FILE_INFO);
  if (!isAnswer || !message.status.ok) return undefined;
  const valueOf = (path: string): Uint8Array | undefined => findNode(message.payload, path)?.value;
  const length = valueOf('A2/81');
  const sha256 = valueOf('A2/82')?.[0] === SHA_256 ? valueOf('A2/83') : undefined;
  const name = valueOf('A3/81');
  return {
    fileId: toHex(valueOf('81') ?? new Uint8Array(0)),
    ...(length && length.length > 0 && length.length <= FILE_ID_BYTES
      ? { length: length.reduce((sum, byte) => sum * 256 + byte, 0) }
      : {}),
    ...(sha256 ? { sha256 } : {}),
    ...(name ? { name: new TextDecoder().decode(name).replace(/\0+$/, '') } : {}),
  };
}

/**
 * The id of the file that a notification offers, a captured signature for example; undefined where it offers none.
 * Tag 83 holds it [PJ].
 */
export function readOfferedFile(message: MmsMessage): string | undefined {
  const { additional } = message;
  return message.kind === 'notification' && additional?.length === FILE_ID_BYTES ? toHex(additional) : undefined;
}
