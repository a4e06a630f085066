import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { checkFile } from './check-file.ts';
import { migrate } from './migrate.ts';
import { StoreError } from './store-error.ts';

/** Milliseconds to wait for another process that writes. */
const BUSY_MS = 5000;

/** One connection to the store's file: statements prepared once, transactions, nothing about jobs. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /** The prepared form of `sql`, which must be a constant of the code, never text of a user. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /**
   * Runs `body` in one transaction: durable when this returns, undone when `body` throws. Inside another transaction
   * it becomes part of that one.
   */
  transaction<T>(body: () => T): T {
    if (this.#depth > 0) return body();
    this.#connection.exec('BEGIN IMMEDIATE');
    this.#depth++;
    try {
      const result = body();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      // A failed COMMIT (disk full) may have rolled back by itself already.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth--;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }
}

/**
 * Opens (and makes, and brings up to date) the database at `path`; ":memory:" for one that is never kept.
 * WAL with synchronous=FULL: a commit that returned survives a power cut.
 *
 * @throws {StoreError} when the file cannot be read or was written by a newer release.
 */
export function openDatabase(path: string): Database {
  try {
    return new Database(connect(path));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`The store ${path} cannot be opened: ${String(error)}`, { cause: error });
  }
}

function connect(path: string): DatabaseSync {
  // The file holds access key secrets; SQLite gives its side files the same rights.
  if (path !== ':memory:') {
    checkFile(path);
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
  }
  // Tools write beside the server, for moments: it waits for them rather than refuse its callers.
  const connection = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    prepare(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

function prepare(connection: DatabaseSync): void {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA foreign_keys = ON');
  // The -wal file is folded back every 1,000 pages by default; larger keeps that off the hot path.
  connection.exec('PRAGMA wal_autocheckpoint = 4000');
  connection.exec('PRAGMA cache_size = -16000');
  migrate(connection);
}
