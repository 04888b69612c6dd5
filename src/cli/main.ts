/**
 * The dispatcher of `npx magtek-elements <command>`. Each command is a module, loaded when it is asked for.
 * It does not know what commands do.
 */
import { createRequire } from 'node:module';
import { VERSION } from '../version.js';
import { exitCodes, type Command, type CommandIo } from './command.js';

interface Row {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
  /** Packages that it needs with these arguments and that do not come with this one: pages need none of them. */
  readonly packages?: (args: readonly string[]) => readonly string[];
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
    packages: (args) => [
      'ws',
      ...(has(args, '--tls') ? ['selfsigned'] : []),
      ...(has(args, '--broker') ? ['mqtt'] : []),
    ],
  },
  {
    name: 'bridge',
    summary: 'publishes a reader at an MQTT broker',
    load: async () => (await import('./bridge.js')).bridge,
    packages: () => ['ws', 'mqtt'],
  },
  {
    name: 'fleet',
    summary: 'properties of many readers at a broker; takes those that are gone for good out of its lists',
    load: async () => (await import('./fleet.js')).fleet,
    packages: () => ['mqtt'],
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

magtek-elements <command> --help describes a command; --version prints the version.
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
  const missing = (row.packages?.(rest) ?? []).filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    const names = missing.join(' ');
    const npx = ['npx', 'magtek-elements', ...missing].join(' --package ');
    io.stderr.write(
      `magtek-elements ${row.name} needs ${missing.join(' and ')}: npm install ${names}, or ${npx} magtek-elements ${row.name}\n`,
    );
    return exitCodes.failed;
  }
  return (await row.load())(rest, io);
}

/** Whether an option is given, in one of its two ways. */
const has = (args: readonly string[], option: string): boolean =>
  args.some((argument) => argument === option || argument.startsWith(`${option}=`));

const here = createRequire(import.meta.url);

function isInstalled(name: string): boolean {
  try {
    here.resolve(name);
    return true;
  } catch {
    return false;
  }
}
