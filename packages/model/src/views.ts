import type { AppConfig, AppInputParameter, AppOutputParameter, DockerReference } from './descriptions.ts';
import type { State } from './states.ts';

/**
 * What the API answers. Times are `YYYY-MM-DDTHH:MM:SS.ffffffZ`, or "" when unset (spec §4.3); objects, lists and
 * booleans are never null (spec §18).
 */

export interface Metrics {
  WaitingCount: number;
  RunningCount: number;
  FinishedCount: number;
  FailedCount: number;
  StoppedCount: number;
}

/** spec §10.5. */
export interface JobView {
  Id: string;
  Name: string;
  Owner: string;
  OwnerId: number;
  Priority: number;
  State: State;
  /** Why it failed or what it waits for; "" otherwise. */
  Message: string;
  CreationTime: string;
  StartTime: string;
  EndTime: string;
  TaskMetrics: Metrics;
  InstanceMetrics: Metrics;
}

export interface TaskView {
  TaskName: string;
  State: State;
  StartTime: string;
  EndTime: string;
  InstanceMetrics: Metrics;
  /** Why its waiting instances wait; "" otherwise. Not among the vendor's fields; its clients skip it. */
  Message: string;
}

export interface InstanceView {
  InstanceId: number;
  State: State;
  StartTime: string;
  EndTime: string;
  RetryCount: number;
  /** 0 to 100. */
  Progress: number;
  /** Full object URL, or "" when the task keeps no log. */
  StdoutRedirectPath: string;
  StderrRedirectPath: string;
  NodeIp: string;
  Result: { ExitCode: number; ErrorCode: string; ErrorMessage: string; Detail: string };
  Error: { Code: string; Message: string };
  /** Why it waits; "" otherwise. Not among the vendor's fields; its clients skip it. */
  Message: string;
  Outputs: Record<string, string>;
}

/** GetApp and items of ListApps (spec §8.4). */
export interface AppView {
  Name: string;
  Description: string;
  CreationTime: string;
  InputParameters: Record<string, AppInputParameter>;
  OutputParameters: Record<string, AppOutputParameter>;
  Config: AppConfig;
  CommandLine: string;
  Daemonize: boolean;
  EnvVars: Record<string, string>;
  Docker?: DockerReference;
  VM?: { ECSImageId: string };
}

export interface AppRevisionView {
  Revision: number;
  UpdateTime: string;
}

export interface Page<T> {
  Items: T[];
  /** "" on the last page. */
  NextMarker: string;
}

export interface QuotasView {
  AvailableClusterResourceType: string[];
  AvailableClusterInstanceDataDiskType: string[];
  AvailableClusterInstanceSystemDiskType: string[];
  AvailableClusterInstanceType: string[];
  AvailableSpotInstanceType: string[];
}

export interface InstanceTypeView {
  InstanceType: string;
  CpuCore: number;
  /** GB. */
  MemorySize: number;
  Network: { Classic: boolean; Vpc: boolean };
}

export interface AvailableView {
  AvailableClusterInstanceType: InstanceTypeView[];
  AvailableSpotInstanceType: InstanceTypeView[];
  AvailablePrepaidInstanceType: InstanceTypeView[];
  AvailableResourceType: string[];
  AvailableSystemDiskType: string[];
  AvailableDataDiskType: string[];
}
