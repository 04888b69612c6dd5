#!/usr/bin/env node
/**
 * The executable: joins the dispatcher to this process.
 * It does not know which commands there are.
 */
import { exitCodes } from './command.js';
import { main } from './main.js';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second time: the person does not want to wait for an orderly end.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  });
}

// Whoever read the output has seen enough, as in `magtek-elements decode log.txt | head`. A host in a sale ends in order then, too.
let unheard: number | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  unheard ??= error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed;
  interruption.abort();
});

const { stdin, stdout, stderr } = process;
const code = await main(process.argv.slice(2), { stdin, stdout, stderr, signal: interruption.signal });
process.exitCode = unheard ?? code;
