/**
 * Tells a person who waits how far a long input has been read: on a terminal in one line that is rewritten, elsewhere in a
 * line now and then. It stays silent where the output itself goes to the same terminal.
 */
import type { Output } from './command.js';

const STEP = { terminal: 1_000, elsewhere: 10_000 } as const;

export class Progress {
  private readonly output: Output;
  private readonly isTerminal: boolean;
  private readonly step: number;
  private shown = false;

  constructor(output: Output, { silent }: { readonly silent: boolean }) {
    this.output = output;
    this.isTerminal = output.isTTY === true;
    this.step = silent ? Infinity : this.isTerminal ? STEP.terminal : STEP.elsewhere;
  }

  /** To be called for each line that was read. */
  at(lines: number): void {
    if (lines % this.step !== 0) return;
    const text = `${lines.toLocaleString('en')} lines`;
    this.output.write(this.isTerminal ? `\r${text}` : `${text}\n`);
    this.shown = this.isTerminal;
  }

  /** Makes room for other text. */
  clear(): void {
    if (this.shown) this.output.write('\r\x1b[K');
    this.shown = false;
  }
}
