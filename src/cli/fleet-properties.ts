/**
 * `magtek-elements fleet properties`: reads properties of many readers at a broker, shows what differs, and sets them after one
 * question. It knows no process: arguments, streams and the signal to stop are given.
 */
import { createInterface } from 'node:readline/promises';
import type { BrokerLogin } from '../bridge/broker-end.js';
import { ReaderClient } from '../client/reader-client.js';
import {
  compareFleet,
  readFleetProperties,
  readingsCsv,
  setFleetProperties,
  setReportCsv,
  shownEntry,
  type FleetReading,
  type FleetSetResult,
  type FleetSetting,
  type OpenReader,
} from '../device/fleet-properties.js';
import { MmsError } from '../mms/error.js';
import { parseHex } from '../mms/hex.js';
import { canonicalOid } from '../mms/oid.js';
import { isHiddenProperty } from '../mms/redaction/property.js';
import { encodePropertyValue, propertyType } from '../mms/views/property-value.js';
import { MqttFleet } from '../transports/mqtt-fleet.js';
import { MqttTransport } from '../transports/mqtt.js';
import { statusFilter } from '../transports/mqtt-topics.js';
import { oneOf, readArguments, UsageError, usable, wholeNumber } from './arguments.js';
import { BROKER_HELP, loginOptions, readBroker, readPath } from './broker-arguments.js';
import { exitCodes, type CommandIo } from './command.js';
import { saleQuestion } from './sale-question.js';

export const PROPERTIES_HELP = `Usage: magtek-elements fleet properties <path>... --broker <address> [--read <ids>] [--set <id>=<value>]... [options]

Reads properties of readers and shows what differs, or sets them after one question that names the readers. Nothing is sent to a
reader in a sale, nothing is sent twice, and there is a line for each reader and property.

  <path>                  path of a reader, or a pattern with + for readers that are there
  --broker <address>      the broker: mqtts://, wss://, mqtt:// or ws://
  --read <ids>            properties to read, such as 1.2.3.2.1.1,1.2.7.1.1.1
  --set <id>=<value>      a property and its new value: a number, a word, a text, flags with + between them, or hex:…
  --yes                   set without the question
  --format <text|csv|json>  how the result is printed (default text)
  --at-once <number>      how many readers are open at once (default 4)
${BROKER_HELP}
  --help                  print this`;

/** Milliseconds in which readers of a pattern are heard of. */
const LISTENING = 3_000;
/** Seconds that a reader may take to answer. */
const ANSWER = 5;

type Format = Exclude<ReturnType<typeof readOptions>, 'help'>['format'];

/** Reads or sets; resolves to the exit code. @throws {UsageError} and other errors, for people */
export async function fleetProperties(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    io.stdout.write(`${PROPERTIES_HELP}\n`);
    return exitCodes.ok;
  }
  if (options.settings.length > 0 && !options.yes && io.stdin.isTTY !== true)
    throw new UsageError('Nobody can be asked here: add --yes where these readers are to be set.');
  const login = await readBroker(options);
  const paths = await pathsOf(options.paths, login, io.signal);
  const work = {
    open: opener(login),
    atOnce: options.atOnce,
    signal: io.signal,
    onProgress: ({ done, total }: { readonly done: number; readonly total: number }) => {
      if (io.stderr.isTTY === true) io.stderr.write(`\r${String(done)} of ${String(total)} readers`);
    },
  };
  const { settings, oids, format } = options;
  if (settings.length === 0) {
    const readings = await readFleetProperties(paths, oids, work);
    io.stdout.write(readingsText(readings, oids, format));
    return codeOf(
      io,
      readings.every(({ outcome }) => outcome === 'read'),
    );
  }
  if (!options.yes && !(await isConfirmed(paths, options.setText, io))) {
    io.stdout.write('Nothing was set.\n');
    return exitCodes.failed;
  }
  const results = await setFleetProperties(
    paths.map((path) => ({ path })),
    settings,
    work,
  );
  io.stdout.write(reportText(results, format));
  return codeOf(
    io,
    results.every(({ outcome }) => outcome === 'done' || outcome === 'same'),
  );
}

const codeOf = (io: CommandIo, isWell: boolean): number =>
  io.signal.aborted ? exitCodes.interrupted : isWell ? exitCodes.ok : exitCodes.failed;

function readOptions(args: readonly string[]) {
  const { values, positionals: paths } = readArguments({
    args: [...args],
    options: {
      ...loginOptions,
      read: { type: 'string' },
      set: { type: 'string', multiple: true },
      yes: { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
      'at-once': { type: 'string', default: '4' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return 'help';
  const { read = '', set: setText = [] } = values;
  const oids = read
    .split(',')
    .filter((oid) => oid !== '')
    .map(oidOf);
  const settings = setText.map(settingIn);
  const twice = settings.find(({ oid }, at) => settings.findIndex((other) => other.oid === oid) !== at);
  if (twice) throw new UsageError(`--set ${twice.oid} is there twice.`);
  if (paths.length === 0) throw new UsageError('Name at least one path, such as MagTek/Shop12/+/+.');
  if ((oids.length === 0) === (settings.length === 0))
    throw new UsageError('Use either --read with properties or --set with a property and its value.');
  for (const path of paths) {
    if (path.includes('+')) usable('A path', () => statusFilter(path));
    else readPath(path);
  }
  return {
    ...values,
    ...{ paths, oids, settings, setText },
    format: oneOf('format', values.format, ['text', 'csv', 'json']),
    atOnce: wholeNumber('at-once', values['at-once'], 1, 64),
  };
}

function oidOf(text: string): string {
  try {
    return canonicalOid(text);
  } catch {
    throw new UsageError(`“${text}” is not the identifier of a property, such as 1.2.3.2.1.1.`);
  }
}

function settingIn(text: string): FleetSetting {
  const at = text.indexOf('=');
  // It is not repeated: it may be a secret with another sign for the =.
  if (at < 0) throw new UsageError('--set has no value: write --set <id>=<value>.');
  const [oid, words] = [oidOf(text.slice(0, at)), text.slice(at + 1)];
  // Others on this computer can read arguments.
  if (isHiddenProperty(oid)) throw new UsageError(`${oid} may be a secret, and is not set from the command line.`);
  try {
    return { oid, value: valueOf(oid, words) };
  } catch (error) {
    if (error instanceof MmsError) throw new UsageError(`--set ${oid}: ${error.message}.`);
    throw error;
  }
}

function valueOf(oid: string, words: string): Uint8Array {
  if (words.startsWith('hex:')) return parseHex(words.slice('hex:'.length));
  const { kind } = propertyType(oid);
  // An empty text is the number 0.
  if (kind === 'number') return encodePropertyValue(oid, { kind, value: words.trim() === '' ? NaN : Number(words) });
  if (kind === 'flags')
    return encodePropertyValue(oid, {
      kind,
      value: words
        .split('+')
        .map((flag) => flag.trim())
        .filter(Boolean),
    });
  return encodePropertyValue(oid, { kind, value: words });
}

/** Paths as they are, and for patterns the readers that are heard of. */
async function pathsOf(given: readonly string[], login: BrokerLogin, signal: AbortSignal): Promise<string[]> {
  const patterns = given.filter((path) => path.includes('+'));
  const paths = new Set(given.filter((path) => !path.includes('+')));
  if (patterns.length > 0) for (const path of await readersOf(patterns, login, signal)) paths.add(path);
  if (paths.size === 0) throw new Error('No reader is there.');
  return [...paths].sort();
}

async function readersOf(patterns: readonly string[], login: BrokerLogin, signal: AbortSignal): Promise<string[]> {
  const { allowInsecure = false } = login;
  const found = new Map<string, boolean>();
  const options = { readers: patterns.join(), ...credentialsOf(login), allowInsecure, asksPresence: true };
  const fleet = new MqttFleet(login.url, options, (path, presence) =>
    found.set(path, presence === 'present' || presence === 'unconfirmed'),
  );
  const ignore = (): void => undefined;
  try {
    await fleet.open({ message: ignore, noise: ignore, close: ignore }, { signal });
    await new Promise<void>((resolve) => {
      setTimeout(resolve, LISTENING);
      signal.addEventListener('abort', (): void => resolve());
    });
  } finally {
    fleet.close();
  }
  return [...found].filter(([, isThere]) => isThere).map(([path]) => path);
}

const credentialsOf = ({ username, password = '', ca }: BrokerLogin) => ({
  ...(username === undefined ? {} : { credentials: { username, password } }),
  ca,
});

/** Opens a reader for a while: over a connection that is not opened again, and only where no sale runs. */
function opener(login: BrokerLogin): OpenReader {
  const { url, allowInsecure = false } = login;
  return async (path, signal) => {
    // Where the broker cannot be reached, the client says so better.
    const answer = await saleQuestion(login, path, signal).catch(() => 'no-answer' as const);
    if (answer === 'selling') return 'in-sale';
    const transport = new MqttTransport(url, { device: path, allowInsecure, ...credentialsOf(login) });
    const client = new ReaderClient({ transport, reconnect: 'off', requestTimeout: ANSWER, journalSize: 1 });
    let isSelling = false;
    client.subscribe('message', ({ message }) => {
      // Of a sale, of a PIN, of the screen of a sale.
      if (message.kind === 'notification' && [0x01, 0x02, 0x18].includes(message.id >> 8)) isSelling = true;
    });
    await client.connect(signal ? { signal } : {});
    return {
      request: (request) => client.request(request),
      isSelling: () => isSelling,
      close: () => client.disconnect(),
    };
  };
}

/** One question for all: what is set, at how many readers and at which. */
async function isConfirmed(paths: readonly string[], settings: readonly string[], io: CommandIo): Promise<boolean> {
  const count = String(paths.length);
  io.stdout.write(`Set ${settings.join(', ')} at ${count} readers:\n${paths.map((path) => `  ${path}\n`).join('')}`);
  const lines = createInterface({ input: io.stdin, output: io.stdout });
  try {
    const answer = await lines.question(`Type ${count} to set them: `, { signal: io.signal });
    return answer.trim() === count;
  } catch (error) {
    if (io.signal.aborted) return false;
    throw error;
  } finally {
    lines.close();
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function readingsText(readings: readonly FleetReading[], oids: readonly string[], format: Format): string {
  if (format === 'csv') return readingsCsv(readings, oids);
  const differences = compareFleet(readings);
  if (format === 'json')
    return json({
      readings,
      differences: differences.map(({ values, ...rest }) => ({ ...rest, values: Object.fromEntries(values) })),
    });
  const read = readings.filter(({ outcome }) => outcome === 'read').length;
  const left = readings.filter(({ outcome }) => outcome !== 'read');
  return [
    `${String(read)} of ${String(readings.length)} readers were read; ${String(differences.length)} properties differ.`,
    ...differences.flatMap(({ oid, name, values }) => [
      `${oid} ${name}`,
      ...[...values].map(([path, entry]) => `  ${path}: ${entry ? shownEntry(entry) : 'not there'}`),
    ]),
    ...left.map(({ path, outcome, code = '' }) => `${path}: ${outcome} ${code}`.trim()),
    '',
  ].join('\n');
}

function reportText(results: readonly FleetSetResult[], format: Format): string {
  if (format === 'csv') return setReportCsv(results);
  if (format === 'json') return json(results);
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [
    ...results.map(({ path, oid, outcome, before, status, code }) =>
      [`${path} ${oid}: ${outcome}`, status, code, before && `was ${shownEntry(before)}`].filter(Boolean).join(', '),
    ),
    [...counts].map(([outcome, count]) => `${outcome} ${String(count)}`).join(', '),
    '',
  ].join('\n');
}
