/** The type of a command of `npx magtek-elements`, and of the streams and signals that it gets. */
import type { Readable, Writable } from 'node:stream';

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
