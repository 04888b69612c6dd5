/**
 * Checks that a line of a shell sample names what exists: scripts of npm, commands and options of `magtek-elements`, files of
 * this project. It runs `decode`, which only prints; it does not run what serves, tests or installs.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/run-script.js';

const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What npm has without a script. */
const OF_NPM = ['ci', 'install', 'pack'];
/** What npm runs by the name of the script alone. */
const SHORT = ['start', 'test'];

const run = (...args: string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, [path.join(root, 'dist/cli/bin.js'), ...args], { cwd: root });

/** What is wrong with a line; empty where all is well. */
export async function checkCommandLine(line: string): Promise<string[]> {
  const text = line.replace(/(^|\s)#.*$/, '').trim();
  const parts = text.split(/\s+(?:&&|\|)\s+/).filter((part) => part !== '');
  return (await Promise.all(parts.map(checkCommand))).flat();
}

async function checkCommand(command: string): Promise<string[]> {
  const words = command.split(/\s+/).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
  while (/^[A-Z_]+=/.test(words[0] ?? '')) words.shift();
  const [tool = '', first = '', ...rest] = words;
  if (tool === 'npm') return checkNpm(first, rest);
  if (tool === 'npx' && first === 'magtek-elements') return checkOwn(rest);
  if (tool === 'npx' && first === 'vitest') return checkFiles(rest.filter((word) => !/^(run|-u)$/.test(word)));
  if (tool === 'node') return checkFiles([first]);
  if (tool === 'git' || tool === 'cat') return [];
  return [`“${tool}” is not a command that is known here`];
}

function checkNpm(first: string, rest: readonly string[]): string[] {
  const name = first === 'run' ? (rest[0] ?? '') : first;
  if (first !== 'run' && OF_NPM.includes(first)) return [];
  if (first !== 'run' && !SHORT.includes(first)) return [`npm has no command “${first}”`];
  if (!(name in scripts)) return [`there is no script “${name}”`];
  const file = /^node (\S+\.mjs)|&& node (\S+\.mjs)/
    .exec(scripts[name] ?? '')
    ?.slice(1)
    .find(Boolean);
  const code = file === undefined ? '' : readFileSync(path.join(root, file), 'utf8');
  const words = rest.slice(first === 'run' ? 1 : 0).filter((word) => word !== '--');
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const steps = words.filter((_, at) => words[at - 1] === '--only');
  return [
    ...options.filter((option) => !code.includes(option)).map((option) => `${name} knows no option --${option}`),
    ...steps.filter((step) => !code.includes(`name: '${step}'`)).map((step) => `${name} has no step “${step}”`),
    ...checkFiles(words.filter((word) => word.startsWith('test/'))),
  ];
}

async function checkOwn([name = '', ...args]: readonly string[]): Promise<string[]> {
  if (name.startsWith('--')) return [];
  const { stdout } = await run('--help');
  if (!new RegExp(`^ {2}${name} `, 'm').test(stdout)) return [`magtek-elements has no command “${name}”`];
  const { stdout: help } = await run(name, '--help');
  const unknown = args.filter((arg) => arg.startsWith('--') && !new RegExp(`^ +${arg}\\b`, 'm').test(help));
  if (name === 'decode' && /^[0-9A-F]+$/.test(args[0] ?? '')) await run(name, ...args);
  return unknown.map((option) => `${name} knows no option ${option}`);
}

/** Files may be given by the beginning of their path. */
function checkFiles(files: readonly string[]): string[] {
  const isThere = (file: string): boolean => {
    const place = path.join(root, file);
    const folder = path.dirname(place);
    return (
      existsSync(place) ||
      (existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(path.basename(place))))
    );
  };
  return files.filter((file) => !isThere(file)).map((file) => `there is no ${file}`);
}
