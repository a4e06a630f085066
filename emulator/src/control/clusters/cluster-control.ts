import type {
  ClusterChange,
  ClusterDescription,
  ClusterInstanceView,
  ClusterView,
  Page,
} from '@rebatch/model';
import type { NodeAddress } from '../../scheduler/fleet/cluster-commands.ts';
import type { ControlOptions } from '../context.ts';
import type { Caller, PageRequest } from '../control.ts';
import { createCluster } from './create-cluster.ts';
import { getCluster, listClusters } from './get-cluster.ts';
import { getNode, listNodes } from './get-node.ts';
import { modifyCluster } from './modify-cluster.ts';

/** What a caller can ask for about clusters (operations 14 to 22 of spec/batchcompute-api.md §5). */
export interface ClusterControl {
  createCluster(
    caller: Caller,
    description: ClusterDescription,
    idempotentToken?: string,
  ): Promise<{ Id: string }>;
  listClusters(caller: Caller, page: PageRequest): Promise<Page<ClusterView>>;
  getCluster(caller: Caller, clusterId: string): Promise<ClusterView>;
  modifyCluster(caller: Caller, clusterId: string, change: ClusterChange): Promise<void>;
  /** @throws StateConflict when it is being deleted already. */
  deleteCluster(caller: Caller, clusterId: string): Promise<void>;
  listClusterInstances(
    caller: Caller,
    clusterId: string,
    group: string,
    page: PageRequest,
  ): Promise<Page<ClusterInstanceView>>;
  getClusterInstance(caller: Caller, address: NodeAddress): Promise<ClusterInstanceView>;
  /** Lowers the group's DesiredVMCount. @throws StateConflict when it is going or gone. */
  deleteClusterInstance(caller: Caller, address: NodeAddress): Promise<void>;
  /** @throws StateConflict when it is going or gone. */
  recreateClusterInstance(caller: Caller, address: NodeAddress): Promise<void>;
}

export function clusterControl(options: ControlOptions): ClusterControl {
  const { scheduler } = options;
  return {
    createCluster: (caller, description, token) => createCluster(options, caller, description, token),
    listClusters: async (caller, page) => listClusters(options, caller, page),
    getCluster: async (caller, clusterId) => getCluster(options, caller, clusterId),
    modifyCluster: (caller, clusterId, change) => modifyCluster(options, caller, clusterId, change),
    deleteCluster: ({ owner }, clusterId) => scheduler.deleteCluster(owner, clusterId),
    listClusterInstances: async (caller, clusterId, group, page) =>
      listNodes(options, caller, clusterId, group, page),
    getClusterInstance: async (caller, address) => getNode(options, caller, address),
    deleteClusterInstance: ({ owner }, address) => scheduler.deleteNode(owner, address),
    recreateClusterInstance: ({ owner }, address) => scheduler.recreateNode(owner, address),
  };
}
