/**
 * `magtek-elements simulate`: serves a simulated reader, or a recorded journal, over a WebSocket.
 * It knows no process: arguments, streams and the signal to stop are given.
 */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { recorded, parseJournal, type JournalLine } from '../simulator/journal.js';
import type { ReaderEnd } from '../simulator/links.js';
import { dukptEncryption } from '../simulator/node-dukpt.js';
import { serveSimulatedReader } from '../simulator/node.js';
import { ReplayedReader } from '../simulator/replayed-reader.js';
import { parseScenario } from '../simulator/scenario/parse.js';
import { runScenario } from '../simulator/scenario/run.js';
import { SimulatedReader } from '../simulator/simulated-reader.js';
import { keyHelp, pressKey } from './simulate-keys.js';

export const simulateUsage = `Usage: magtek-elements simulate [options]

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

/** What the command needs of a process. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Keys to present cards with; absent where nobody can press any. */
  readonly keys?: AsyncIterable<string>;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

/** A mistake in what was asked for, with a message for people. */
class UsageError extends Error {}

/** Runs until it is stopped; resolves with the exit code: 0, 1 for a failure, 2 for a mistake in the arguments. */
export async function simulate(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      io.stdout.write(`${simulateUsage}\n`);
      return 0;
    }
    await serve(options, io);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    io.stderr.write(`${message}\n`);
    if (!(error instanceof UsageError)) return 1;
    io.stderr.write(`Run “magtek-elements simulate --help” for the options.\n`);
    return 2;
  }
}

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
  const journal = await readAs('journal', options.replay, parseJournal);
  const { clients, seed } = options;
  const reader = new SimulatedReader({
    encryption: dukptEncryption(),
    ...scenario?.reader,
    ...(clients === undefined ? {} : { clients }),
    ...(seed === undefined ? {} : { seed }),
  });
  const file = options.record === undefined ? undefined : await openFile(options.record);
  const tell = (line: JournalLine): void => {
    say(lineFor(line));
    file?.write(`${JSON.stringify(line)}\n`);
  };
  const source: ReaderEnd = journal
    ? new ReplayedReader(journal, {
        onUnknown: () => {
          say('The journal has no more answers to this command.');
        },
      })
    : reader;
  const through = recorded(source, () => performance.now(), tell);
  const served = await serveSimulatedReader({ host, port, tls, reader, through });
  try {
    say(`Simulated reader: ${served.url}`);
    if (tls) say('Its certificate is its own: open the address with https:// in a browser once and accept it.');
    if (io.keys && !journal) say(keyHelp);
    say('Press Ctrl+C to stop.');
    const unsubscribe = journal ? undefined : tellChanges(reader, say);
    const run =
      scenario &&
      runScenario(reader, scenario, {
        onStep: ({ do: what }) => {
          say(`scenario: ${what}`);
        },
      });
    if (io.keys && !journal) void listen(io.keys, reader, say);
    if (!io.signal.aborted) await once(io.signal, 'abort');
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

async function listen(
  keys: AsyncIterable<string>,
  reader: SimulatedReader,
  say: (line: string) => void,
): Promise<void> {
  for await (const key of keys) {
    const done = pressKey(reader, key);
    if (done !== undefined) say(done);
  }
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

const lineFor = ({ direction, text }: JournalLine): string => `${direction === 'to-reader' ? '>' : '<'} ${text}`;

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
    throw new Error(`${path}, ${(cause as Error).message}`, { cause });
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
