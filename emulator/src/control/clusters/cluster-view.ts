import {
  type ClusterInstanceView,
  type ClusterView,
  formatTime,
  type GroupDescription,
  type GroupView,
  renderClusterDescription,
} from '@rebatch/model';
import type { ClusterRow, NodeRow } from '../../store/cluster-rows.ts';
import type { Store } from '../../store/store.ts';

/** spec/batchcompute-api.md §9.2. OwnerId is a number: clients check its type (§18). */
export function clusterView(store: Store, cluster: ClusterRow): ClusterView {
  const nodes = store.countNodes(cluster.id);
  const count = (states: readonly string[], group?: string): number =>
    nodes
      .filter((each) => states.includes(each.state) && (group === undefined || each.group === group))
      .reduce((sum, each) => sum + each.count, 0);
  const groups: Record<string, GroupView> = {};
  for (const [name, group] of Object.entries(cluster.description.Groups)) {
    groups[name] = groupView(group, count(['Starting', 'Running'], name));
  }
  return {
    ...renderClusterDescription(cluster.description),
    Id: cluster.id,
    OwnerId: Number(cluster.owner),
    CreationTime: formatTime(cluster.createdAt),
    State: cluster.state,
    ErrorCode: cluster.errorCode,
    Groups: groups,
    OperationLogs: store.listClusterLog(cluster.id),
    Metrics: {
      StartingCount: count(['Pending', 'Starting']),
      RunningCount: count(['Running']),
      StoppingCount: count(['Deleting']),
      StoppedCount: count(['Deleted']),
    },
    SecurityGroups: [],
  };
}

function groupView(group: GroupDescription, actual: number): GroupView {
  return {
    DesiredVMCount: group.DesiredVMCount,
    ActualVMCount: actual,
    InstanceType: group.InstanceType ?? '',
    ResourceType: group.ResourceType,
    SpotStrategy: group.SpotStrategy ?? '',
    SpotPriceLimit: group.SpotPriceLimit ?? 0,
    ImageId: group.ImageId ?? '',
    HostnamePrefix: group.HostnamePrefix ?? '',
    Disks: {},
  };
}

/** spec §9.4. */
export function nodeView(node: NodeRow): ClusterInstanceView {
  return {
    Id: node.id,
    Hint: '',
    State: node.state,
    IpAddress: node.ip,
    HostName: node.hostName,
    CreationTime: formatTime(node.createdAt),
    ErrorCode: node.errorCode,
    ErrorMessage: node.errorMessage,
    EcsInstanceId: node.id,
    InstancePassword: '',
  };
}
