export {
  BatchComputeClient,
  type AppScope,
  type JobFilter,
} from './batchcompute/batch-compute-client.ts';
export { ClusterClient, type ClusterDraft, type NodePath } from './batchcompute/cluster-client.ts';
export type { RemoteCluster, RemoteNode } from './batchcompute/read-clusters.ts';
export { BatchComputeError } from './batchcompute/batch-compute-error.ts';
export type { AppDraft, Draft, JobDraft } from './batchcompute/draft.ts';
export type { PageOptions } from './batchcompute/pages.ts';
export { readAppDescription } from './batchcompute/read-app.ts';
export { ConnectionError } from './http/connection-error.ts';
export type { ClientOptions } from './http/keyed-server.ts';
export { parseEndpoint } from './http/parse-endpoint.ts';
export { defaultRetryPolicy, type RetryPolicy } from './http/retry.ts';
export { type EventFilter, OperationsClient } from './operations/operations-client.ts';
export type { ImportCounts } from './operations/import-counts.ts';
export type { LearntTask, PlanFacts } from './operations/plan-facts.ts';
export type { Reserved } from './operations/reserved.ts';
export { type InstanceAddress, ShellClient } from './operations/shell-client.ts';
export type { ShellListener, ShellOptions, ShellSession } from './operations/shell-session.ts';
export type { DeadLetter, HappenedEvent, Webhook } from './operations/views.ts';
export type { CopySource } from './oss/copy-object.ts';
export { crc64OfFile } from './oss/crc64.ts';
export { type DownloadOptions, type ObjectReader, ObjectReplacedError } from './oss/download-types.ts';
export { eachInParallel } from './oss/each-in-parallel.ts';
export { type FollowOptions, followObject } from './oss/follow-object.ts';
export { OssClient } from './oss/oss-client.ts';
export { ChecksumError, OssError } from './oss/oss-error.ts';
export { isPartialDownload } from './oss/partial-path.ts';
export type {
  Doomed,
  ListEntry,
  OnBytes,
  ReadOptions,
  RemoteBody,
  RemoteBucket,
  RemoteObject,
  VersionEntry,
  Versioning,
  WantedRange,
} from './oss/types.ts';
export type { UploadOptions } from './oss/upload-file.ts';
