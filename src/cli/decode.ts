/**
 * `magtek-elements decode`: messages in hexadecimal as trees with names, redacted.
 * Nothing that it prints comes from a message before redaction, and no line that is not a message is repeated.
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { parseArgs } from 'node:util';
import { parseCommandLine } from '../mms/command-line.js';
import { decodeMessage } from '../mms/decode.js';
import { MmsError } from '../mms/error.js';
import type { MmsMessage } from '../mms/message.js';
import { redact } from '../mms/redact.js';
import { exitCodes, type Command, type CommandIo } from './command.js';
import { readLines, type Line } from './lines.js';
import { messageText } from './message-text.js';
import { Progress } from './progress.js';

const HELP = `Usage: magtek-elements decode <hex | file | ->

Prints each message with its objects by name. Card data, PINs and passwords are masked.

  <hex>   one message: hexadecimal digits, with or without spaces between them
  <file>  a text file with one message a line; put ./ before a name that is hexadecimal itself
  -       the same, from standard input

A line may begin with SENDCOMMAND, as in scripts. Empty lines and lines that begin with # are skipped.
Lines that are not messages are named on standard error, and make the exit code 1.
`;

/** A text that can only be meant as a message: digits, perhaps with the verb of scripts. */
const HEX_ARGUMENT = /^\s*(?:SENDCOMMAND\s*,)?[0-9a-f\s]+$/i;

export const decode: Command = async (args, io) => {
  const positionals = positionalsOf(args);
  if (positionals === 'help') {
    io.stdout.write(HELP);
    return exitCodes.ok;
  }
  const [first, ...others] = positionals ?? [];
  if (first === undefined || (others.length > 0 && !HEX_ARGUMENT.test(positionals?.join(' ') ?? ''))) {
    io.stderr.write(HELP);
    return exitCodes.usage;
  }
  const argument = [first, ...others].join(' ');
  if (HEX_ARGUMENT.test(argument)) return decodeArgument(argument, io);
  const source = first === '-' ? io.stdin : createReadStream(first);
  try {
    return await decodeLines(addAbortSignal(io.signal, source), io);
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    io.stderr.write(`magtek-elements decode: ${first} cannot be read (${code})\n`);
    return exitCodes.failed;
  }
};

/** The arguments that are no options; undefined where there is an option that does not exist. */
function positionalsOf(args: readonly string[]): readonly string[] | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    return values.help === true ? 'help' : positionals;
  } catch {
    return undefined;
  }
}

function decodeArgument(text: string, io: CommandIo): number {
  const result = read(text);
  if (typeof result === 'string') {
    io.stderr.write(`magtek-elements decode: ${result}\n`);
    return exitCodes.failed;
  }
  io.stdout.write(messageText(redact(result)));
  return exitCodes.ok;
}

async function decodeLines(source: Readable, { stdout, stderr }: CommandIo): Promise<number> {
  const progress = new Progress(stderr, { silent: stdout.isTTY === true });
  let messages = 0;
  let malformed = 0;
  for await (const line of readLines(source)) {
    progress.at(line.number);
    const text = line.text.trim();
    if (text === '' || text.startsWith('#')) continue;
    const result = readLine(line);
    if (typeof result === 'string') {
      malformed++;
      progress.clear();
      stderr.write(`line ${String(line.number)}: ${result}\n`);
      continue;
    }
    const between = messages++ === 0 ? '' : '\n';
    const output = `${between}line ${String(line.number)}: ${messageText(redact(result))}`;
    if (!stdout.write(output)) await once(stdout, 'drain');
  }
  progress.clear();
  stderr.write(`${count(messages, 'message')}, ${count(malformed, 'malformed line')}\n`);
  return malformed === 0 ? exitCodes.ok : exitCodes.failed;
}

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

const readLine = ({ text, tooLong }: Line): MmsMessage | string => (tooLong ? 'the line is too long' : read(text));

/** The message in a text, or what is wrong with it and where. */
function read(text: string): MmsMessage | string {
  let unit = 'character';
  try {
    const bytes = parseCommandLine(text);
    unit = 'byte';
    return decodeMessage(bytes);
  } catch (error) {
    if (!(error instanceof MmsError)) throw error;
    return `${error.message} (${error.code}, at ${unit} ${String(error.offset)})`;
  }
}
