import type { GroupDescription } from './descriptions.ts';
import type { ClusterDescriptionView } from './render/render-cluster.ts';

/** What the API answers about clusters and their machines (spec/batchcompute-api.md §9.2, §9.4). */

export const CLUSTER_STATES = ['Active', 'Deleting'] as const;
export type ClusterState = (typeof CLUSTER_STATES)[number];

/** States of a cluster's machine, in the order of its life. */
export const NODE_STATES = ['Pending', 'Starting', 'Running', 'Deleting', 'Deleted'] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** A group as read: nothing is left out, and its machines are counted. */
export type GroupView = Required<Omit<GroupDescription, 'SpotStrategy' | 'Mode'>> & {
  SpotStrategy: string;
  ActualVMCount: number;
  Disks: Record<string, never>;
};

export type ClusterView = Omit<ClusterDescriptionView, 'Groups'> & {
  Id: string;
  OwnerId: number;
  CreationTime: string;
  State: ClusterState;
  /** "" when all is well; else why machines cannot be had. */
  ErrorCode: string;
  Groups: Record<string, GroupView>;
  /** `[time]text`, `[time][group]text` or `[time][group][machine]text`, the oldest first. */
  OperationLogs: string[];
  Metrics: { StartingCount: number; RunningCount: number; StoppingCount: number; StoppedCount: number };
  SecurityGroups: string[];
};

/** One machine of a cluster. */
export interface ClusterInstanceView {
  Id: string;
  Hint: string;
  State: NodeState;
  IpAddress: string;
  HostName: string;
  CreationTime: string;
  /** 0 when all is well. */
  ErrorCode: number;
  ErrorMessage: string;
  EcsInstanceId: string;
  InstancePassword: string;
}
