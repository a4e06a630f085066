import type {
  AppDescription,
  AppRevisionView,
  AppView,
  AvailableView,
  ImageDescription,
  ImageType,
  ImageView,
  InstanceView,
  JobDescription,
  JobView,
  Page,
  QuotasView,
  State,
  TaskView,
} from '@rebatch/model';
import type { ClusterControl } from './clusters/cluster-control.ts';

/** Who asks. Everything below is seen only by its owner. */
export interface Caller {
  /** Account number, decimal. */
  owner: string;
}

/** Paging as it came, checked: `marker` is "" at the start; `limit` within [0, 100] (spec §4.4). */
export interface PageRequest {
  marker: string;
  limit: number;
}

export interface JobFilter {
  state?: State;
  clusterId?: string;
  orderBy?: 'CreationTime' | 'Id';
  reverse?: boolean;
}

/**
 * What a caller can ask for, one file per verb beside this one. Descriptions arrive parsed by `@rebatch/model`; every
 * refusal is a `WireError`. Nothing runs a program inside a request.
 */
export interface Control extends ClusterControl {
  submitJob(caller: Caller, description: JobDescription, idempotentToken?: string): Promise<{ Id: string }>;
  listJobs(caller: Caller, filter: JobFilter, page: PageRequest): Promise<Page<JobView>>;
  getJob(caller: Caller, jobId: string): Promise<JobView>;
  getJobDescription(caller: Caller, jobId: string): Promise<JobDescription & { Id: string }>;
  changeJobPriority(caller: Caller, jobId: string, priority: number): Promise<void>;
  startJob(caller: Caller, jobId: string): Promise<void>;
  stopJob(caller: Caller, jobId: string): Promise<void>;
  deleteJob(caller: Caller, jobId: string): Promise<void>;
  listTasks(
    caller: Caller,
    jobId: string,
    filter: { state?: State; clusterId?: string },
    page: PageRequest,
  ): Promise<Page<TaskView>>;
  getTask(caller: Caller, jobId: string, taskName: string): Promise<TaskView>;
  listInstances(
    caller: Caller,
    jobId: string,
    taskName: string,
    filter: { state?: State },
    page: PageRequest,
  ): Promise<Page<InstanceView>>;
  getInstance(caller: Caller, jobId: string, taskName: string, instanceId: number): Promise<InstanceView>;

  createApp(caller: Caller, description: AppDescription, idempotentToken?: string): Promise<{ Name: string }>;
  listApps(caller: Caller, scope: AppScope, page: PageRequest): Promise<Page<AppView>>;
  getApp(caller: Caller, name: string, scope: AppScope): Promise<AppView>;
  /** `qualifier`: a revision number in decimal, or "" for the latest. */
  getAppDetail(
    caller: Caller,
    name: string,
    qualifier: string,
  ): Promise<AppDescription & { CreationTime: string }>;
  getAppRevisions(caller: Caller, name: string): Promise<AppRevisionView[]>;
  modifyApp(caller: Caller, name: string, description: AppDescription): Promise<void>;
  /** Deletes the App, or one revision. Deleting an unknown App succeeds (spec §8.4). */
  deleteApp(caller: Caller, name: string, qualifier: string): Promise<void>;

  createImage(
    caller: Caller,
    description: ImageDescription,
    idempotentToken?: string,
  ): Promise<{ Id: string }>;
  /** `type`: only those of the system, or only the caller's own. */
  listImages(caller: Caller, type: ImageType | undefined, page: PageRequest): Promise<Page<ImageView>>;
  getImage(caller: Caller, imageId: string): Promise<ImageView>;
  deleteImage(caller: Caller, imageId: string): Promise<void>;

  getQuotas(caller: Caller): Promise<QuotasView>;
  getAvailable(caller: Caller): Promise<AvailableView>;
}

/** Public Apps belong to the server's operator (owner of the first account) and are named `:Name` in jobs. */
export type AppScope = 'Private' | 'Public';
