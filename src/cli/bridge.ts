/**
 * `magtek-elements bridge`: publishes a reader, reached over a WebSocket, at an MQTT broker.
 * It knows no process: arguments, streams and the signal to stop are given.
 */
import { Bridge, type Side } from '../bridge/bridge.js';
import type { BridgeClash } from '../bridge/claim.js';
import type { ReaderSnapshot } from '../connection/connection-state.js';
import { ReaderClient } from '../client/reader-client.js';
import { ReaderError } from '../connection/reader-error.js';
import { unsafeCharacterIn } from '../transports/mqtt-memory.js';
import { checkWebSocket } from '../transports/web-socket.js';
import { aborted } from './aborted.js';
import { oneOf, readArguments, readCertificates, UsageError, usable, wholeNumber } from './arguments.js';
import {
  BROKER_HELP,
  brokerOptions,
  DETAILS_HELP,
  detailsOption,
  readBroker,
  readDetailsPeriod,
  readPath,
} from './broker-arguments.js';
import { exitCodes, withHelp, type CommandIo } from './command.js';
import { brokerHelp } from './connection-help.js';
import { ReaderTransport } from './reader-transport.js';
import { tellTraffic } from './traffic.js';

const HELP = `Usage: magtek-elements bridge --reader <address> --broker <address> [options]

Publishes a reader of this network at an MQTT broker until it is stopped. A side that is lost is opened again. Commands
that are published while the reader or this bridge is away are never carried out.

  --reader <address>      the reader, wss:// or ws://
  --broker <address>      the broker: mqtts://, wss://, mqtt:// or ws://
  --path <path>           its path there (default MagTek/Bridge/Reader/ and the serial number of the reader)
${BROKER_HELP}
  --reader-ca <file>      certificates of the authorities to trust at the reader, in PEM
  --frames <hex|binary>   how the reader gets messages (default hex)
  --answer-timeout <s>    seconds that the reader may take to answer a command (default 5)
  --keep-alive <s>        seconds after which a silent reader is asked whether it is there; 0 never (default 30)
${DETAILS_HELP}
  --take-over             replace another bridge that publishes this reader
  --quiet                 no line for each message
  --help                  print this`;

/** Bytes of a message that holds pages up for more than a second behind a listener that sends 4,096 bytes of text a turn. */
const LARGE = 30_000;

/** What is said of other bridges; what ends this one is in its last line. */
const clashWords: Readonly<Partial<Record<BridgeClash, string>>> = {
  rivalled: 'Another bridge wanted to publish this reader: it was told that this one does.',
  'took-over': 'Another bridge published this reader: it was told to stop.',
};

/** Publishes until it is stopped. */
export const bridge = withHelp(
  'bridge',
  HELP,
  async (args, io) => {
    const options = readOptions(args);
    if (options === 'help') return options;
    await publish(options, io);
    return exitCodes.ok;
  },
  (error) => `${error.message}${brokerHelp(error)}`,
);

type Options = Exclude<ReturnType<typeof readOptions>, 'help'>;

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = readArguments({
    args: [...args],
    options: {
      ...brokerOptions,
      ...detailsOption,
      reader: text,
      'reader-ca': text,
      frames: { ...text, default: 'hex' },
      'answer-timeout': { ...text, default: '5' },
      'keep-alive': { ...text, default: '30' },
      'take-over': { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { reader, path } = values;
  if (reader === undefined) throw new UsageError('--reader is missing: the address of the reader, such as wss://…');
  usable('--reader', () => checkWebSocket(reader, values['allow-insecure']));
  if (path !== undefined) readPath(path, '--path');
  return {
    ...values,
    reader,
    frames: oneOf('frames', values.frames, ['hex', 'binary']),
    answerTimeout: wholeNumber('answer-timeout', values['answer-timeout'], 1, 3_600),
    keepAlive: wholeNumber('keep-alive', values['keep-alive'], 0, 86_400),
    period: readDetailsPeriod(values.details),
  };
}

async function publish(options: Options, io: CommandIo): Promise<void> {
  const { answerTimeout, keepAlive, period, quiet, 'take-over': takeOver } = options;
  const say = (line: string): void => {
    io.stdout.write(`${line}\n`);
  };
  const broker = await readBroker(options);
  const { reader: url, frames, 'reader-ca': caFile, 'allow-insecure': allowInsecure } = options;
  const ca = caFile === undefined ? undefined : await readCertificates(caFile);
  const reader = new ReaderTransport(url, { frames, allowInsecure, ca });
  const path = options.path ?? `MagTek/Bridge/Reader/${await serialNumberOf(reader, io.signal)}`;
  const traffic = quiet ? undefined : tellTraffic(say);
  const told = new Map<Side, string>();
  let hasWarned = false;
  const end = new AbortController();
  const bridge = new Bridge({
    ...{ reader, broker, path, answerTimeout, keepAlive, takeOver },
    ...(period === undefined ? {} : { details: period }),
    listener: {
      changed: (side, snapshot) => {
        const version = side === 'broker' && snapshot.state === 'ready' ? ` (${bridge.mqttVersion ?? ''})` : '';
        const line = `${side}: ${wordsOf(snapshot)}${version}`;
        if (told.get(side) !== line) say(line);
        told.set(side, line);
        if (snapshot.state === 'failed' || (snapshot.state === 'closed' && snapshot.error)) end.abort(snapshot.error);
      },
      passed: (direction, bytes) => {
        traffic?.(direction, bytes);
        if (direction === 'to-reader' || bytes.length < LARGE || hasWarned) return;
        hasWarned = true;
        say('A large message: pages behind mosquitto’s own WebSocket listener wait seconds for it, see docs/mqtt.md.');
      },
      clashed: (clash) => {
        const words = clashWords[clash];
        if (words !== undefined) say(words);
      },
      dropped: (direction, why) => say(`${direction === 'to-reader' ? 'command' : 'message'} not passed on: ${why}`),
    },
  });
  const unsafe = unsafeCharacterIn(path);
  if (unsafe !== undefined)
    say(`Not every broker takes “${unsafe}” in a path: letters, digits, - and _ are the same at all of them.`);
  try {
    // A broker that says nothing does not keep Ctrl+C waiting.
    await Promise.race([bridge.start(), aborted(io.signal)]);
    if (!io.signal.aborted) {
      say(`Published as ${path}`);
      say('Press Ctrl+C to stop.');
      await aborted(AbortSignal.any([io.signal, end.signal]));
    }
  } finally {
    await bridge.stop();
  }
  if (end.signal.aborted) throw new Error(errorWords(end.signal.reason));
  say('Stopped.');
}

/** Asks the reader, over a connection for that alone. */
async function serialNumberOf(transport: ReaderTransport, signal: AbortSignal): Promise<string> {
  const client = new ReaderClient({ transport, reconnect: 'off' });
  try {
    await client.connect({ signal });
    const { serialNumber } = await client.getDeviceInfo({ signal });
    if (!/^[0-9A-Za-z]+$/.test(serialNumber)) throw new Error('it does not report one.');
    return serialNumber;
  } catch (cause) {
    throw new Error(
      `The reader could not be asked for its serial number: ${errorWords(cause)}${nextStep(cause)} With --path it need not be asked.`,
    );
  } finally {
    client.disconnect();
    await transport.closed;
  }
}

/** What to do where the reader was reached, and did not answer. What could not be reached says it itself. */
function nextStep(error: unknown): string {
  if (!(error instanceof ReaderError)) return '';
  if (error.code === 'timeout') return ' Check that it is idle, and that it is a reader.';
  if (error.code !== 'connection-lost') return '';
  return ' It may have no room for another connection: end what else uses it, and check the address.';
}

/** What is particular to a failure, without the remedies for pages. */
function errorWords(error: unknown): string {
  if (error instanceof ReaderError && error.detail !== '') return error.detail;
  // Its message speaks of the reader.
  if (error instanceof ReaderError && error.code === 'connection-lost')
    return 'the connection closed without a reason.';
  return error instanceof Error ? error.message : String(error);
}

const wordsOf = ({ state, error }: ReaderSnapshot): string =>
  error === undefined ? state : `${state} (${errorWords(error)})`;
