/** Types of `private-process.mjs`. */

export interface PrivateProgram {
  /** For messages. */
  readonly name: string;
  /** What ends it when this process ends. Default `SIGKILL`, which leaves workers of its own. */
  readonly parting?: NodeJS.Signals;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether a line of its output says that it can be used. */
  readonly isReady: (line: string) => boolean;
  /** Milliseconds until it must be ready. Default one minute. */
  readonly patience?: number;
}

export interface PrivateProcess {
  /** Resolves when it can be used. */
  start(): Promise<void>;
  /** Ends it; `hard` without a word to anybody. */
  stop(options?: { readonly hard?: boolean }): Promise<void>;
  /** What it has said, a line an entry. */
  log(): readonly string[];
  pid(): number | undefined;
  /** Connections stay and nothing travels any more. */
  freeze(): void;
  thaw(): void;
}

export function privateProcess(program: PrivateProgram): PrivateProcess;
export function freeLoopbackPorts(count: number): Promise<number[]>;
export function withOtherPorts<T>(start: () => Promise<T>): Promise<T>;
