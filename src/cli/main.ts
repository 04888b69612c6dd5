/**
 * The dispatcher of `npx magtek-elements <command>`. Each command is a module, loaded when it is asked for.
 * It does not know what commands do.
 */
import { VERSION } from '../version.js';
import { exitCodes, type Command, type CommandIo } from './command.js';

interface Row {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** The commands, in the order of the help. */
const commands: readonly Row[] = [
  {
    name: 'decode',
    summary: 'prints MMS messages as trees, with card data masked',
    load: async () => (await import('./decode.js')).decode,
  },
  {
    name: 'simulate',
    summary: 'serves a simulated reader or a recorded journal over a WebSocket, or many at a broker',
    load: async () => (await import('./simulate.js')).simulate,
  },
  {
    name: 'bridge',
    summary: 'publishes a reader at an MQTT broker',
    load: async () => (await import('./bridge.js')).bridge,
  },
  {
    name: 'fleet',
    summary: 'takes readers that are gone for good out of the lists of a broker',
    load: async () => (await import('./fleet.js')).fleet,
  },
  {
    name: 'host',
    summary: 'serves the payment host of a shop: ledger, gateway, decisions for pages',
    load: async () => (await import('./host.js')).host,
  },
];

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: magtek-elements <command> [arguments]

Commands:
${rows.join('\n')}

magtek-elements <command> --help tells more about a command; --version prints the version.
`;
}

/**
 * Runs the command that the first argument names.
 * @returns The exit code: 0 done, 1 failed, 2 wrong arguments, 130 interrupted.
 */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(help());
    return exitCodes.ok;
  }
  if (name === '--version') {
    io.stdout.write(`${VERSION}\n`);
    return exitCodes.ok;
  }
  const row = commands.find((command) => command.name === name);
  if (row === undefined) {
    if (name !== undefined) io.stderr.write(`magtek-elements: there is no command “${name}”\n\n`);
    io.stderr.write(help());
    return exitCodes.usage;
  }
  return (await row.load())(rest, io);
}
