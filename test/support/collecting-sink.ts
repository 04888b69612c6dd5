/** A sink that keeps what a transport delivers. */
import type { CloseReason, TransportSink } from '../../src/transports/transport.js';
import { toHex } from '../../src/mms/hex.js';

export class CollectingSink implements TransportSink {
  readonly messages: string[] = [];
  readonly noises: (string | Uint8Array)[] = [];
  readonly closes: CloseReason[] = [];
  private readonly waiting = new Set<() => void>();

  message(bytes: Uint8Array): void {
    this.messages.push(toHex(bytes));
    this.changed();
  }

  noise(data: string | Uint8Array): void {
    this.noises.push(data);
    this.changed();
  }

  close(reason: CloseReason): void {
    this.closes.push(reason);
    this.changed();
  }

  /** Resolves as soon as the condition holds. */
  until(condition: (sink: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition(this)) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  private changed(): void {
    for (const check of [...this.waiting]) check();
  }
}
