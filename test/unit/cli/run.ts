/** Runs a command line in this process, with text for standard input, and collects what it writes. */
import { PassThrough, Readable, Writable } from 'node:stream';
import { main } from '../../../src/cli/main.js';
import type { CommandIo, Output } from '../../../src/cli/command.js';

export interface RunOptions {
  /** Chunks of standard input. */
  readonly input?: Iterable<string | Uint8Array>;
  readonly isTTY?: { readonly stdout?: boolean; readonly stderr?: boolean };
  readonly signal?: AbortSignal;
  readonly stdin?: Readable;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function collector(isTTY: boolean): { output: Output; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: 64,
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      // Later, so that commands have to wait for the drain.
      setImmediate(done);
    },
  });
  return { output: Object.assign(stream, { isTTY }), text: () => Buffer.concat(chunks).toString() };
}

export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = [], isTTY = {}, signal = new AbortController().signal } = options;
  const stdout = collector(isTTY.stdout ?? false);
  const stderr = collector(isTTY.stderr ?? false);
  const stdin = options.stdin ?? Readable.from(input, { objectMode: false }).pipe(new PassThrough());
  const io: CommandIo = { stdin, stdout: stdout.output, stderr: stderr.output, signal };
  const code = await main(args, io);
  await Promise.all([stdout, stderr].map(({ output }) => new Promise<void>((done) => output.end(done))));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
