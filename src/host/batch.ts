/**
 * Statements of many requests as one: while the database works on a batch, what is asked for meanwhile is collected into the
 * next one. A batch that lost a deadlock has changed nothing, and is tried again.
 */

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (error: unknown) => void;
}

/** Items of the largest batch. */
const MOST = 500;
/** SQLSTATE: deadlock detected, serialization failure. */
const retryable = ['40P01', '40001'];
const RETRIES = 5;

export class Batch<I, O> {
  private readonly carryOut: (items: readonly I[]) => Promise<readonly O[]>;
  private waiting: Waiting<I, O>[] = [];
  private isRunning = false;

  /** @param carryOut answers each item, in their order. */
  constructor(carryOut: (items: readonly I[]) => Promise<readonly O[]>) {
    this.carryOut = carryOut;
  }

  add(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isRunning) return;
      this.isRunning = true;
      setImmediate(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, MOST);
      try {
        const values = await this.attempt(group.map(({ item }) => item));
        group.forEach(({ resolve }, at) => resolve(values[at] as O));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.isRunning = false;
  }

  private async attempt(items: readonly I[]): Promise<readonly O[]> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.carryOut(items);
      } catch (error) {
        if (retry === RETRIES || !retryable.includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }
}
