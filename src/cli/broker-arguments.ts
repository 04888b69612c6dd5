/**
 * The arguments that say which broker is meant and who we are there, for the commands that publish readers.
 * A password is never an argument: others on this computer could read it.
 */
import type { BrokerLogin } from '../bridge/broker-end.js';
import { checkBroker } from '../transports/mqtt.js';
import { readerTopics } from '../transports/mqtt-topics.js';
import { readCertificates, readText, UsageError, usable, wholeNumber } from './arguments.js';

/** Options for `parseArgs`: which broker, and who we are there. */
export const loginOptions = {
  broker: { type: 'string' },
  username: { type: 'string' },
  'password-file': { type: 'string' },
  ca: { type: 'string' },
  'allow-insecure': { type: 'boolean', default: false },
} as const;

/** Those of the commands that publish readers. */
export const brokerOptions = { ...loginOptions, path: { type: 'string' } } as const;

/** Option for `parseArgs`, of the commands that publish readers. */
export const detailsOption = { details: { type: 'string' } } as const;

/** Line of the help. */
export const DETAILS_HELP = `  --details <s>           publish firmware, battery, lock and how the last sale ended, at most once in
                          so many seconds; 0 not at all (default 10)`;

/** @returns seconds; undefined where none are to be published. @throws {UsageError} */
export function readDetailsPeriod(value = '10'): number | undefined {
  const period = wholeNumber('details', value, 0, 86_400);
  return period === 0 ? undefined : period;
}

/** Lines of the help. */
export const BROKER_HELP = `  --username <name>       name at the broker; its password is in the environment variable
                          MAGTEK_BROKER_PASSWORD or in a file
  --password-file <file>  file whose first line is the password
  --ca <file>             certificates of the authorities to trust at the broker, in PEM
  --allow-insecure        accept unencrypted addresses (mqtt, ws) of other computers`;

export interface BrokerArguments {
  readonly broker?: string | undefined;
  readonly username?: string | undefined;
  readonly 'password-file'?: string | undefined;
  readonly ca?: string | undefined;
  readonly 'allow-insecure': boolean;
}

/** The path of a reader, as it is. @param option where it was given, if in one @throws {UsageError} for one that no broker takes. */
export function readPath(path: string, option?: '--path'): string {
  usable(option === undefined ? `“${path}”` : `${option} “${path}”`, () => readerTopics(path));
  return path;
}

/** @throws {UsageError} without an address or with one that can never be used, and for a name without a password. */
export async function readBroker(values: BrokerArguments, env: NodeJS.ProcessEnv = process.env): Promise<BrokerLogin> {
  const { broker: url, username, ca, 'allow-insecure': allowInsecure } = values;
  if (url === undefined) throw new UsageError('--broker is missing: the address of the broker, such as mqtts://…');
  usable('--broker', () => checkBroker(url, allowInsecure));
  const file = values['password-file'];
  if (file !== undefined && username === undefined) {
    throw new UsageError('--password-file needs --username: without a name no password is sent.');
  }
  const password =
    file === undefined ? env.MAGTEK_BROKER_PASSWORD : (await readText('password', file)).split(/\r?\n/)[0];
  if (username !== undefined && !password) {
    throw new UsageError(
      'The password for --username is missing: set MAGTEK_BROKER_PASSWORD, or name a --password-file.',
    );
  }
  return {
    url,
    allowInsecure,
    ...(username === undefined ? {} : { username, password: password ?? '' }),
    ...(ca === undefined ? {} : { ca: await readCertificates(ca) }),
  };
}
