import { CLUSTER_STATES, type ClusterState, NODE_STATES, type NodeState } from '@rebatch/model';
import { integer, map, object, text, texts } from './wire-value.ts';

/** What people want to know of a cluster (spec/batchcompute-api.md §9.2). */
export interface RemoteCluster {
  Id: string;
  Name: string;
  State: ClusterState;
  ErrorCode: string;
  CreationTime: string;
  ImageId: string;
  InstanceType: string;
  Bootstrap: string;
  Groups: Record<
    string,
    { DesiredVMCount: number; ActualVMCount: number; InstanceType: string; ImageId: string }
  >;
  Metrics: { StartingCount: number; RunningCount: number; StoppingCount: number; StoppedCount: number };
  OperationLogs: string[];
}

/** One machine of a cluster (spec §9.4). */
export interface RemoteNode {
  Id: string;
  State: NodeState;
  HostName: string;
  IpAddress: string;
  CreationTime: string;
  ErrorMessage: string;
}

export function readCluster(value: unknown): RemoteCluster {
  const cluster = object(value);
  const metrics = object(cluster.Metrics);
  return {
    Id: text(cluster.Id),
    Name: text(cluster.Name),
    State: CLUSTER_STATES.find((state) => state === cluster.State) ?? 'Active',
    ErrorCode: text(cluster.ErrorCode),
    CreationTime: text(cluster.CreationTime),
    ImageId: text(cluster.ImageId),
    InstanceType: text(cluster.InstanceType),
    Bootstrap: text(cluster.Bootstrap),
    Groups: map(cluster.Groups, (entry) => {
      const group = object(entry);
      return {
        DesiredVMCount: integer(group.DesiredVMCount),
        ActualVMCount: integer(group.ActualVMCount),
        InstanceType: text(group.InstanceType),
        ImageId: text(group.ImageId),
      };
    }),
    Metrics: {
      StartingCount: integer(metrics.StartingCount),
      RunningCount: integer(metrics.RunningCount),
      StoppingCount: integer(metrics.StoppingCount),
      StoppedCount: integer(metrics.StoppedCount),
    },
    OperationLogs: texts(cluster.OperationLogs),
  };
}

export function readNode(value: unknown): RemoteNode {
  const node = object(value);
  return {
    Id: text(node.Id),
    State: NODE_STATES.find((state) => state === node.State) ?? 'Pending',
    HostName: text(node.HostName),
    IpAddress: text(node.IpAddress),
    CreationTime: text(node.CreationTime),
    ErrorMessage: text(node.ErrorMessage),
  };
}
