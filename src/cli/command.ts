/** The type of a command of `npx magtek-elements`, of the streams and signals that it gets, and how its help and errors are printed. */
import type { Readable, Writable } from 'node:stream';
import { UsageError } from './arguments.js';

/** Where output goes; a terminal says so by `isTTY`. */
export type Output = Writable & { readonly isTTY?: boolean };

/** What a command may touch: given, so that tests run commands without a process. */
export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted when the person interrupts: the command ends what it has begun and resolves. */
  readonly signal: AbortSignal;
}

/** Runs a command; resolves to the exit code of the process. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** Exit codes, as is usual in shells. */
export const exitCodes = {
  ok: 0,
  /** It could not be done, or not for all of the input. */
  failed: 1,
  /** The arguments were wrong. */
  usage: 2,
  /** Interrupted by the person. */
  interrupted: 130,
} as const;

/**
 * A command with options.
 * @param work Resolves with an exit code, or with `help` where that is asked for. What it throws is printed, with the help where the
 * arguments were wrong.
 * @param explain What is printed of an error.
 */
export const withHelp =
  (
    name: string,
    help: string,
    work: (args: readonly string[], io: CommandIo) => Promise<number | 'help'>,
    explain = (error: Error): string => error.message,
  ): Command =>
  async (args, io) => {
    try {
      const code = await work(args, io);
      if (code !== 'help') return code;
      io.stdout.write(`${help}\n`);
      return exitCodes.ok;
    } catch (error) {
      io.stderr.write(`magtek-elements ${name}: ${explain(error as Error)}\n`);
      if (!(error instanceof UsageError)) return exitCodes.failed;
      io.stderr.write(`\n${help}\n`);
      return exitCodes.usage;
    }
  };
