/**
 * The entry points of the built package: each is there, imports in plain Node, exports what it should and adds no
 * globals. It looks at what `npm run build` made.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const { exports: entries } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default?: string }>;
};

/** Neither data, nor types alone, nor the file for browsers. */
const isModule = (entry: string): boolean => {
  const files = entries[entry];
  return typeof files === 'object' && files.default?.startsWith('./dist/') === true;
};
const modules = Object.keys(entries).filter(isModule);
const elementEntries = modules.filter((entry) => entry.startsWith('./elements/'));
/** Elements that pages take money without: the simulator's face, and the set-up. */
const apart: ReadonlySet<string> = new Set(['simulator', 'setup', 'receipt', 'updater']);
/** The elements that `magtek-elements` has, which is all but those. */
const elements = elementEntries.map((entry) => entry.slice('./elements/'.length)).filter((name) => !apart.has(name));

/** `command-panel` is `MagtekCommandPanel`. */
const classOf = (name: string): string =>
  `Magtek${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** What others rely on; an entry may export more. */
const names: Record<string, readonly string[]> = {
  '.': elements.map(classOf),
  './classes': elements.map(classOf),
  './client': ['ReaderClient', 'ReaderError', 'WebSocketTransport'],
  './mms': [
    'MmsError',
    'commands',
    'decodeMessage',
    'decodeTlv',
    'describe',
    'encodeMessage',
    'encodeTlv',
    'findTlv',
    'parseHex',
    'redact',
    'toHex',
  ],
  './transports/hid': ['HidTransport'],
  './transports/serial': ['SerialTransport'],
  './transports/ble': ['BleTransport'],
  './transports/mqtt': ['MqttTransport'],
  './host': [
    'createPaymentHost',
    'mppgGateway',
    'postgresLedger',
    'sqliteLedger',
    'testGateway',
    'toNodeHandler',
    'unigateGateway',
  ],
  './simulator': ['SimulatedReader', 'SimulatedTransport'],
  './simulator/node': ['serveSimulatedReader'],
  ...Object.fromEntries(elementEntries.map((entry) => [entry, [classOf(entry.slice('./elements/'.length))]])),
};

interface Imported {
  /** What the entry exports. */
  readonly names: readonly string[];
  /** The globals that were not there before. */
  readonly globals: readonly string[];
  /** The tags that are registered. */
  readonly tags: readonly string[];
}

/** Imports modules in a process of their own, which has nothing but Node, and tells about the last one. */
async function importInNode(...specifiers: string[]): Promise<Imported> {
  const script = `
    const before = new Set(Reflect.ownKeys(globalThis));
    let module;
    for (const specifier of ${JSON.stringify(specifiers)}) module = await import(specifier);
    const globals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key));
    const tags = ${JSON.stringify(elements)}.map((name) => 'magtek-' + name);
    console.log(JSON.stringify({
      names: Object.keys(module),
      globals: globals.map(String),
      tags: tags.filter((tag) => globalThis.customElements?.get(tag) !== undefined),
    }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  return JSON.parse(stdout) as Imported;
}

const specifierOf = (entry: string): string => `magtek-elements${entry.slice(1)}`;

beforeAll(() => {
  if (!existsSync(path.join(root, 'dist'))) throw new Error('there is no dist: run “npm run build” first');
});

describe('files', () => {
  const files = Object.values(entries).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  test.each(files)('%s is there', (file) => {
    expect(existsSync(path.join(root, file))).toBe(true);
  });
});

test('every entry has a list of names', () => {
  expect(Object.keys(names).sort()).toEqual([...modules].sort());
});

describe.concurrent('entries in plain Node', () => {
  test.for(modules)('%s exports what it should', async (entry, { expect: expected }) => {
    const imported = await importInNode(specifierOf(entry));
    expected(imported.names).toEqual(expected.arrayContaining([...(names[entry] ?? [])]));
  });

  test.for([
    './mms',
    './client',
    './transports/hid',
    './transports/serial',
    './transports/ble',
    './transports/mqtt',
    './simulator',
    './simulator/node',
    './host',
  ])('%s adds no global', async (entry, { expect: expected }) => {
    expected((await importInNode(specifierOf(entry))).globals).toEqual([]);
  });

  test('entries with elements add nothing to what Lit adds', async ({ expect: expected }) => {
    const [lit, all] = await Promise.all([
      importInNode('lit', '@lit/context'),
      importInNode(...['.', './classes', ...elementEntries].map(specifierOf)),
    ]);
    expected(all.globals.filter((name) => !lit.globals.includes(name))).toEqual([]);
  });

  test('the whole package registers every element, an element’s entry that one, the classes none', async ({
    expect: expected,
  }) => {
    const tags = elements.map((name) => `magtek-${name}`);
    expected((await importInNode('magtek-elements')).tags).toEqual(tags);
    expected((await importInNode('magtek-elements/elements/status')).tags).toEqual(['magtek-status']);
    expected((await importInNode('magtek-elements/classes')).tags).toEqual([]);
  });
});

test('the whole package exports every event class', async () => {
  const folder = path.join(root, 'dist/events');
  const classes = readdirSync(folder)
    .filter((file) => file.endsWith('.d.ts'))
    .flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^export declare class (\w+)/gm)])
    .map(([, name]) => name);
  expect(classes).not.toEqual([]);
  expect((await importInNode('magtek-elements')).names).toEqual(expect.arrayContaining(classes));
});
