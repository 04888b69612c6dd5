/**
 * The files that a reader holds, and the one that a host has announced and is about to send [MG p134, p136, PJ].
 * It does not know commands, clients or what is in a file.
 */
import { sha256 } from '@noble/hashes/sha2.js';

export interface StoredFile {
  readonly contents: Uint8Array;
  /** At most 32 characters; empty where nobody gave one. */
  readonly name: string;
}

/** What a host says of a file before it sends it. */
export interface Announcement {
  /** Eight hexadecimal digits. */
  readonly fileId: string;
  readonly length: number;
  /** SHA-256. */
  readonly checksum: Uint8Array;
  readonly name: string;
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Whether contents have this SHA-256. */
export const hasChecksum = (contents: Uint8Array, checksum: Uint8Array): boolean => isSame(sha256(contents), checksum);

export class FileStore {
  private readonly files = new Map<string, StoredFile>();
  /** By the client that announced it. */
  private readonly announced = new WeakMap<object, Announcement>();

  get(fileId: string): StoredFile | undefined {
    return this.files.get(fileId);
  }

  put(fileId: string, contents: Uint8Array, name = ''): void {
    this.files.set(fileId, { contents, name });
  }

  /** Expects one file of a client; one that it announced before is expected no more. */
  expect(client: object, announcement: Announcement): void {
    this.announced.set(client, announcement);
  }

  /** Takes a file that was announced and is what was announced; false for all others. Either way nothing is expected now. */
  receive(client: object, fileId: string, contents: Uint8Array): boolean {
    const announcement = this.announced.get(client);
    if (announcement?.fileId !== fileId) return false;
    this.announced.delete(client);
    if (contents.length !== announcement.length || !hasChecksum(contents, announcement.checksum)) return false;
    this.put(fileId, contents.slice(), announcement.name);
    return true;
  }
}
