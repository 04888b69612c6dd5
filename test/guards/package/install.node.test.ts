/**
 * The result of `npm install magtek-elements`: few packages, little of it, all that a page needs; and the command line, which says
 * what else it needs. The folder of an installation is put together here from the packages of this project, without a registry.
 * It looks at what `npm run build` made.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../support/pages.js';

/** The most packages, this one among them, and bytes. */
const PACKAGES = 8;
const BYTES = 9_900_000;

type Packages = Readonly<Record<string, object>>;

interface InstalledPlaces {
  installedPlaces(names: readonly string[], packages: Packages): string[];
}

interface Failure {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-install-'));
const place = path.join(folder, 'node_modules/magtek-elements');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const { installedPlaces } = (await import(path.join(root, 'tools/installed-places.mjs'))) as InstalledPlaces;
/** What is installed beside this package, as places. */
const beside = installedPlaces(
  Object.keys((read('package.json') as { dependencies: object }).dependencies),
  (read('package-lock.json') as { packages: Packages }).packages,
);

beforeAll(() => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
  ) as { files: { path: string }[] }[];
  for (const { path: file } of packed?.files ?? []) cpSync(path.join(root, file), path.join(place, file));
  for (const name of beside) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    symlinkSync(path.join(root, name), path.join(folder, name), 'junction');
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bytesOf = (directory: string): number =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);

const node = (...args: readonly string[]): Promise<Failure> =>
  promisify(execFile)(process.execPath, args, { cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => error as Failure,
  );

const cli = (...args: readonly string[]): Promise<Failure> => node(path.join(place, 'dist/cli/bin.js'), ...args);

test('few packages come, and little of it', () => {
  expect(beside.length + 1, beside.join(' ')).toBeLessThanOrEqual(PACKAGES);
  const bytes = bytesOf(place) + beside.reduce((sum, name) => sum + bytesOf(path.join(root, name)), 0);
  expect(bytes).toBeLessThanOrEqual(BYTES);
});

test.each([
  ['simulate', [], 'ws'],
  ['simulate', ['--tls'], 'ws selfsigned'],
  ['simulate', ['--fleet', '2', '--broker=mqtt://127.0.0.1'], 'ws mqtt'],
  ['bridge', [], 'ws mqtt'],
  ['fleet', [], 'mqtt'],
])('%s %j says in a line what to add', async (command, args, packages) => {
  const { code, stdout, stderr } = await cli(command, ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  const npx = ['magtek-elements', ...packages.split(' ')].map((name) => ` --package ${name}`).join('');
  expect(stderr).toBe(
    `magtek-elements ${command} needs ${packages.replaceAll(' ', ' and ')}: npm install ${packages}, or npx${npx} magtek-elements ${command}\n`,
  );
});

test('what comes with it asks for nothing in the way of AMD, which Turbopack follows', () => {
  const vendor = path.join(place, 'dist/vendor');
  const asking = readdirSync(vendor)
    .filter((name) => name.endsWith('.js'))
    .filter((name) => /\bdefine\s*\(|\bdefine\.amd\b/.test(readFileSync(path.join(vendor, name), 'utf8')));
  expect(asking).toEqual([]);
});

test('what needs nothing else works', async () => {
  expect((await cli('--version')).stdout).toMatch(/^\d/);
  const { code, stdout } = await cli('decode', 'AA0081040100100184021001');
  expect({ code, isDecoded: stdout.includes('1001') }).toEqual({ code: 0, isDecoded: true });
});

test('a page’s modules are all there, with the simulated reader and its encryption', async () => {
  const { code, stdout, stderr } = await node(
    '--input-type=module',
    '--eval',
    `import 'magtek-elements/client';
     import { MqttTransport } from 'magtek-elements/transports/mqtt';
     import { SimulatedReader, parseScenario, dukptEncryption, aesDukptEncryption } from 'magtek-elements/simulator';
     new SimulatedReader().close();
     const sink = { message() {}, noise() {}, close() {} };
     const transport = new MqttTransport('mqtt://127.0.0.1:1', { device: 'MagTek/Shop/DynaFlexIIPED/B571AF2' });
     await transport.open(sink).catch((error) => {
       for (let cause = error; cause; cause = cause.cause) console.log(cause.message);
     });`,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  // Brokers are reached from Node with the whole library.
  expect(stdout).toContain('npm install mqtt');
});

test('what is in it of others has its licence beside it', () => {
  const licences = readFileSync(path.join(place, 'dist/vendor/LICENSES.txt'), 'utf8');
  for (const name of ['mqtt 5', '@humanwhocodes/momoa 3', '@noble/hashes 2', '@noble/ciphers 2', 'des.js 1']) {
    expect(licences).toContain(name);
  }
});
