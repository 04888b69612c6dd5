/**
 * `magtek-elements decode`: messages, packets, objects and ids as trees with names, redacted.
 * Nothing that it prints comes from what was given before redaction, and no line that is not understood is repeated.
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { redactText } from '../mms/redact.js';
import { findingText } from '../toolbox/finding-text.js';
import { isFault, type PasteFault } from '../toolbox/paste-fault.js';
import { isBinary, LineRecogniser, recognise } from '../toolbox/recognise.js';
import { readArguments, UsageError } from './arguments.js';
import { exitCodes, type Command, type CommandIo } from './command.js';
import { readLines } from './lines.js';
import { Progress } from './progress.js';

const HELP = `Usage: magtek-elements decode <text | file | ->

Prints each message with its objects by name. Card data, PINs and passwords are masked.

  <text>  one message: hexadecimal digits, with or without spaces, colons or 0x; or base64
  <file>  a text file with one message a line, or the bytes of a file; put ./ before a name that is hexadecimal itself
  -       lines, from standard input

Instead of a message there may be a list of TLV objects, USB packets (those of one message in lines of their own), a hardware id
(USB\\VID_0801&PID_2020) or a firmware id. A line may begin with SENDCOMMAND or SENDBASE64COMMAND, as in scripts. Empty lines and
lines that begin with # are skipped. Lines that are not understood are named on standard error, and make the exit code 1.
`;

/** A text that can only be meant as a message: digits, perhaps with the verb of scripts. */
const HEX_ARGUMENT = /^\s*(?:SENDCOMMAND\s*,)?[0-9a-f\s]+$/i;

/** Digits with what people put between them: several arguments may be one text. */
const DECORATED_HEX = /^\s*(?:SENDCOMMAND\s*,)?[0-9a-fx\s:,;-]+$/i;

export const decode: Command = async (args, io) => {
  let positionals: ReturnType<typeof readPositionals>;
  try {
    positionals = readPositionals(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`magtek-elements decode: ${error.message}\n\n${HELP}`);
    return exitCodes.usage;
  }
  if (positionals === 'help') {
    io.stdout.write(HELP);
    return exitCodes.ok;
  }
  const [first, ...others] = positionals;
  const argument = positionals.join(' ');
  if (others.length > 0 || HEX_ARGUMENT.test(argument)) return decodeWhole(argument, io);
  try {
    if (first === '-') return await decodeLines(addAbortSignal(io.signal, io.stdin), io);
    const bytes = await bytesOfBinary(first);
    return bytes ? decodeWhole(bytes, io) : await decodeLines(addAbortSignal(io.signal, createReadStream(first)), io);
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (NO_FILE.has(code) && recognise(argument).findings.length > 0) return decodeWhole(argument, io);
    // It may be what should be decoded, with a slip in it: that is not repeated.
    const name = FILE_NAME.test(first) && redactText(first) === first ? first : 'the argument is not understood, and';
    io.stderr.write(`magtek-elements decode: ${name} cannot be read (${code})\n`);
    return exitCodes.failed;
  }
};

/** Errors of names that no file has; texts in base64 are too long for names, and have slashes. */
const NO_FILE: ReadonlySet<string> = new Set(['ENOENT', 'ENAMETOOLONG', 'ENOTDIR']);

/** What names of files look like, and tracks of cards do not. */
const FILE_NAME = /^[^%;=^?*<>|"]{1,1024}$/;

/** Most bytes of a file that is no text: larger ones are no message, nor a file for a reader. */
const LARGEST_BINARY = 67_108_864;

/** The bytes of a file that is not text; undefined for text. */
async function bytesOfBinary(name: string): Promise<Uint8Array | undefined> {
  const file = await open(name);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const { size } = await file.stat();
    if (size > LARGEST_BINARY || !isBinary(buffer.subarray(0, bytesRead))) return undefined;
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

/** The arguments that are not options. @throws {UsageError} where they are not one thing to decode. */
function readPositionals(args: readonly string[]): readonly [string, ...string[]] | 'help' {
  const { values, positionals } = readArguments({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help === true) return 'help';
  const [first, ...others] = positionals;
  if (first === undefined) throw new UsageError('Name what to decode: a text, a file, or - for standard input.');
  // Not repeated: it may be card data.
  if (others.length > 0 && !DECORATED_HEX.test(positionals.join(' ')))
    throw new UsageError('Several arguments must be hexadecimal digits of one message: name one text or file.');
  return [first, ...others];
}

function decodeWhole(input: string | Uint8Array, { stdout, stderr }: CommandIo): number {
  const { findings, problems } = recognise(input);
  for (const [index, finding] of findings.entries()) {
    stdout.write(`${index === 0 ? '' : '\n'}${findingText(finding)}`);
  }
  for (const { fault } of problems) stderr.write(`magtek-elements decode: ${problemText(fault)}\n`);
  return problems.length === 0 ? exitCodes.ok : exitCodes.failed;
}

async function decodeLines(source: Readable, { stdout, stderr }: CommandIo): Promise<number> {
  const progress = new Progress(stderr, { silent: stdout.isTTY === true });
  const recogniser = new LineRecogniser();
  const counts = { message: 0, other: 0, malformed: 0 };
  const malformed = (number: number, what: string): void => {
    counts.malformed++;
    progress.clear();
    stderr.write(`line ${String(number)}: ${what}\n`);
  };
  let last = 0;
  for await (const { number, text, tooLong } of readLines(source)) {
    progress.at(number);
    last = number;
    const own = text.trim();
    if (own === '' || own.startsWith('#')) continue;
    if (tooLong) {
      malformed(number, 'the line is too long');
      continue;
    }
    const result = recogniser.add(text);
    if (isFault(result)) malformed(number, problemText(result));
    if (!result || isFault(result)) continue;
    const between = counts.message + counts.other === 0 ? '' : '\n';
    counts[result.kind === 'message' ? 'message' : 'other']++;
    const output = `${between}line ${String(number)}: ${findingText(result)}`;
    if (!stdout.write(output)) await once(stdout, 'drain');
  }
  if (recogniser.isOpen) malformed(last, texts['unfinished-packets']);
  progress.clear();
  const others = counts.other === 0 ? '' : `${String(counts.other)} other, `;
  stderr.write(`${count(counts.message, 'message')}, ${others}${count(counts.malformed, 'malformed line')}\n`);
  return counts.malformed === 0 ? exitCodes.ok : exitCodes.failed;
}

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

/** What is said of reasons that say it all, or have more said of them. */
const texts: Readonly<Record<'card-number' | 'bad-packets' | 'unfinished-packets' | 'nothing', string>> = {
  'card-number': 'the digits of a card number, which are not decoded',
  'bad-packets': 'USB packets that do not make a message',
  'unfinished-packets': 'USB packets whose message is not whole: the last ones are missing',
  nothing: 'there is nothing to decode',
};

const textOf = ({ code, message }: PasteFault): string => {
  if (!(code in texts)) return message;
  const text = texts[code as keyof typeof texts];
  return code === 'bad-packets' ? `${text}: ${message}` : text;
};

const problemText = (fault: PasteFault): string => {
  const { code, offset, byte } = fault;
  return `${textOf(fault)} (${code}, at ${byte === undefined ? `character ${String(offset)}` : `byte ${String(byte)}`})`;
};
