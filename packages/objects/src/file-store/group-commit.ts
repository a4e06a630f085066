import type { DatabaseSync } from 'node:sqlite';

interface Waiting {
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/**
 * Runs pieces of work in transactions. What is asked for in one turn of the event loop shares one commit, hence one
 * fsync: sixteen writers cost the disk as much as one. A piece that throws takes back its own changes only.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  #waiting: Waiting[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Resolves with what `work` returns once that is on the disk; `work` must be synchronous. */
  async run<T>(work: () => T): Promise<T> {
    let result: { value: T } | undefined;
    await new Promise((resolve, reject) => {
      this.#waiting.push({ work: () => (result = { value: work() }), resolve, reject });
      if (this.#waiting.length === 1) {
        setImmediate(() => this.#flush());
      }
    });
    if (result === undefined) {
      throw new Error('a transaction was confirmed without having run');
    }
    return result.value;
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const done: Waiting[] = [];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const waiting of batch) {
        if (this.#try(waiting)) {
          done.push(waiting);
        }
      }
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      for (const waiting of batch) {
        waiting.reject(error);
      }
      return;
    }
    for (const waiting of done) {
      waiting.resolve(undefined);
    }
  }

  #try(waiting: Waiting): boolean {
    this.#db.exec('SAVEPOINT piece');
    try {
      waiting.work();
      this.#db.exec('RELEASE piece');
      return true;
    } catch (error) {
      if (!this.#db.isTransaction) {
        // A full disk makes SQLite take back the whole transaction, the other pieces with it.
        throw error;
      }
      this.#db.exec('ROLLBACK TO piece; RELEASE piece');
      waiting.reject(error);
      return false;
    }
  }

  #rollBack(): void {
    if (this.#db.isTransaction) {
      this.#db.exec('ROLLBACK');
    }
  }
}
