import { type Database, openDatabase } from './database.ts';
import * as operations from './operations.ts';

type Bound<T> = {
  [K in keyof T]: T[K] extends (db: Database, ...args: infer A) => infer R ? (...args: A) => R : never;
};

/**
 * Everything that is kept, in one SQLite file. Calls are synchronous; each is a transaction of its own unless it
 * happens inside `transaction`.
 */
export interface Store extends Bound<typeof operations> {
  /** Runs `body` in one durable transaction; undone when `body` throws. */
  transaction<T>(body: () => T): T;
  close(): void;
}

/**
 * Opens the store at `path` (":memory:" for one that is never kept), making or updating it when needed.
 *
 * @throws {StoreError} when the file cannot be used.
 */
export function openStore(path: string): Store {
  const db = openDatabase(path);
  const bind =
    <A extends unknown[], R>(operation: (db: Database, ...args: A) => R) =>
    (...args: A): R =>
      operation(db, ...args);
  return {
    addRevision: bind(operations.addRevision),
    changeDescriptionPriority: bind(operations.changeDescriptionPriority),
    countJobs: bind(operations.countJobs),
    countTasks: bind(operations.countTasks),
    deleteApp: bind(operations.deleteApp),
    deleteJob: bind(operations.deleteJob),
    deleteRevision: bind(operations.deleteRevision),
    findAccessKey: bind(operations.findAccessKey),
    findApp: bind(operations.findApp),
    findInstance: bind(operations.findInstance),
    findJob: bind(operations.findJob),
    findRevision: bind(operations.findRevision),
    findTask: bind(operations.findTask),
    findToken: bind(operations.findToken),
    getMeta: bind(operations.getMeta),
    haltInstances: bind(operations.haltInstances),
    insertApp: bind(operations.insertApp),
    insertJob: bind(operations.insertJob),
    insertToken: bind(operations.insertToken),
    listAccessKeys: bind(operations.listAccessKeys),
    listApps: bind(operations.listApps),
    listInstances: bind(operations.listInstances),
    listJobs: bind(operations.listJobs),
    listRevisions: bind(operations.listRevisions),
    listTasks: bind(operations.listTasks),
    loadActiveJobs: bind(operations.loadActiveJobs),
    loadTasks: bind(operations.loadTasks),
    loadUnfinishedInstances: bind(operations.loadUnfinishedInstances),
    purgeTokens: bind(operations.purgeTokens),
    readDag: bind(operations.readDag),
    readDescription: bind(operations.readDescription),
    requeueInstances: bind(operations.requeueInstances),
    saveAccessKey: bind(operations.saveAccessKey),
    setMeta: bind(operations.setMeta),
    sweepInstances: bind(operations.sweepInstances),
    updateJob: bind(operations.updateJob),
    updateTask: bind(operations.updateTask),
    writeInstance: bind(operations.writeInstance),
    transaction: (body) => db.transaction(body),
    close: () => db.close(),
  };
}
