/** Files that are fetched from the reader, and announced to it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../mms/hex.js';
import { findNode, type TlvInput } from '../../mms/tlv.js';
import type { StoredFile } from '../file-store.js';
import { fileMessage, SUCCESS } from '../outgoing.js';
import { BAD_PARAMETER, DONE, REFUSED, type Handler } from './handler.js';

/** Checksum type of SHA-256, and its length; bytes of the longest name of a file [MG p134]. */
const SHA_256 = 0x04;
const CHECKSUM_LENGTH = 32;
const LONGEST_NAME = 32;

/** Length, checksum and name of a file, as its announcement and the answer to a request for it tell them [MG p134, p136]. */
const fileObjects = ({ contents, name }: StoredFile): TlvInput[] => {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, contents.length);
  return [
    {
      tag: 'A2',
      children: [
        { tag: '81', value: new Uint8Array(length.buffer) },
        { tag: '82', value: Uint8Array.of(SHA_256) },
        { tag: '83', value: sha256(contents) },
      ],
    },
    { tag: 'A3', children: [{ tag: '81', value: new TextEncoder().encode(name) }] },
  ];
};

export const getFile: Handler = (request, { fileOf, reply, sendFile }) => {
  const id = findNode(request.payload, '81')?.value ?? new Uint8Array(0);
  const fileId = toHex(id);
  const file = fileOf(fileId);
  if (!file) return reply(REFUSED, BAD_PARAMETER);
  reply(DONE, SUCCESS, [{ tag: '81', value: id }, ...fileObjects(file)]);
  if (request.id === 0xd821) sendFile(fileMessage(request, fileId, file.contents));
};

/** The file itself follows in a message of its own. */
export const startSendFile: Handler = ({ payload }, { expectFile, reply }) => {
  const id = findNode(payload, '81')?.value;
  const length = findNode(payload, 'A2/81')?.value;
  const checksum = findNode(payload, 'A2/83')?.value;
  const name = findNode(payload, 'A3/81')?.value ?? new Uint8Array(0);
  const isComplete = id?.length === 4 && length && length.length <= 4 && checksum?.length === CHECKSUM_LENGTH;
  if (!isComplete || findNode(payload, 'A2/82')?.value[0] !== SHA_256 || name.length > LONGEST_NAME) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  expectFile({
    fileId: toHex(id),
    length: length.reduce((sum, byte) => sum * 256 + byte, 0),
    checksum,
    name: new TextDecoder('latin1').decode(name),
  });
  reply(DONE, SUCCESS);
};
