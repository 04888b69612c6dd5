/**
 * The rules of the layers hold for `src`, nothing imports in a circle, and each kind of wrong arrow is found.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { root } from './scripts/run-script.js';

const run = promisify(execFile);

/** A copy of the sources, so that a wrong module disturbs nobody. */
const copy = mkdtempSync(path.join(tmpdir(), 'magtek-elements-layers-'));
for (const name of ['src', 'scripts/lib/layers.mjs', '.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
  cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
}
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'dir');
afterAll(() => {
  rmSync(copy, { recursive: true });
});

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

async function violations(): Promise<Violation[]> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  // It ends with the number of violations.
  const { stdout } = await run(process.execPath, args, { cwd: copy, maxBuffer: 1e9 }).catch(
    (error: unknown) => error as { stdout: string },
  );
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** A module, what it says, and the rule that it breaks. */
const wrong: [path: string, text: string, rule: string][] = [
  ['mms/wrong-a.ts', `import type { ReaderClient } from '../client/reader-client.js';`, 'mms-rests-on-its-layers'],
  ['mms/wrong-b.ts', `import { LitElement } from 'lit';`, 'mms-packages'],
  ['transports/wrong.ts', `import { decodeMessage } from '../mms/decode.js';`, 'transports-rests-on-its-layers'],
  [
    'connection/wrong.ts',
    `import { HidTransport } from '../transports/web-socket.js';`,
    'connection-rests-on-its-layers',
  ],
  ['client/wrong-a.ts', `export * from '../client.js';`, 'layers-do-not-import-entries'],
  ['client/wrong-b.ts', `import type { A } from '../page/tab-lock.js';`, 'client-rests-on-its-layers'],
  ['bridge/wrong.ts', `import { ReaderClient } from '../client/reader-client.js';`, 'bridge-rests-on-its-layers'],
  [
    'page/wrong.ts',
    `import { HidTransport } from '../transports/hid.js';`,
    'loaded-on-demand-transports-hid-ble-serial',
  ],
  ['simulator/wrong.ts', `import 'node:fs';`, 'simulator-runs-without-node'],
  ['events/wrong.ts', `import '../elements/log/define.js';`, 'events-rests-on-its-layers'],
  ['elements/log/wrong-a.ts', `export const a = () => import('../../simulator/index.js');`, 'elements-to-simulator'],
  ['elements/log/wrong-b.ts', `import { b } from '../../transports/web-socket.js';`, 'elements-to-transports'],
  ['elements/log/wrong-c.ts', `import '../simulator/define.js';`, 'reserved-elements-simulator'],
  ['elements/log/wrong-d.ts', `import { c } from '../../cli/main.js';`, 'reserved-cli'],
  ['wrong.ts', `import './elements/nowhere.js';`, 'every-import-resolves'],
];

test('no module breaks a rule of its layer, and nothing imports in a circle', async () => {
  expect(await violations()).toEqual([]);
}, 60_000);

test('a wrong arrow of each kind is found, types included', async () => {
  for (const [file, text] of wrong) writeFileSync(path.join(copy, 'src', file), `${text}\n`);
  writeFileSync(
    path.join(copy, 'src/mms/circle-a.ts'),
    `import type { B } from './circle-b.js';\nexport type A = B;\n`,
  );
  writeFileSync(
    path.join(copy, 'src/mms/circle-b.ts'),
    `import type { A } from './circle-a.js';\nexport type B = A;\n`,
  );
  const found = (await violations()).map(({ from, rule }) => `${from}: ${rule.name}`);
  for (const [file, , rule] of wrong) expect(found).toContain(`src/${file}: ${rule}`);
  expect(found).toContain('src/mms/circle-a.ts: no-circle');
}, 60_000);
