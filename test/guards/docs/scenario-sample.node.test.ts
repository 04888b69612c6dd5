/** The command of `docs/testing.md` plays the scenario file that stands beside it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { root } from '../scripts/run-script.js';
import { seed } from '../../unit/simulator/bench.js';
import { samplesOf } from './fences.js';

const samples = samplesOf('docs/testing.md');
const textOf = (wanted: string): string => samples.find(({ language }) => language === wanted)?.text ?? '';

test('the command plays the scenario file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'magtek-guide-'));
  await writeFile(path.join(folder, 'sale.json'), textOf('json'));
  const [npx, name, ...args] = textOf('sh').trim().split(' ');
  expect([npx, name]).toEqual(['npx', 'magtek-elements']);
  // The port of the guide may be taken here.
  const free = args.map((arg, at) => (args[at - 1] === '--port' ? '0' : arg));
  const command = spawn(process.execPath, [path.join(root, 'dist/cli/bin.js'), ...free], { cwd: folder });
  let output = '';
  const started = new Promise<void>((resolve, reject) => {
    command.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ctrl+C')) resolve();
    });
    command.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    command.on('exit', () => {
      reject(new Error(output));
    });
  });
  try {
    await started;
    const socket = new WebSocket(/ws:\S+/.exec(output)?.[0] ?? '');
    await once(socket, 'open');
    socket.send(seed('Start EMV'));
    await expect.poll(() => output, { timeout: 10_000 }).toContain('scenario: insert');
    socket.close();
  } finally {
    command.kill('SIGINT');
    await once(command, 'exit');
    await rm(folder, { recursive: true });
  }
});
