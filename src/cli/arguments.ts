/** Arguments that several commands share: numbers, files, and mistakes that are explained. */
import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A mistake in what was asked for, with a message for people. */
export class UsageError extends Error {}

/** The arguments as Node's `parseArgs` reads them. @throws {UsageError} for options that do not exist. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws {UsageError} for anything but a whole number of that range. */
export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const read = /^\d+$/.test(value) ? Number(value) : NaN;
  if (read >= least && read <= most) return read;
  throw new UsageError(`--${name} must be a whole number from ${String(least)} to ${String(most)}, not “${value}”.`);
}

/** The text of a file; `kind` says what it is in the message of the error. */
export async function readText(kind: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`The ${kind} ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Certificates from a file. @throws {Error} where there are none in it: Node would trust nobody, and blame the other side. */
export async function readCertificates(path: string): Promise<string> {
  const text = await readText('certificate', path);
  // As OpenSSL writes them, in the older form too.
  if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text)) return text;
  throw new Error(`The certificate ${path} is not in PEM: no line in it is -----BEGIN CERTIFICATE-----`);
}
