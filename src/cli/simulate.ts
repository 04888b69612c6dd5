/**
 * `magtek-elements simulate`: serves a simulated reader, or a recorded journal, over a WebSocket.
 * It knows no process: arguments, streams and the signal to stop are given.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { exportJournal, importJournal } from '../client/journal-file.js';
import { Journal } from '../client/journal.js';
import { decodeMessage } from '../mms/decode.js';
import type { Direction, MmsMessage } from '../mms/message.js';
import type { ReaderEnd } from '../simulator/links.js';
import { observedReader } from '../simulator/observed-reader.js';
import { dukptEncryption } from '../simulator/node-dukpt.js';
import { serveSimulatedReader } from '../simulator/node.js';
import { ReplayedReader, type ReplayedMessage } from '../simulator/replayed-reader.js';
import { parseScenario } from '../simulator/scenario/parse.js';
import { runScenario } from '../simulator/scenario/run.js';
import { SimulatedReader } from '../simulator/simulated-reader.js';
import { exitCodes, type Command, type CommandIo } from './command.js';
import { keyHelp, pressKey } from './simulate-keys.js';

const HELP = `Usage: magtek-elements simulate [options]

Serves a simulated reader over a WebSocket. No card is read and no money is moved.

  --port <number>      port to serve on; 0 for a free one (default 8080)
  --host <address>     address to serve on (default 127.0.0.1, which only this computer reaches)
  --tls                serve wss:// with a certificate made for the purpose
  --clients <1-4>      how many clients may connect (default 4)
  --seed <number>      the same seed gives the same card data (default 1)
  --scenario <file>    play a scenario file
  --record <file>      write what travels to a file of JSON lines, redacted
  --replay <file>      play such a file back instead of simulating a reader
  --help               print this`;

/** A mistake in what was asked for, with a message for people. */
class UsageError extends Error {}

/** Serves until it is stopped. */
export const simulate: Command = async (args, io) => {
  try {
    const options = readOptions(args);
    if (options.help) io.stdout.write(`${HELP}\n`);
    else await serve(options, io);
    return exitCodes.ok;
  } catch (error) {
    io.stderr.write(`magtek-elements simulate: ${(error as Error).message}\n`);
    if (!(error instanceof UsageError)) return exitCodes.failed;
    io.stderr.write(`\n${HELP}\n`);
    return exitCodes.usage;
  }
};

interface Options {
  readonly port: number;
  readonly host: string;
  readonly tls: boolean;
  readonly clients: number | undefined;
  readonly seed: number | undefined;
  readonly scenario: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly help: boolean;
}

function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const on = { type: 'boolean', default: false } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { ...text, default: '8080' },
        host: { ...text, default: '127.0.0.1' },
        tls: on,
        clients: text,
        seed: text,
        scenario: text,
        record: text,
        replay: text,
        help: { ...on, short: 'h' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (
    values.replay !== undefined &&
    (values.scenario ?? values.record ?? values.clients ?? values.seed) !== undefined
  ) {
    throw new UsageError('--replay plays a journal alone: without --scenario, --record, --clients and --seed.');
  }
  const { host, tls, help, scenario, record, replay } = values;
  return {
    ...{ host, tls, help, scenario, record, replay },
    port: number('port', values.port, 0, 65_535),
    clients: values.clients === undefined ? undefined : number('clients', values.clients, 1, 4),
    seed: values.seed === undefined ? undefined : number('seed', values.seed, 0, 0xffff_ffff),
  };
}

function number(name: string, value: string, least: number, most: number): number {
  const read = /^\d+$/.test(value) ? Number(value) : NaN;
  if (read >= least && read <= most) return read;
  throw new UsageError(`--${name} must be a whole number from ${String(least)} to ${String(most)}, not “${value}”.`);
}

async function serve(options: Options, io: CommandIo): Promise<void> {
  const { host, port, tls } = options;
  const say = (line: string): void => {
    io.stdout.write(`${line}\n`);
  };
  const scenario = await readAs('scenario', options.scenario, parseScenario);
  const journal = await readAs('journal', options.replay, importJournal);
  const { clients, seed } = options;
  const reader = new SimulatedReader({
    encryption: dukptEncryption(),
    ...scenario?.reader,
    ...(clients === undefined ? {} : { clients }),
    ...(seed === undefined ? {} : { seed }),
  });
  const file = options.record === undefined ? undefined : await openFile(options.record);
  const recording = record(say, file);
  const source: ReaderEnd = journal
    ? new ReplayedReader(messagesOf(journal), {
        onUnknown: () => {
          say('The journal has no more answers to this command.');
        },
      })
    : reader;
  const through = observedReader(source, recording);
  const served = await serveSimulatedReader({ host, port, tls, reader, through });
  try {
    say(`Simulated reader: ${served.url}`);
    if (tls) say('Its certificate is its own: open the address with https:// in a browser once and accept it.');
    const keys = journal || !io.stdin.isTTY ? undefined : io.stdin;
    if (keys) say(keyHelp);
    say('Press Ctrl+C to stop.');
    const unsubscribe = journal ? undefined : tellChanges(reader, say);
    const run =
      scenario &&
      runScenario(reader, scenario, {
        onStep: ({ do: what }) => {
          say(`scenario: ${what}`);
        },
      });
    const stop = new AbortController();
    const unlisten = keys && listen(keys, reader, say, stop);
    const signal = AbortSignal.any([io.signal, stop.signal]);
    if (!signal.aborted) await once(signal, 'abort');
    unlisten?.();
    run?.stop();
    unsubscribe?.();
  } finally {
    await served.close();
    await new Promise<void>((resolve) => {
      if (file) file.end(resolve);
      else resolve();
    });
  }
  say('Stopped.');
}

/** What Ctrl+C is where a terminal gives every key by itself. */
const END_OF_TEXT = '\u0003';

/** Presses keys of a terminal until the returned function is called. */
function listen(
  stdin: CommandIo['stdin'] & { setRawMode?(isRaw: boolean): void },
  reader: SimulatedReader,
  say: (line: string) => void,
  stop: AbortController,
): () => void {
  const press = (data: Buffer): void => {
    for (const key of data.toString()) {
      if (key === END_OF_TEXT) stop.abort();
      const done = pressKey(reader, key);
      if (done !== undefined) say(done);
    }
  };
  stdin.setRawMode?.(true);
  stdin.on('data', press).resume();
  return () => {
    stdin.off('data', press).pause();
    stdin.setRawMode?.(false);
  };
}

/** Says what the reader does whenever that changes. */
function tellChanges(reader: SimulatedReader, say: (line: string) => void): () => void {
  let told = '';
  return reader.subscribe(({ state, display, clients }) => {
    const line = `reader: ${state}, ${String(clients)} connected, display “${display.replaceAll('\n', ' / ')}”`;
    if (line !== told) say(line);
    told = line;
  });
}

/** Entries wait in the journal for no longer than the running task. */
const WAITING = 1_000;

/** Says and writes what travels, redacted. */
function record(
  say: (line: string) => void,
  file: WriteStream | undefined,
): (direction: Direction, bytes: Uint8Array) => void {
  const journal = new Journal({ size: WAITING });
  file?.write(exportJournal([]));
  journal.subscribe((added) => {
    for (const entry of added) {
      say(`${entry.direction === 'to-reader' ? '>' : '<'} ${entry.text}`);
      file?.write(`${JSON.stringify(entry)}\n`);
    }
  });
  return (direction, bytes) => {
    const message = messageOf(bytes);
    const what = message ? { message } : { data: bytes, note: 'bytes that are no message' };
    journal.add({ at: Date.now(), direction, ...what });
  };
}

function messageOf(bytes: Uint8Array): MmsMessage | undefined {
  try {
    return decodeMessage(bytes);
  } catch {
    return undefined;
  }
}

const messagesOf = ({ entries }: Journal): ReplayedMessage[] =>
  entries.flatMap(({ at, direction, message }) =>
    direction && message ? [{ at, direction, bytes: message.bytes }] : [],
  );

async function readAs<T>(kind: string, path: string | undefined, parse: (text: string) => T): Promise<T | undefined> {
  if (path === undefined) return undefined;
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`The ${kind} ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

async function openFile(path: string) {
  const file = createWriteStream(path);
  try {
    await once(file, 'open');
  } catch (cause) {
    throw new Error(`The journal ${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
  return file;
}
