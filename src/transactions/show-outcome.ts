/**
 * Shows the host's decision on the reader for some seconds. Readers refuse to start a sale meanwhile [DP 1803], so the next one
 * waits, and never longer than the connection lasts.
 */
import { displayMessage } from '../mms/commands/display-message.js';
import type { MmsRequest, MmsResponse } from '../mms/message.js';
import type { Environment, TimerHandle } from '../connection/environment.js';
import { ReaderError } from '../connection/reader-error.js';
import type { Outcome } from './outcome.js';

/** Seconds for which the reader shows the host's decision. */
const SHOW_OUTCOME = 5;
/** Seconds by which the reader may be late with the end of that [D]. */
const SHOW_TOLERANCE = 0.3;
/** Texts of the reader (tables/display-strings) [SDK, PJ]. */
const texts = { approved: 0x03, declined: 0x07 } as const;

export class OutcomeDisplay {
  private readonly environment: Environment;
  private readonly send: (request: MmsRequest) => Promise<MmsResponse>;
  /** Those who wait until nothing is shown; undefined while nothing is. */
  private waiting: Set<() => void> | undefined;
  private timer: TimerHandle;

  constructor(environment: Environment, send: (request: MmsRequest) => Promise<MmsResponse>) {
    this.environment = environment;
    this.send = send;
  }

  /** A reader without a display refuses; the journal has it, and the sale is over in any case. */
  show(outcome: Outcome): void {
    if (outcome !== 'approved' && outcome !== 'declined') return;
    const waiting = new Set<() => void>();
    this.waiting = waiting;
    const over = (): void => {
      if (this.waiting === waiting) this.end();
    };
    this.send(displayMessage({ message: texts[outcome], timeout: SHOW_OUTCOME })).then(({ status }) => {
      if (this.waiting !== waiting) return;
      if (status.running) this.timer = this.environment.setTimeout(over, (SHOW_OUTCOME + SHOW_TOLERANCE) * 1000);
      else over();
    }, over);
  }

  /** Nothing is shown any more, as after a lost connection. */
  end(): void {
    this.environment.clearTimeout(this.timer);
    const { waiting } = this;
    this.waiting = undefined;
    for (const go of waiting ?? []) go();
  }

  /** Calls `start` at once, or when nothing is shown any more. */
  async whenOver<Result>(signal: AbortSignal, start: () => Promise<Result>): Promise<Result> {
    const { waiting } = this;
    if (!waiting) return start();
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
    if (signal.aborted) throw new ReaderError('aborted', { cause: signal.reason });
    return start();
  }
}
