/**
 * Arguments that several commands share: numbers, words, addresses, files, and mistakes that are explained. A mistake is found before
 * anything is connected, opened or written.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { TransportError } from '../transports/transport.js';

/** A mistake in what was asked for, with a message of one line for people. */
export class UsageError extends Error {}

/**
 * The arguments as Node's `parseArgs` reads them.
 * @throws {UsageError} for options that do not exist, have no value or an empty one: `--host "$HOST"` without that variable would serve
 * every computer.
 */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  let read: ReturnType<typeof parseArgs<Config>>;
  try {
    read = parseArgs(config);
  } catch (error) {
    throw new UsageError(mistakeIn(error as NodeJS.ErrnoException));
  }
  const empty = Object.entries(read.values).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new UsageError(`--${empty[0]} is empty.`);
  return read;
}

/** Node's words would repeat what may be a key or a card number: of what is wrong, only what looks like the name of an option is said. */
function mistakeIn({ code, message }: NodeJS.ErrnoException): string {
  const [, name] = /'(?:-\w, )?(--?[a-z]+(?:-[a-z]+)*)[ ']/.exec(message) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${name ?? 'of that name'}.`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return 'An argument belongs to no option: a value with spaces in it must be in quotation marks.';
  if (message.includes('not take an argument')) return `${name ?? 'An option'} takes no value.`;
  return `${name ?? 'An option'} has no value${message.includes('ambiguous') ? ': one that begins with - is written behind =' : ''}.`;
}

/** The word that an option has, of those that there are. @throws {UsageError} for another. */
export function oneOf<Word extends string>(name: string, value: string, words: readonly [...Word[], Word]): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const all = `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
  throw new UsageError(`--${name} must be ${all}, not “${value}”.`);
}

/** What an option leads to. @throws {UsageError} where a transport refuses it for good. */
export function usable<T>(name: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const remedy = error.code === 'insecure-address' ? ' Use an encrypted address, or --allow-insecure.' : '';
    throw new UsageError(`${name}: ${error.message}${remedy}`);
  }
}

/** The first of these options that is given. A flag that is not given is false. */
export const givenOf = <Name extends string>(
  values: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly Name[],
): Name | undefined => names.find((name) => values[name] !== undefined && values[name] !== false);

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
