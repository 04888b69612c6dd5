/**
 * Writes of many requests in one transaction: what is asked for in one turn of the event loop is committed together, so that
 * the disk is waited for once. Each caller is answered after the commit, when its write would survive a crash.
 */
import type { SqliteDatabase } from './sqlite-driver.js';

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Milliseconds between two attempts while another process writes, and how long it may keep us waiting. */
const PAUSE = 10;
const PATIENCE = 10_000;

export class GroupCommit {
  private readonly database: SqliteDatabase;
  private waiting: Waiting[] = [];

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  /** Runs work on the database in the next transaction; resolves to its value once that is committed. */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (this.waiting.length === 1) setImmediate(() => void this.commit());
    });
  }

  private async commit(): Promise<void> {
    try {
      await this.begin();
    } catch (error) {
      for (const { reject } of this.waiting.splice(0)) reject(error);
      return;
    }
    const group = this.waiting.splice(0);
    try {
      const values = group.map(({ work }) => work());
      this.database.exec('COMMIT');
      group.forEach(({ resolve }, at) => resolve(values[at]));
    } catch (error) {
      // Of work that is half done nothing may stay, and what made one fail (a full disk) makes all fail.
      this.undo();
      for (const { reject } of group) reject(error);
    }
  }

  /** Another process may be writing: it is waited for without keeping this one from its other work. */
  private async begin(): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      try {
        this.database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  private undo(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself.
    }
  }
}

const isBusy = (error: unknown): boolean => /busy|locked/i.test((error as Error).message);
