import type Docker from 'dockerode';
import { LABEL_DATA } from '../container-options.ts';
import { ensureBridge } from '../networks/bridge.ts';
import { clusterNetworkName, LABEL_CLUSTER } from './node-container.ts';

/** The cluster's own network, whose name server knows its machines; made when it is not there. Can be repeated. */
export async function ensureClusterNetwork(docker: Docker, clusterId: string, dataId: string): Promise<void> {
  const labels = { [LABEL_DATA]: dataId, [LABEL_CLUSTER]: clusterId };
  await ensureBridge(docker, { name: clusterNetworkName(clusterId), labels });
}
