/**
 * Starts something when a card is presented to an idle reader: once a card, although a card on its way into the slot is often
 * seen by the contactless reader first. The reader must have been told to report such events (property 1.2.7.1.2.1) [MG p235].
 * It does not know sales, only how to start one and whether one runs.
 */
import { wordsOf } from '../mms/commands/accept.js';
import { isTimeLimit } from '../connection/time-limit.js';
import type { CardDetail } from './card.js';
import type { Environment, TimerHandle } from '../connection/environment.js';

/** Ways of presenting a card that start something. */
export type AutoStartWay = 'insert' | 'tap' | 'swipe';

export interface AutoStartOptions {
  /** The ways that start, as a list or as text with spaces or commas between. */
  readonly on: string | readonly AutoStartWay[];
  /** Starts the sale. What it throws, or rejects with, is told as an error event. */
  readonly start: () => unknown;
  /** Seconds that a tap waits for an insert, where both start. Default 0.5. */
  readonly tapDelay?: number;
}

export interface AutoStartDependencies {
  readonly environment: Environment;
  readonly isBusy: () => boolean;
  readonly failed: (cause: unknown) => void;
}

const DEFAULT_TAP_DELAY = 0.5;

const ways: readonly string[] = ['insert', 'tap', 'swipe'] satisfies readonly AutoStartWay[];

/**
 * The ways that are meant; none starts nothing.
 * @throws {RangeError} for a way that does not exist.
 */
export function autoStartWays(on: string | readonly AutoStartWay[]): ReadonlySet<string> {
  const words: readonly string[] = typeof on === 'string' ? wordsOf(on) : on;
  const unknown = words.find((word) => !ways.includes(word));
  if (unknown !== undefined) throw new RangeError(`“${unknown}” starts nothing: there are ${ways.join(', ')}`);
  return new Set(words);
}

export class AutoStart {
  private readonly on: ReadonlySet<string>;
  private readonly start: () => unknown;
  private readonly tapDelay: number;
  private readonly dependencies: AutoStartDependencies;
  private timer: TimerHandle;
  private isStarting = false;

  /** @throws {RangeError} for a way that does not exist, or a delay that is not a time. */
  constructor({ on, start, tapDelay = DEFAULT_TAP_DELAY }: AutoStartOptions, dependencies: AutoStartDependencies) {
    this.on = autoStartWays(on);
    if (tapDelay !== 0 && !isTimeLimit(tapDelay))
      throw new RangeError('tapDelay must be a number of seconds, 0 or more');
    this.start = start;
    this.tapDelay = tapDelay;
    this.dependencies = dependencies;
  }

  /** A card event of the reader. */
  card({ via, action, during }: CardDetail): void {
    if (during !== 'idle' || this.isStarting || this.dependencies.isBusy()) return;
    if (via === 'contact' && action === 'inserted' && this.on.has('insert')) this.begin();
    else if (via === 'swipe' && action === 'swiped' && this.on.has('swipe')) this.begin();
    else if (via === 'contactless' && action === 'presented' && this.on.has('tap')) this.tapped();
  }

  /** Forgets a tap that waits. */
  stop(): void {
    this.dependencies.environment.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tapped(): void {
    if (!this.on.has('insert')) return this.begin();
    // Further taps are of the same card, which moves in the field.
    this.timer ??= this.dependencies.environment.setTimeout(() => {
      this.timer = undefined;
      if (!this.dependencies.isBusy()) this.begin();
    }, this.tapDelay * 1000);
  }

  private begin(): void {
    this.stop();
    this.isStarting = true;
    let started: unknown;
    try {
      started = this.start();
    } catch (cause) {
      this.isStarting = false;
      this.dependencies.failed(cause);
      return;
    }
    Promise.resolve(started)
      .catch(this.dependencies.failed)
      .finally(() => {
        this.isStarting = false;
      });
  }
}
