/** Types of `postgres.mjs` for tests. */

export interface PostgresServer {
  /** For a pool of `pg`. */
  readonly config: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  readonly url: string;
  /** Ends it and removes what it kept. */
  close(): Promise<void>;
}

/** Why there is no server; undefined where there is one. */
export function whyNoPostgres(): string | undefined;

export function startPostgres(): Promise<PostgresServer>;
