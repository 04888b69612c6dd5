/**
 * `magtek-elements fleet`: `properties` of many readers, which has a module of its own, and `remove`, which takes readers that are gone for good out of the lists of all pages, by removing the status that
 * the broker keeps of them. It knows no process: arguments, streams and the signal to stop are given.
 */
import { Claim } from '../bridge/claim.js';
import { checkBroker } from '../transports/mqtt.js';
import { openMqtt } from '../transports/mqtt-opening.js';
import type { MqttClient } from '../transports/mqtt-library.js';
import { readerTopics } from '../transports/mqtt-topics.js';
import { detailsTopic } from '../transports/reader-details.js';
import { readArguments, UsageError } from './arguments.js';
import { BROKER_HELP, loginOptions, readBroker, readPath } from './broker-arguments.js';
import { brokerHelp } from './connection-help.js';
import { exitCodes, withHelp, type CommandIo } from './command.js';
import { fleetProperties, PROPERTIES_HELP } from './fleet-properties.js';

const HELP = `Usage: magtek-elements fleet remove <path>... --broker <address> [options]

Removes the status and the details that a broker keeps of readers that are gone for good, so that no page lists them any more. A
reader that a bridge publishes just now is refused: stop the bridge first.

  --broker <address>      the broker: mqtts://, wss://, mqtt:// or ws://
${BROKER_HELP}
  --help                  print this

${PROPERTIES_HELP}`;

/** Milliseconds for the broker to let us in, and to confirm each removal. */
const PATIENCE = 10_000;

/** Removes, one after the other. */
export const fleet = withHelp(
  'fleet',
  HELP,
  async (args, io) => {
    const [action, ...rest] = args;
    if (action === 'properties') return fleetProperties(rest, io);
    const options = readOptions(args);
    if (options === 'help') return options;
    await removeAll(options, io);
    return exitCodes.ok;
  },
  (error) => `${error.message}${brokerHelp(error)}`,
);

type Options = Exclude<ReturnType<typeof readOptions>, 'help'>;

function readOptions(args: readonly string[]) {
  const { values, positionals } = readArguments({
    args: [...args],
    options: { ...loginOptions, help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  if (values.help) return 'help';
  const [action, ...paths] = positionals;
  if (action !== 'remove') throw new UsageError(`There is no “${action ?? ''}” for a fleet: use remove or properties.`);
  if (paths.length === 0) throw new UsageError('Name at least one path, such as MagTek/Shop12/DynaFlex/B571AF2.');
  // All of them: none is removed where another one is wrong.
  return { ...values, paths: paths.map((path) => readPath(path)) };
}

async function removeAll({ paths, ...values }: Options, io: CommandIo): Promise<void> {
  const login = await readBroker(values);
  const address = checkBroker(login.url, login.allowInsecure ?? false);
  const { username, password, ca } = login;
  for (const path of paths) {
    const { status } = readerTopics(path);
    const claim = new Claim(path);
    const { client } = await openMqtt(
      address,
      {
        clientId: claim.clientId,
        ...(username === undefined
          ? {}
          : { credentials: { username, ...(password === undefined ? {} : { password }) } }),
        ca,
        keepAlive: 60,
        patience: PATIENCE,
        prepare: () => undefined,
      },
      io.signal,
    );
    try {
      if ((await claim.settle(client, false)) === 'refused')
        throw new Error(`A bridge publishes ${path} just now: stop it first.`);
      await forget(client, status);
      await forget(client, detailsTopic(path)).catch(() => {
        io.stdout.write(`The details of ${path} stay: the broker does not let this user remove them.\n`);
      });
    } finally {
      client.end(true);
    }
    io.stdout.write(`Removed ${path}\n`);
  }
}

function forget(client: MqttClient, topic: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The broker did not confirm the removal.')), PATIENCE);
    // The library never settles a publish whose connection is lost.
    client.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`The broker ended the connection: this user may not publish to ${topic}.`));
    });
    client.publish(topic, '', { qos: 1, retain: true }, (error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });
}
