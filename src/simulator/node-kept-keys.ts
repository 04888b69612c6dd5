/**
 * The key serial number of a simulated reader in a file, so that it goes on where it was after a restart and uses none twice.
 * For Node.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { aesDukptEncryption, dukptEncryption, TEST_AES_BDK, TEST_BDK } from './dukpt.js';
import type { CardEncryption } from './encryption.js';
import { loadedKsn } from './key-serial-number.js';
import { toHex } from '../mms/hex.js';

export interface KeptKeysOptions {
  /** Of the reader: a file that is not there yet begins with a key serial number made from it. Default `B571AF2`. */
  readonly serialNumber?: string;
  /** Called when a number could not be kept. Its key is not used: there are no more keys until it can be. */
  readonly onProblem?: (error: Error) => void;
}

/** What is in the file. */
interface Kept {
  readonly algorithm?: 'triple-des' | 'aes';
  readonly bdk?: string;
  readonly ksn: string;
}

/**
 * Keys whose counter is kept in a JSON file with `ksn`, the last number that was used, and where wished `bdk` and `algorithm`
 * (`triple-des` or `aes`). Each number is written before its key is used. A file that is not there is made.
 * @throws {Error} naming the file, where it cannot be read or written, or is not what it should be.
 */
export function keptKeys(path: string, { serialNumber = 'B571AF2', onProblem }: KeptKeysOptions = {}): CardEncryption {
  const kept = read(path) ?? { algorithm: 'triple-des', bdk: TEST_BDK, ksn: toHex(loadedKsn(serialNumber)) };
  const { algorithm = 'triple-des' } = kept;
  const { bdk = algorithm === 'aes' ? TEST_AES_BDK : TEST_BDK } = kept;
  const onUse = (ksn: string): void => write(path, { algorithm, bdk, ksn });
  try {
    const encryption = (algorithm === 'aes' ? aesDukptEncryption : dukptEncryption)({ bdk, ksn: kept.ksn, onUse });
    onUse(kept.ksn);
    return () => {
      try {
        return encryption();
      } catch (cause) {
        const { message } = cause as Error;
        onProblem?.(new Error(`A key serial number cannot be kept in ${path}: ${message}`, { cause }));
        return undefined;
      }
    };
  } catch (cause) {
    throw new Error(`The keys in ${path} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function read(path: string): Kept | undefined {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The keys in ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What is in the file is not repeated: it may be a key.
    throw new Error(`The keys in ${path} cannot be read: the file is not JSON.`);
  }
  if (isKept(value)) return value;
  throw new Error(`The keys in ${path} cannot be read: a text “ksn” is needed, “bdk” and “algorithm” are possible.`);
}

const isKept = (value: unknown): value is Kept => {
  const { algorithm, bdk, ksn } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return (
    typeof ksn === 'string' &&
    (bdk === undefined || typeof bdk === 'string') &&
    (algorithm === undefined || algorithm === 'triple-des' || algorithm === 'aes')
  );
};

/** A whole new file takes the place of the old one, so that there is never half a number. */
function write(path: string, kept: Kept): void {
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(next, path);
}
