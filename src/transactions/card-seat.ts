/**
 * The card in the slot of the reader: one that has had its sale is taken out before the next one starts, or it would be charged
 * again [vendor samples]. Only a reader that has reported cards while idle is waited for: others say nothing when the card goes.
 */
import { ReaderError } from '../connection/reader-error.js';
import type { CardDetail } from './card.js';

export class CardSeat {
  private isSeated = false;
  /** The card in the slot has had its sale. */
  private isUsed = false;
  /** The reader reports what happens in its slot between sales (property 1.2.7.1.2.1). */
  private isWatched = false;
  private readonly waiting = new Set<() => void>();

  /** Whether a start would wait now. */
  get isBlocked(): boolean {
    return this.isUsed && this.isWatched;
  }

  card({ via, action, during }: CardDetail): void {
    if (via !== 'contact') return;
    if (during === 'idle') this.isWatched = true;
    this.isSeated = action !== 'removed';
    // One that comes is another one, also where the removal was not heard.
    if (!this.isSeated || action === 'inserted') this.free();
  }

  /** A sale is over. */
  saleEnded(): void {
    this.isUsed = this.isSeated;
  }

  /** Nothing is known any more, as after a lost connection. */
  forget(): void {
    this.isSeated = false;
    this.isWatched = false;
    this.free();
  }

  /** Calls `start` at once, or when the card has been taken out. @throws {ReaderError} `aborted`. */
  async whenFree<Result>(signal: AbortSignal, start: () => Promise<Result>): Promise<Result> {
    if (this.isBlocked && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
    }
    if (signal.aborted) throw new ReaderError('aborted', { cause: signal.reason });
    return start();
  }

  private free(): void {
    this.isUsed = false;
    for (const go of this.waiting) go();
    this.waiting.clear();
  }
}
