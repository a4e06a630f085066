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
    addClusterLog: bind(operations.addClusterLog),
    addRevision: bind(operations.addRevision),
    buryLetter: bind(operations.buryLetter),
    changeDescriptionPriority: bind(operations.changeDescriptionPriority),
    countActiveInstances: bind(operations.countActiveInstances),
    countJobs: bind(operations.countJobs),
    countLetters: bind(operations.countLetters),
    countNodes: bind(operations.countNodes),
    countTasks: bind(operations.countTasks),
    deleteApp: bind(operations.deleteApp),
    deleteDeadLetter: bind(operations.deleteDeadLetter),
    deleteCluster: bind(operations.deleteCluster),
    deleteJob: bind(operations.deleteJob),
    deleteRevision: bind(operations.deleteRevision),
    deleteWebhook: bind(operations.deleteWebhook),
    enqueueLetter: bind(operations.enqueueLetter),
    eventBounds: bind(operations.eventBounds),
    findAccessKey: bind(operations.findAccessKey),
    findApp: bind(operations.findApp),
    findCluster: bind(operations.findCluster),
    findInstance: bind(operations.findInstance),
    findJob: bind(operations.findJob),
    findNode: bind(operations.findNode),
    findRevision: bind(operations.findRevision),
    findTask: bind(operations.findTask),
    findToken: bind(operations.findToken),
    findWebhook: bind(operations.findWebhook),
    finishLetter: bind(operations.finishLetter),
    firstLetter: bind(operations.firstLetter),
    getMeta: bind(operations.getMeta),
    haltInstances: bind(operations.haltInstances),
    importApp: bind(operations.importApp),
    insertApp: bind(operations.insertApp),
    insertEvent: bind(operations.insertEvent),
    insertJob: bind(operations.insertJob),
    insertToken: bind(operations.insertToken),
    insertWebhook: bind(operations.insertWebhook),
    listAccessKeys: bind(operations.listAccessKeys),
    listApps: bind(operations.listApps),
    listDeadLetters: bind(operations.listDeadLetters),
    listDueLanes: bind(operations.listDueLanes),
    listEvents: bind(operations.listEvents),
    listExpiredJobs: bind(operations.listExpiredJobs),
    listClusterLog: bind(operations.listClusterLog),
    listClusters: bind(operations.listClusters),
    listAllInstances: bind(operations.listAllInstances),
    listInstances: bind(operations.listInstances),
    listJobs: bind(operations.listJobs),
    listNodes: bind(operations.listNodes),
    listLatestEvents: bind(operations.listLatestEvents),
    listRevisions: bind(operations.listRevisions),
    listTasks: bind(operations.listTasks),
    listWebhooks: bind(operations.listWebhooks),
    loadActiveJobs: bind(operations.loadActiveJobs),
    loadClusters: bind(operations.loadClusters),
    loadTasks: bind(operations.loadTasks),
    loadUnfinishedInstances: bind(operations.loadUnfinishedInstances),
    nextDueDestination: bind(operations.nextDueDestination),
    nextLaneTime: bind(operations.nextLaneTime),
    nextRevision: bind(operations.nextRevision),
    postponeLane: bind(operations.postponeLane),
    purgeNodes: bind(operations.purgeNodes),
    purgeTokens: bind(operations.purgeTokens),
    readDag: bind(operations.readDag),
    readDescription: bind(operations.readDescription),
    readTopic: bind(operations.readTopic),
    requeueInstances: bind(operations.requeueInstances),
    reviveLetter: bind(operations.reviveLetter),
    saveAccessKey: bind(operations.saveAccessKey),
    saveCluster: bind(operations.saveCluster),
    saveNode: bind(operations.saveNode),
    setMeta: bind(operations.setMeta),
    sweepDeadLetters: bind(operations.sweepDeadLetters),
    sweepEvents: bind(operations.sweepEvents),
    sweepInstances: bind(operations.sweepInstances),
    taskDurations: bind(operations.taskDurations),
    updateJob: bind(operations.updateJob),
    updateTask: bind(operations.updateTask),
    writeInstance: bind(operations.writeInstance),
    allImages: bind(operations.allImages),
    countOwn: bind(operations.countOwn),
    dataVersion: bind(operations.dataVersion),
    deleteImage: bind(operations.deleteImage),
    deleteLimit: bind(operations.deleteLimit),
    findImage: bind(operations.findImage),
    findQuota: bind(operations.findQuota),
    limitsInUse: bind(operations.limitsInUse),
    listImages: bind(operations.listImages),
    listLimits: bind(operations.listLimits),
    listQuotas: bind(operations.listQuotas),
    purgeAccessKeys: bind(operations.purgeAccessKeys),
    saveImage: bind(operations.saveImage),
    saveLimit: bind(operations.saveLimit),
    saveQuota: bind(operations.saveQuota),
    transaction: (body) => db.transaction(body),
    close: () => db.close(),
  };
}
