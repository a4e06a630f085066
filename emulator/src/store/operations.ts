export { importApp, nextRevision } from './import-app.ts';
export { addRevision, insertApp } from './insert-app.ts';
export {
  buryLetter,
  deleteDeadLetter,
  listDeadLetters,
  reviveLetter,
  sweepDeadLetters,
} from './dead-letters.ts';
export { changeDescriptionPriority } from './change-description-priority.ts';
export { countActiveInstances } from './count-active-instances.ts';
export { countJobs } from './count-jobs.ts';
export {
  countLetters,
  enqueueLetter,
  finishLetter,
  firstLetter,
  listDueLanes,
  nextDueDestination,
  nextLaneTime,
  postponeLane,
} from './outbox.ts';
export { countTasks } from './count-tasks.ts';
export { deleteApp, deleteRevision } from './delete-app.ts';
export { deleteJob } from './delete-job.ts';
export { deleteWebhook, findWebhook, insertWebhook, listWebhooks } from './webhooks.ts';
export { eventBounds, insertEvent, listEvents, listLatestEvents, sweepEvents } from './events.ts';
export { findAccessKey } from './find-access-key.ts';
export { findApp, listApps } from './apps.ts';
export { findInstance } from './find-instance.ts';
export { findJob } from './find-job.ts';
export { findRevision, listRevisions } from './app-revisions.ts';
export { findTask } from './find-task.ts';
export { findToken, insertToken, purgeTokens } from './idempotent-token.ts';
export { getMeta, setMeta } from './meta.ts';
export { haltInstances } from './halt-instances.ts';
export { insertJob } from './insert-job.ts';
export { listAccessKeys } from './list-access-keys.ts';
export { listExpiredJobs } from './list-expired-jobs.ts';
export { listAllInstances } from './list-all-instances.ts';
export { listInstances } from './list-instances.ts';
export { listJobs } from './list-jobs.ts';
export { listTasks } from './list-tasks.ts';
export { loadActiveJobs } from './load-active-jobs.ts';
export { loadTasks } from './load-tasks.ts';
export { loadUnfinishedInstances } from './load-unfinished-instances.ts';
export { readDag, readDescription } from './read-description.ts';
export { readTopic } from './read-topic.ts';
export { requeueInstances } from './requeue-instances.ts';
export { saveAccessKey } from './save-access-key.ts';
export { taskDurations } from './task-durations.ts';
export { sweepInstances } from './sweep-instances.ts';
export { updateJob } from './update-job.ts';
export { updateTask } from './update-task.ts';
export { writeInstance } from './write-instance.ts';
export { countOwn } from './count-own.ts';
export { dataVersion } from './data-version.ts';
export { deleteImage } from './delete-image.ts';
export { findImage } from './find-image.ts';
export { findQuota } from './find-quota.ts';
export { limitsInUse } from './limits-in-use.ts';
export { allImages, listImages } from './list-images.ts';
export { listLimits } from './list-limits.ts';
export { listQuotas } from './list-quotas.ts';
export { purgeAccessKeys } from './purge-access-keys.ts';
export { saveImage } from './save-image.ts';
export { deleteLimit, saveLimit } from './save-limit.ts';
export { saveQuota } from './save-quota.ts';
export { addClusterLog, listClusterLog } from './cluster-log.ts';
export { countNodes } from './count-nodes.ts';
export { deleteCluster } from './delete-cluster.ts';
export { findCluster } from './find-cluster.ts';
export { findNode } from './find-node.ts';
export { listClusters } from './list-clusters.ts';
export { listNodes } from './list-nodes.ts';
export { loadClusters } from './load-clusters.ts';
export { purgeNodes } from './purge-nodes.ts';
export { saveCluster } from './save-cluster.ts';
export { saveNode } from './save-node.ts';
