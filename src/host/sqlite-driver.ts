/**
 * Finds a SQLite for this process: `libsql`, whose binary is in its npm package, else the one that Node brings (22.5 and newer).
 */
import { createRequire } from 'node:module';

/** What the ledger uses of either library. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

export interface SqliteStatement {
  run(...values: readonly unknown[]): { readonly changes: number | bigint };
  get(...values: readonly unknown[]): unknown;
  all(...values: readonly unknown[]): unknown[];
}

type Opener = new (file: string) => SqliteDatabase;

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'MODULE_NOT_FOUND';

function findLibrary(): Opener {
  const require = createRequire(import.meta.url);
  try {
    return require('libsql') as Opener;
  } catch (error) {
    // Installed without its binary is another mistake, whose own words say more.
    if (!isMissing(error)) throw error;
  }
  // Not imported: bundlers and older versions of Node do not know it.
  const builtin = process.getBuiltinModule('node:sqlite') as { DatabaseSync: Opener } | undefined;
  if (builtin) return builtin.DatabaseSync;
  throw new Error('sqliteLedger needs a SQLite: run “npm install libsql”, or use Node 22.5 or newer.');
}

/**
 * Opens a database file, which is made where there is none.
 * @throws {Error} that says what to install where there is no SQLite, and why the file cannot be opened.
 */
export function openSqlite(file: string): SqliteDatabase {
  const Library = findLibrary();
  try {
    return new Library(file);
  } catch (cause) {
    throw new Error(`The ledger ${file} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}
