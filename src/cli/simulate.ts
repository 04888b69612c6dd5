/**
 * `magtek-elements simulate`: serves a simulated reader, or a recorded journal, over a WebSocket.
 * It knows no process: arguments, streams and the signal to stop are given.
 */
import { createWriteStream, fstatSync, ftruncateSync } from 'node:fs';
import { once } from 'node:events';
import { exportJournal, importJournal } from '../journal/journal-file.js';
import type { Journal } from '../journal/journal.js';
import type { CardEncryption } from '../simulator/encryption.js';
import type { ReaderEnd } from '../simulator/links.js';
import { keptKeys } from '../simulator/node-kept-keys.js';
import { observedReader } from '../simulator/observed-reader.js';
import { serveSimulatedReader } from '../simulator/node.js';
import { ReplayedReader, type ReplayedMessage } from '../simulator/replayed-reader.js';
import { parseScenario } from '../simulator/scenario/parse.js';
import { runScenario } from '../simulator/scenario/run.js';
import { SimulatedReader } from '../simulator/simulated-reader.js';
import { givenOf, readArguments, readText, UsageError, wholeNumber } from './arguments.js';
import {
  BROKER_HELP,
  brokerOptions,
  DETAILS_HELP,
  detailsOption,
  readBroker,
  readDetailsPeriod,
  readPath,
  type BrokerArguments,
} from './broker-arguments.js';
import { brokerHelp } from './connection-help.js';
import { exitCodes, withHelp, type CommandIo } from './command.js';
import { fleetSerial, startFleet } from './simulate-fleet.js';
import { keyHelp, pressKey } from './simulate-keys.js';
import { tellTraffic } from './traffic.js';

const HELP = `Usage: magtek-elements simulate [options]

Serves a simulated reader over a WebSocket, or publishes many at a broker. No card is read and no money is moved.

  --port <number>      port to serve on; 0 for a free one (default 8080)
  --host <address>     address to serve on (default 127.0.0.1, which only this computer reaches)
  --tls                serve wss:// with a certificate made for the purpose
  --any-origin         let pages of every origin connect (default: of this computer and that address)
  --clients <1-4>      how many clients may connect (default 4)
  --seed <number>      the same seed gives the same card data and key serial numbers
                       (default: each run has its own)
  --keys-file <file>   keep the key serial number in a JSON file, so that none is used twice;
                       its “bdk” is the base key, its “algorithm” triple-des or aes
  --scenario <file>    play a scenario file
  --record <file>      write what travels to a file of JSON lines, redacted
  --replay <file>      play such a file back instead of simulating a reader
  --help               print this

Many readers at an MQTT broker, with --seed and none of the others:

  --fleet <number>        how many readers
  --broker <address>      the broker: mqtts://, wss://, mqtt:// or ws://
  --path <path>           path before their serial numbers (default MagTek/Simulated/DynaFlex)
  --auto                  cards are presented at random when one is asked for
${DETAILS_HELP}
${BROKER_HELP}`;

/** Readers of a fleet: each has a connection, and a process has only so many. */
const MOST_READERS = 10_000;

/** Serves until it is stopped. */
export const simulate = withHelp(
  'simulate',
  HELP,
  async (args, io) => {
    const options = readOptions(args);
    if (options === 'help') return options;
    try {
      await (options.fleet === undefined ? serve(options, io) : publishFleet(options.fleet, options, io));
    } catch (error) {
      // Ctrl+C while a broker is silent.
      if (!io.signal.aborted) throw error;
    }
    return exitCodes.ok;
  },
  (error) => `${error.message}${brokerHelp(error)}`,
);

interface Options {
  readonly port: number;
  readonly host: string;
  readonly tls: boolean;
  readonly anyOrigin: boolean;
  readonly clients: number | undefined;
  readonly seed: number | undefined;
  readonly keysFile: string | undefined;
  readonly scenario: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly fleet: number | undefined;
  readonly auto: boolean;
  /** Seconds between two publications of details. */
  readonly details: number | undefined;
  /** What was said of the broker. */
  readonly values: BrokerArguments & { readonly path?: string | undefined };
}

/** Options that a replayed journal has no use for. */
const NOT_OF_REPLAY = ['scenario', 'record', 'clients', 'seed', 'keys-file'] as const;
/** Options of a reader behind a WebSocket. */
const NOT_OF_FLEET = [
  ...(['port', 'host', 'tls', 'any-origin', 'clients'] as const),
  ...(['keys-file', 'scenario', 'record', 'replay'] as const),
];
/** Options of many readers at a broker. */
const OF_FLEET = ['auto', 'path', 'broker', 'username', 'password-file', 'ca', 'allow-insecure', 'details'] as const;

function readOptions(args: readonly string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const on = { type: 'boolean', default: false } as const;
  const { values } = readArguments({
    args: [...args],
    options: {
      port: text,
      host: text,
      tls: on,
      'any-origin': on,
      clients: text,
      seed: text,
      'keys-file': text,
      scenario: text,
      record: text,
      replay: text,
      ...brokerOptions,
      ...detailsOption,
      fleet: text,
      auto: on,
      help: { ...on, short: 'h' },
    },
  });
  if (values.help) return 'help';
  const beside = values.replay === undefined ? undefined : givenOf(values, NOT_OF_REPLAY);
  if (beside !== undefined) throw new UsageError(`--${beside} does not belong to --replay: it plays a journal alone.`);
  const stray = givenOf(values, values.fleet === undefined ? OF_FLEET : NOT_OF_FLEET);
  if (stray !== undefined && values.fleet === undefined) throw new UsageError(`--${stray} belongs to --fleet.`);
  if (stray !== undefined)
    throw new UsageError(`--${stray} does not belong to --fleet, which publishes readers at a broker.`);
  const { host = '127.0.0.1', port = '8080', tls, auto, scenario, record, replay } = values;
  return {
    ...{ host, tls, auto, scenario, record, replay, values },
    anyOrigin: values['any-origin'],
    keysFile: values['keys-file'],
    fleet: values.fleet === undefined ? undefined : wholeNumber('fleet', values.fleet, 1, MOST_READERS),
    details: readDetailsPeriod(values.details),
    port: wholeNumber('port', port, 0, 65_535),
    clients: values.clients === undefined ? undefined : wholeNumber('clients', values.clients, 1, 4),
    seed: values.seed === undefined ? undefined : wholeNumber('seed', values.seed, 0, 0xffff_ffff),
  };
}

async function publishFleet(size: number, { values, seed, auto, details }: Options, io: CommandIo): Promise<void> {
  const say = (line: string): void => {
    io.stdout.write(`${line}\n`);
  };
  const { path = 'MagTek/Simulated/DynaFlex' } = values;
  readPath(`${path}/${fleetSerial(0)}`, '--path');
  const broker = await readBroker(values);
  const fleet = await startFleet({ size, broker, path, seed, auto, details, say, signal: io.signal });
  try {
    say(`${String(size)} simulated readers: ${path}/${fleetSerial(0)} to ${path}/${fleetSerial(size - 1)}`);
    say('Press Ctrl+C to stop.');
    if (!io.signal.aborted) await once(io.signal, 'abort');
  } finally {
    await fleet.stop();
  }
  say('Stopped.');
}

async function serve(options: Options, io: CommandIo): Promise<void> {
  const { host, port, tls } = options;
  const say = (line: string): void => {
    io.stdout.write(`${line}\n`);
  };
  const scenario = await readAs('scenario', options.scenario, parseScenario);
  const journal = await readAs('journal', options.replay, importJournal);
  const { clients, keysFile, seed } = options;
  const reader = new SimulatedReader({
    ...scenario?.reader,
    ...(clients === undefined ? {} : { clients }),
    ...(seed === undefined ? {} : { seed }),
    ...(keysFile === undefined ? {} : { encryption: keysIn(keysFile, scenario?.reader?.serialNumber, say) }),
  });
  const record = options.record === undefined ? undefined : await openRecord(options.record, say);
  const recording = tellTraffic(say, (entry) => record?.write(`${JSON.stringify(entry)}\n`));
  const source: ReaderEnd = journal
    ? new ReplayedReader(messagesOf(journal), {
        onUnknown: () => say('The journal has no more answers to this command.'),
      })
    : reader;
  const through = observedReader(source, recording);
  const served = await serveSimulatedReader({
    ...{ host, port, tls, anyOrigin: options.anyOrigin, reader, through },
    onRefused: (name) => {
      say(`Refused: a page of ${name === '' ? 'nowhere' : name}. Use --any-origin to let it connect.`);
    },
    onTurnedAway: () => say('A client was turned away: there is no room for it, or the reader is restarting.'),
    onIgnored: () => {
      say('Ignored: text that is not hexadecimal. Send the digits of one message in a frame, and nothing else.');
    },
  }).catch(async (cause: unknown) => {
    await record?.end();
    throw cause;
  });
  record?.start();
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
        onStep: ({ do: what }) => say(`scenario: ${what}`),
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
    await record?.end();
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
    if (line === told) return;
    told = line;
    // After the message that caused it, which the journal tells when the running task is over.
    queueMicrotask(() => say(line));
  });
}

const messagesOf = ({ entries }: Journal): ReplayedMessage[] =>
  entries.flatMap(({ at, direction, message }) =>
    direction && message ? [{ at, direction, bytes: message.bytes }] : [],
  );

async function readAs<T>(kind: string, path: string | undefined, parse: (text: string) => T): Promise<T | undefined> {
  if (path === undefined) return undefined;
  const text = await readText(kind, path);
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

const keysIn = (path: string, serialNumber: string | undefined, say: (line: string) => void): CardEncryption =>
  keptKeys(path, {
    ...(serialNumber === undefined ? {} : { serialNumber }),
    onProblem: ({ message }) => say(message),
  });

interface Recording {
  /** Puts a new journal in the place of what the file held. */
  start(): void;
  write(text: string): void;
  end(): Promise<void>;
}

/**
 * A file that may fill its disk: that is said once, and the reader goes on without it. What it holds is kept until the start: where the
 * port is taken, nothing is recorded.
 */
async function openRecord(path: string, say: (line: string) => void): Promise<Recording> {
  const file = createWriteStream(path, { flags: 'a' });
  let descriptor: number;
  try {
    [descriptor] = (await once(file, 'open')) as [number];
  } catch (cause) {
    throw new Error(`The journal ${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
  let isWritable = true;
  file.on('error', ({ message }) => {
    isWritable = false;
    say(`The journal ${path} cannot be written any more: ${message}. The reader goes on; nothing more is recorded.`);
  });
  const write = (text: string): void => {
    if (isWritable) file.write(text);
  };
  return {
    start: () => {
      // Not a pipe or a device.
      if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor);
      write(exportJournal([]));
    },
    write,
    end: async () => {
      if (!isWritable) return;
      file.end();
      // What cannot be written at the end has been said.
      await once(file, 'close');
    },
  };
}
