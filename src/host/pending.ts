/**
 * Work that goes on when whoever asked for it has left: questions to a gateway, and answers that are still to be written.
 */
export class Pending {
  private readonly all = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    const done = (): void => void this.all.delete(work);
    this.all.add(work);
    work.then(done, done);
    return work;
  }

  /** Resolves when nothing is left, also of what was begun meanwhile. */
  async idle(): Promise<void> {
    while (this.all.size > 0) await Promise.allSettled(this.all);
  }
}
